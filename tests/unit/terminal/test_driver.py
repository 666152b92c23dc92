"""How long the key escape may be the beginning of another key."""

from __future__ import annotations

import pytest

from tui.terminal.driver import lone_escape

OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, 0.3),
        (OVER_SSH, 0.5),
        ({**OVER_SSH, "ESCDELAY": "25"}, 0.5),
        ({**OVER_SSH, "ESCDELAY": "800"}, 0.8),
        # tmux sits beside the program, and sends whole keys.
        ({**OVER_SSH, "TMUX": "/tmp/tmux-0/default,1,0"}, 0.3),
        ({"ESCDELAY": "25"}, 0.025),
        ({"ESCDELAY": "soon"}, 0.3),
        ({"ESCDELAY": "99999999"}, 5.0),
        ({"ESCDELAY": "-1"}, 0.001),
    ],
)
def test_over_a_line_it_takes_longer(environment: dict[str, str], seconds: float) -> None:
    assert lone_escape(environment) == seconds
