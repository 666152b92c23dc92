from __future__ import annotations

from xml.etree import ElementTree

from bench.plot import plot

SVG = "{http://www.w3.org/2000/svg}"


def points(svg: str) -> list[list[tuple[float, float]]]:
    """Those of each line."""
    lines = ElementTree.fromstring(svg).iter(f"{SVG}polyline")
    return [
        [(float(x), float(y)) for x, y in (point.split(",") for point in line.get("points", "").split())]
        for line in lines
    ]


def test_lines_go_right_with_the_size_and_up_with_the_cost() -> None:
    flat, rising = points(plot({"move": {41: 5.0, 200_000: 5.0}, "paint": {41: 10.0, 200_000: 100.0}}, {}))
    assert flat[0][0] < flat[1][0]
    assert flat[0][1] == flat[1][1]
    assert rising[0][1] > rising[1][1]


def test_every_line_has_its_name_and_every_size_its_place() -> None:
    svg = plot({"move": {41: 5.0, 1000: 5.0}}, {"move, SLATE": {41: 7.0}})
    told = {text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert {"move", "move, SLATE", "41", "1,000", "10 ms"} <= told
    assert svg.count("stroke-dasharray") == 2


def test_what_lies_beyond_the_scale_stays_within_the_plot() -> None:
    for line in points(plot({"slow": {41: 90_000.0, 80: 0.001}}, {})):
        assert all(0 < x < 720 and 0 < y < 400 for x, y in line)


def test_one_size_alone_can_be_plotted() -> None:
    assert len(points(plot({"move": {41: 5.0}}, {}))[0]) == 1
