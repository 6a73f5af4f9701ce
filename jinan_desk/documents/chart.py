"""Bar charts, drawn once: on pages of A4 to be printed, and on one of their own, shown on the screen as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path

from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import BarChart, HorizontalBarChart, VerticalBarChart
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from jinan_desk.documents.bars import Bars, Ink
from jinan_desk.file import write_whole

_PAGE_TITLE, _TITLE, _TEXT = 14.0, 10.5, 8.0
_EDGE = 56.0
_MARGIN = 10.0
_HEAD = 26.0
_LEGEND_LINE = 14.0
_SWATCH, _BETWEEN_SERIES = _TEXT + 4, 12.0
_FOOT = 16.0
_NARROWEST_MONTH = 42.0
_MOST_FOR_NAMES = 0.4
_TWO_LINES = 2.3
"""Times the size of letters: what a name on two lines takes."""
_LEAST_LEFT = 4
"""Characters for the second line of a name that is parted between two of them."""
_MOST_STEPS = 5
_BAR, _BETWEEN_GROUPS, _BETWEEN_BARS = 10, 6, 1
"""In parts of the room that there is for a name."""
_CLOSEST = 0.78
"""Of the distance between two names that lie one below the other, the part that letters may take."""


def prepare(font: Path) -> None:
    """Read the font now: with what is imported here it takes a quarter of a second, for the first chart or before."""
    _registered(font)


def write_bars(path: Path, bars: Bars, ink: Ink, font: Path) -> None:
    """Draw the chart on a page of its own. `font` is a TrueType file that has the characters."""
    drawing = _drawn(bars, ink, _registered(font))

    def draw(canvas: Canvas) -> None:
        renderPDF.draw(drawing, canvas, 0, 0)
        canvas.showPage()

    _write(path, bars.title, (ink.width, ink.height), draw)


def write_chart_book(path: Path, title: str, pages: Sequence[Sequence[Bars]], *, ink: Ink, font: Path) -> None:
    """Draw charts one below the other on pages of A4, under a title; each is of the size that `ink` says (points)."""
    face = _registered(font)
    room = A4[0] - 2 * _EDGE
    size = min(_PAGE_TITLE, _PAGE_TITLE * room / pdfmetrics.stringWidth(title, face, _PAGE_TITLE))

    def draw(canvas: Canvas) -> None:
        for number, charts in enumerate(pages, start=1):
            top = A4[1] - _EDGE
            canvas.setFont(face, size)
            canvas.drawCentredString(A4[0] / 2, top - _PAGE_TITLE, title)
            top -= 2 * _PAGE_TITLE
            for bars in charts:
                top -= ink.height + _MARGIN
                renderPDF.draw(_drawn(bars, ink, face), canvas, (A4[0] - ink.width) / 2, top)
            canvas.setFont(face, _TITLE)
            canvas.drawCentredString(A4[0] / 2, _EDGE / 2, f"— {number} —")
            canvas.showPage()

    _write(path, title, A4, draw)


def _write(path: Path, title: str, size: tuple[float, float], draw: Callable[[Canvas], None]) -> None:
    def write(fresh: Path) -> None:
        canvas = Canvas(str(fresh), pagesize=size, invariant=1)
        canvas.setTitle(title)
        draw(canvas)
        canvas.save()

    write_whole(path, write)


def _drawn(bars: Bars, ink: Ink, face: str) -> Drawing:
    drawing = Drawing(ink.width, ink.height)
    drawing.add(_patch(0, 0, ink.width, ink.height, ink.ground))
    top = ink.height - _MARGIN - _TITLE
    size = min(_TITLE, _TITLE * (ink.width - 2 * _MARGIN) / pdfmetrics.stringWidth(bars.title, face, _TITLE))
    drawing.add(String(_MARGIN, top, bars.title, fontName=face, fontSize=size, fillColor=HexColor(ink.text)))
    _add_legend(drawing, bars, ink, face)
    if bars.names:
        drawing.add(_lying(bars, ink, face) if bars.lying else _standing(bars, ink, face))
    return drawing


def _registered(font: Path) -> str:
    """The name under which reportlab knows the font."""
    name = f"chart-{font.stem}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(font)))
    return name


def _patch(x: float, y: float, width: float, height: float, colour: str) -> Rect:
    """A plain piece of colour."""
    patch = Rect(x, y, width, height)
    patch.fillColor, patch.strokeColor = HexColor(colour), None
    return patch


def _add_legend(drawing: Drawing, bars: Bars, ink: Ink, face: str) -> None:
    right = ink.width - _MARGIN
    y = ink.height - _MARGIN - _TITLE - (_head(bars, ink, face) - _HEAD)
    for series, colour in reversed(list(zip(bars.series, ink.bars, strict=False))):
        if not series.name:
            continue
        right -= pdfmetrics.stringWidth(series.name, face, _TEXT)
        drawing.add(String(right, y, series.name, fontName=face, fontSize=_TEXT, fillColor=HexColor(ink.muted)))
        right -= _SWATCH
        drawing.add(_patch(right, y - 0.5, _TEXT, _TEXT, colour))
        right -= _BETWEEN_SERIES


def _head(bars: Bars, ink: Ink, face: str) -> float:
    """How high the head is: the legend stands below a title that leaves no room for it."""
    named = [series.name for series in bars.series if series.name]
    legend = sum(pdfmetrics.stringWidth(name, face, _TEXT) + _SWATCH + _BETWEEN_SERIES for name in named)
    title = pdfmetrics.stringWidth(bars.title, face, _TITLE)
    return _HEAD + (_LEGEND_LINE if named and title + legend > ink.width - 2 * _MARGIN else 0)


def _lying(bars: Bars, ink: Ink, face: str) -> BarChart:
    chart = HorizontalBarChart()
    chart.y, chart.height = round(_MARGIN), round(ink.height - _head(bars, ink, face) - 2 * _MARGIN)
    in_two = chart.height / len(bars.names) >= _TWO_LINES * _TEXT
    bars = _shortened(_turned(bars), face, ink.width * _MOST_FOR_NAMES, in_two=in_two)
    ink = replace(ink, bars=ink.bars[: len(bars.series)][::-1])
    names = max(pdfmetrics.stringWidth(line, face, _TEXT) for name in bars.names for line in name.split("\n"))
    figures = pdfmetrics.stringWidth(f"{max(_values(bars)):,.{bars.decimals}f}", face, _TEXT) + 8
    chart.x = round(_MARGIN + names + 8)
    chart.width = round(ink.width - chart.x - _MARGIN - figures)
    chart.categoryAxis.reverseDirection = 1
    chart.categoryAxis.labels.boxAnchor = "e"
    chart.categoryAxis.labels.dx = -5
    chart.barLabels.boxAnchor = "w"
    chart.barLabels.dx = 4
    _dress(chart, bars, ink, face)
    chart.barLabelFormat = lambda value: f"{value:,.{bars.decimals}f}" if value or not bars.decimals else ""
    chart.valueAxis.visible = 0
    chart.valueAxis.visibleGrid = 0
    room = _CLOSEST * chart.height / len(bars.names)
    chart.categoryAxis.labels.fontSize = min(_TEXT, room)
    chart.barLabels.fontSize = min(_TEXT, room / len(bars.series))
    group = len(bars.series) * _BAR + (len(bars.series) - 1) * _BETWEEN_BARS + _BETWEEN_GROUPS
    above = (len(bars.series) - 1) * (_BAR + _BETWEEN_BARS) / 2  # beside the first bar: the second may be nothing
    chart.categoryAxis.labels.dy = above * chart.height / len(bars.names) / group
    return chart


def _shortened(bars: Bars, face: str, room: float, *, in_two: bool) -> Bars:
    """The same with names that leave room for bars, on one line or on two."""
    return replace(bars, names=[(_folded if in_two else _cut)(name, face, room) for name in bars.names])


def _turned(bars: Bars) -> Bars:
    """Bars that lie are drawn from below, so that the first series is to come last."""
    return replace(bars, series=list(bars.series)[::-1])


def _folded(name: str, face: str, room: float) -> str:
    fitting = _fitting(name, face, room)
    if fitting == len(name):
        return name
    end = name.rfind(" ", 1, fitting + 1)
    within = end <= 0 or not name[fitting - 1 : fitting + 1].isascii()
    first = name[: max(1, min(fitting, len(name) - _LEAST_LEFT)) if within else end]
    return f"{first}\n{_cut(name[len(first) :].lstrip(), face, room)}"


def _cut(name: str, face: str, room: float) -> str:
    if _fitting(name, face, room) == len(name):
        return name
    return name[: _fitting(name, face, room - pdfmetrics.stringWidth("…", face, _TEXT))].rstrip() + "…"


def _fitting(name: str, face: str, room: float) -> int:
    """How many characters there is room for."""
    count = len(name)
    while count and pdfmetrics.stringWidth(name[:count], face, _TEXT) > room:
        count -= 1
    return count


def _standing(bars: Bars, ink: Ink, face: str) -> BarChart:
    chart = VerticalBarChart()
    axis = pdfmetrics.stringWidth(f"{max(_values(bars)):,.0f}", face, _TEXT) + 12
    chart.x = round(_MARGIN + axis)
    chart.width = round(ink.width - chart.x - _MARGIN)
    if len(bars.names) * _NARROWEST_MONTH > chart.width:
        chart.categoryAxis.labels.angle = 45
        chart.categoryAxis.labels.boxAnchor = "ne"
        chart.categoryAxis.labels.dx = 3
    else:
        chart.categoryAxis.labels.boxAnchor = "n"
    chart.categoryAxis.labels.dy = -3
    _dress(chart, bars, ink, face)
    foot = _FOOT if chart.categoryAxis.labels.angle == 0 else 2 * _FOOT
    chart.y, chart.height = round(_MARGIN + foot), round(ink.height - _head(bars, ink, face) - 2 * _MARGIN - foot)
    chart.valueAxis.labelTextFormat = lambda value: f"{value:,.0f}"
    chart.valueAxis.visibleAxis = 0
    chart.valueAxis.visibleTicks = 0
    chart.valueAxis.visibleGrid = 1
    chart.valueAxis.gridStrokeColor = HexColor(ink.line)
    chart.valueAxis.gridStrokeWidth = 0.5
    return chart


def _values(bars: Bars) -> list[float]:
    return [value for series in bars.series for value in series.values]


def _dress(chart: BarChart, bars: Bars, ink: Ink, face: str) -> None:
    """What both kinds have in common: thin lines, small quiet labels, bars in their colours."""
    chart.data = [tuple(series.values) for series in bars.series]
    chart.categoryAxis.categoryNames = list(bars.names)
    chart.valueAxis.valueMin = 0
    chart.valueAxis.valueMax = max(_values(bars)) or 1
    if not bars.decimals:
        chart.valueAxis.valueStep = max(1, ceil(chart.valueAxis.valueMax / _MOST_STEPS))
    chart.barWidth, chart.groupSpacing, chart.barSpacing = _BAR, _BETWEEN_GROUPS, _BETWEEN_BARS
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.strokeColor = HexColor(ink.line)
        axis.strokeWidth = 0.5
        axis.labels.fontName = face
        axis.labels.fontSize = _TEXT
        axis.labels.fillColor = HexColor(ink.muted)
    chart.categoryAxis.visibleTicks = 0
    chart.barLabels.fontName = face
    chart.barLabels.fontSize = _TEXT
    chart.barLabels.fillColor = HexColor(ink.text)
    for number, colour in zip(range(len(bars.series)), ink.bars, strict=False):
        chart.bars[number].fillColor = HexColor(colour)
        chart.bars[number].strokeColor = None
