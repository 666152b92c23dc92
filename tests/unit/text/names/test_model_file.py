from __future__ import annotations

import pytest

from tui.text.names import labels
from tui.text.names.model_file import Header, ModelFileError, decode, encode


def header() -> Header:
    flat = [[0] * labels.COUNT] * (labels.COUNT + 1)
    return Header(licence="L", version="v", languages=["en"], feature_bits=21, scale=20.0, transitions=flat)


def test_what_is_written_is_read_also_over_large_gaps() -> None:
    weights = {5: bytes(range(labels.COUNT)), 300_000: bytes([255] * labels.COUNT)}
    model = decode(encode(header(), {7: 3, 4_000_000_000: 9}, {1: 1}, weights))
    at = model.feature_keys.index(300_000)
    assert model.weights[at * labels.COUNT : (at + 1) * labels.COUNT] == b"\xff" * labels.COUNT
    assert 5 in model.feature_keys
    assert model.header.licence == "L"


def test_one_byte_more_or_less_is_damage() -> None:
    data = encode(header(), {7: 3}, {1: 1}, {5: bytes(labels.COUNT)})
    for damaged in (data[:-1], data + b"\0", data[1:]):
        with pytest.raises(ModelFileError):
            decode(damaged)
