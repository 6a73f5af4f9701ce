"""A chart's head: its title and what its colours mean never stand on each other."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from jinan_desk.documents.bars import Bars, Ink, Series
from jinan_desk.documents.chart import write_bars
from jinan_desk.documents.fonts import Fonts

INK = Ink("#111111", "#555555", "#cccccc", "#ffffff", ("#23648f", "#a9d8c0"))


def boxes(path: Path, *texts: str) -> list[tuple[float, float, float, float]]:
    """Where each of the texts stands: left, bottom, right, top."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[0].get_textpage()
        found = []
        for text in texts:
            start, count = page.search(text).get_next()
            signs = [page.get_charbox(place) for place in range(start, start + count)]
            found.append((signs[0][0], min(s[1] for s in signs), signs[-1][2], max(s[3] for s in signs)))
        return found


@pytest.mark.parametrize("title", ["Amount", "Amount in 10,000 yuan (By source of funds)"])
@pytest.mark.parametrize("lying", [True, False])
def test_the_legend_gives_way_to_a_long_title(fonts: Fonts, tmp_path: Path, title: str, lying: bool):
    path = tmp_path / "chart.pdf"
    bars = Bars(title, ("a", "b"), (Series("Eligible", (3, 4)), Series("Paid", (1, 2))), lying=lying)
    write_bars(path, bars, INK, fonts.file("hei"))
    title_box, eligible, paid = boxes(path, title, "Eligible", "Paid")
    assert eligible[2] < paid[0]
    assert paid[2] <= INK.width
    if title == "Amount":
        assert title_box[2] < eligible[0]
    else:
        assert eligible[3] < title_box[1]


def test_a_title_too_long_for_its_chart_is_written_smaller(fonts: Fonts, tmp_path: Path):
    path, title = tmp_path / "chart.pdf", "Amount in 10,000 yuan (By source of funds)"
    bars = Bars(title, ("a", "b"), (Series("", (3, 4)),), lying=True)
    write_bars(path, bars, replace(INK, width=150.0), fonts.file("hei"))
    (box,) = boxes(path, title)
    assert box[2] <= 150


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("06B Job retention refund for firms", "06B Job retention refund", "for firms"),
        ("02B 一次性吸纳就业补贴审核发放", "02B 一次性", "核发放"),
    ],
)
def test_a_long_name_stands_beside_its_bar_on_two_lines(fonts: Fonts, tmp_path: Path, name: str, first: str, second: str):
    path = tmp_path / "chart.pdf"
    bars = Bars("Cases", (name, "b"), (Series("", (3, 4)),), lying=True)
    write_bars(path, bars, replace(INK, width=240.0), fonts.file("hei"))
    above, below = boxes(path, first, second)
    assert below[3] <= above[1]
    assert above[0] >= 0


def test_a_name_that_has_no_room_for_two_lines_is_cut(fonts: Fonts, tmp_path: Path):
    path, name = tmp_path / "chart.pdf", "06B Job retention refund for enterprises in difficulty"
    bars = Bars("Cases", (name, *"abcdefghijklm"), (Series("", tuple(range(14))),), lying=True)
    write_bars(path, bars, INK, fonts.file("hei"))
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_range()
    assert "06B Job retention" in text
    assert "…" in text
    assert "difficulty" not in text
