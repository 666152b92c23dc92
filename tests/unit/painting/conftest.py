"""A session on the sample, and the styles that it is painted with."""

from __future__ import annotations

import pytest

from tui.model.annotation import Work
from tui.model.article import Article
from tui.painting.styles import Styles
from tui.session.session import Session
from tui.settings import scheme_file
from tui.settings.theme import DARK

NEWS = scheme_file.load()


@pytest.fixture
def session(sample_article: Article) -> Session:
    return Session(sample_article, NEWS, Work(), "ana")


@pytest.fixture
def styles() -> Styles:
    return Styles(DARK, NEWS)
