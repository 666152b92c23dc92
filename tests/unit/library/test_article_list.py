"""Sorting and narrowing down keep every article, the order and the one that is chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.library.article_list import ORDERS, ArticleList
from tui.painting.library import Order, pair
from tui.store.index import Entry
from tui.widgets.matching import plain
from tui.workspace import Progress


def progress(
    number: int = 0,
    title: str = "Un titre",
    *,
    languages: tuple[str | None, str] = ("it", "fr"),
    decided: int = 0,
    sentences: int = 10,
    annotators: tuple[str, ...] = (),
    touched: str = "",
) -> Progress:
    entry = Entry(
        id=f"n-{number:08}",
        title=title,
        language=languages[1],
        source_language=languages[0],
        source="x.txt",
        sentences=sentences,
        added_at="2026-11-01T00:00:00.000Z",
        has_entities=True,
        text_sha256="0" * 64,
    )
    return Progress(entry=entry, decided=decided, annotators=list(annotators), touched=touched)


def shelf_of(*articles: Progress, page: int = 5) -> ArticleList:
    shelf = ArticleList()
    shelf.page = page
    shelf.fill(articles)
    return shelf


def numbers(shelf: ArticleList) -> list[int]:
    return [int(one.entry.id[2:]) for one in shelf.shown]


MANY = [
    progress(0, "Évasion", touched="2026-11-22T10:00:00.000Z", decided=10),
    progress(1, "avenir", languages=(None, "en"), annotators=("ben",)),
    progress(2, "Zone", touched="2026-11-22T11:00:00.000Z", decided=1, annotators=("ana", "ben")),
    progress(3, "École", languages=(None, "fr"), sentences=0),
]


def test_each_order() -> None:
    shelf = shelf_of(*MANY)
    assert (shelf.order, numbers(shelf)) == ("touched", [2, 0, 1, 3])
    orders = {}
    for _ in ORDERS:
        shelf.sort_by_next()
        orders[shelf.order] = numbers(shelf)
    assert orders == {
        "title": [1, 3, 0, 2],
        "progress": [1, 2, 3, 0],
        "language": [1, 3, 0, 2],
        "touched": [2, 0, 1, 3],
    }


def test_words_are_sought_in_titles_languages_and_annotators_without_accents() -> None:
    shelf = shelf_of(*MANY)
    for words, found in (
        ("EVA", [0]),
        ("it fr", [2, 0]),
        ("ben", [2, 1]),
        ("ben zo", [2]),
        ("eco", [3]),
        ("nothing", []),
        ("  ", [2, 0, 1, 3]),
    ):
        shelf.narrow(words)
        assert numbers(shelf) == found
    assert shelf_of().chosen is None


def test_the_bar_stays_with_its_article() -> None:
    shelf = shelf_of(*MANY)
    shelf.move(+2)
    for order in ORDERS:
        shelf.sort(order)
        assert shelf.chosen == MANY[1]
    shelf.narrow("zone")
    assert shelf.chosen == MANY[2]
    shelf.narrow("")
    assert shelf.chosen == MANY[1]
    shelf.fill(reversed(MANY))
    assert shelf.chosen == MANY[1]


def test_once_an_article_is_gone_the_next_is_chosen() -> None:
    shelf = shelf_of(*MANY)
    shelf.move(+1)
    shelf.remove(MANY[0].entry.id)
    assert shelf.chosen == MANY[1]
    shelf.move(+9)
    shelf.remove(MANY[3].entry.id)
    assert shelf.chosen == MANY[1]
    shelf.remove("n-00000099")
    shelf.remove(MANY[1].entry.id)
    shelf.remove(MANY[2].entry.id)
    assert (shelf.chosen, shelf.shown) == (None, [])


def test_what_is_put_there_takes_the_place_of_what_was_known() -> None:
    shelf = shelf_of(*MANY)
    shelf.put(progress(0, "Autre"))
    shelf.put(progress(9, "Neuf"))
    shelf.sort("title")
    assert [one.entry.title for one in shelf.shown] == ["Autre", "avenir", "École", "Neuf", "Zone"]


def test_the_wheel_takes_the_bar_along_only_at_the_edge() -> None:
    shelf = shelf_of(*(progress(n, f"{n:03}") for n in range(20)), page=5)
    shelf.move(+3)
    shelf.scroll(+3)
    assert (shelf.top, shelf.cursor) == (3, 3)
    shelf.scroll(+3)
    assert (shelf.top, shelf.cursor) == (6, 6)
    shelf.scroll(+99)
    assert (shelf.top, shelf.cursor) == (15, 15)
    shelf.scroll(-99)
    assert (shelf.top, shelf.cursor) == (0, 4)


articles = st.lists(
    st.builds(
        progress,
        st.integers(0, 99),
        st.text(max_size=6),
        languages=st.tuples(st.sampled_from([None, "it", "ar"]), st.sampled_from(["fr", "en"])),
        decided=st.integers(0, 5),
        sentences=st.integers(0, 5),
        annotators=st.tuples(st.sampled_from(["ana", "ben"])),
        touched=st.sampled_from(["", "2026-11-22T10:00:00.000Z", "2026-11-23T10:00:00.000Z"]),
    ),
    unique_by=lambda one: one.entry.id,
    max_size=12,
)
keys = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(-12, 12)),
        st.tuples(st.just("scroll"), st.integers(-12, 12)),
        st.tuples(st.just("sort"), st.sampled_from(ORDERS)),
        st.tuples(st.just("narrow"), st.text("aein fr", max_size=3)),
        st.tuples(st.just("choose"), st.integers(0, 99).map(lambda n: f"n-{n:08}")),
        st.tuples(st.just("remove"), st.integers(0, 99).map(lambda n: f"n-{n:08}")),
        st.tuples(st.just("put"), st.integers(0, 99).map(progress)),
    ),
    max_size=20,
)


@given(articles, keys, st.integers(1, 6))
def test_whatever_is_done_all_articles_are_there_and_the_bar_is_in_view(
    found: list[Progress], pressed: list[tuple[str, object]], page: int
) -> None:
    shelf = shelf_of(*found, page=page)
    for name, argument in pressed:
        getattr(shelf, name)(argument)
        everything = shelf.articles or ()
        words = plain(shelf.words).split()
        fitting = [
            one
            for one in everything
            if all(
                word in plain(f"{one.entry.title} {pair(one)} {' '.join(one.annotators)}") for word in words
            )
        ]
        assert sorted(one.entry.id for one in shelf.shown) == sorted(one.entry.id for one in fitting)
        assert len({one.entry.id for one in everything}) == len(everything)
        if shelf.shown:
            assert shelf.top <= shelf.cursor < shelf.top + page
            assert shelf.cursor < len(shelf.shown)
        assert 0 <= shelf.top <= max(0, len(shelf.shown) - 1)


@given(articles, st.sampled_from(ORDERS), st.randoms())
def test_the_order_does_not_depend_on_how_they_were_found(
    found: list[Progress], order: Order, random
) -> None:
    one, other = shelf_of(*found), ArticleList()
    random.shuffle(found)
    other.fill(found)
    one.sort(order)
    other.sort(order)
    assert one.shown == other.shown
