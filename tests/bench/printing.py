"""Printing grant notices: one by one, a thousand in one file and in separate ones, against less that could be done.

The floors write as many pages as the papers have. That of raw pages has the same lines at the same places with one font
subset that was made before: what a program would need that never had to read a case, break a line or choose a font,
and that checks, numbers and records nothing. reportlab's platypus table does what
our own layout does with the pages of a roster.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from jinan_desk.core.workflow import Stage
from jinan_desk.documents.typeface import Typeface
from jinan_desk.measures import find
from jinan_desk.services.demo import Clock, hires, unit
from jinan_desk.services.desk import Desk
from tests.bench.office import scratch_desk
from tests.bench.timing import Pair, side_by_side
from tests.way import STRAIGHT

_LINE = "经审核，你单位符合稳岗返还条件，返还金额为人民币柒万玖仟贰佰元整，请核对收款账户。"
_LINES = tuple(_LINE[number % 10 : number % 10 + 28] for number in range(20))
_PAPERS, _CASES = 1000, 250
_ROWS = 200


def run() -> Iterator[Pair]:
    """Notices of approved 06A cases, and the roster of a 02B case."""
    clock = Clock(date(2020, 6, 10))
    with tempfile.TemporaryDirectory() as name, scratch_desk(Path(name) / "desk", clock) as desk:
        folder = Path(name)
        cases = [_granted(desk, clock, number) for number in range(_CASES)]
        pdfmetrics.registerFont(TTFont("song", str(desk.notices.font_file("song"))))
        pages = desk.notices.issue(cases[0], "notice", folder / "notice.pdf").pages
        yield side_by_side(
            "one grant notice printed",
            lambda: desk.notices.issue(cases[0], "notice", folder / "notice.pdf"),
            f"raw canvas of {pages} pages",
            lambda: _canvas_pages(folder / "raw.pdf", pages),
            rounds=15,
        )
        yield from _thousand(desk, cases, folder)
        rostered = _rostered(desk)
        yield side_by_side(
            f"roster of {_ROWS} printed",
            lambda: desk.notices.write(rostered, "roster", folder / "roster.pdf"),
            "platypus table with as many rows",
            lambda: _platypus(folder / "platypus.pdf"),
            rounds=3,
        )


def _thousand(desk: Desk, cases: list[str], folder: Path) -> Iterator[Pair]:
    many = list(islice(_over_and_over(cases), _PAPERS))
    subset = _Subset(desk.notices.font_file("song"))
    merged = folder / "many.pdf"
    each = desk.notices.issue(cases[0], "notice", folder / "notice.pdf").pages
    yield side_by_side(
        f"{_PAPERS} grant notices in one file",
        lambda: desk.notices.issue_all(many, ("notice",), merged),
        f"{_PAPERS * each} canvas pages in one file",
        lambda: _canvas_pages(folder / "raw.pdf", _PAPERS * each),
        rounds=2,
    )
    yield side_by_side(
        f"{_PAPERS} grant notices in one file",
        lambda: desk.notices.issue_all(many, ("notice",), merged),
        f"{_PAPERS * each} raw pages, subset made before",
        lambda: subset.write(folder / "floor.pdf", _PAPERS * each),
        rounds=2,
        warm=False,
    )
    yield side_by_side(
        f"{_PAPERS} grant notices in separate files",
        lambda: desk.notices.issue_all(many, ("notice",), folder / "many", separate=True),
        f"raw files of {each} pages, subset made before",
        lambda: [subset.write(folder / "floor.pdf", each) for _ in range(_PAPERS)],
        rounds=1,
        warm=False,
    )


def _over_and_over(cases: list[str]) -> Iterator[str]:
    while True:
        yield from cases


def _granted(desk: Desk, clock: Clock, number: int) -> str:
    refund = find("06A")
    assert refund is not None
    facts = {**refund[1].examples[0].facts, **unit(number, f"济南历泉机械制造第{number}有限公司", "370102")}
    clock.day = date(2020, 6, 10)
    case = desk.cases.enter("06A", clock.day, facts).row.case
    for stage, account in STRAIGHT[:6]:
        clock.day = date(2020, 7, 10) if stage is Stage.APPROVED else clock.day
        desk.by(account).cases.advance(case, stage)
    return case


def _rostered(desk: Desk) -> str:
    facts = {**unit(900, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, _ROWS)}
    return desk.cases.enter("02B", date(2020, 3, 20), facts).row.case


def _canvas_pages(path: Path, count: int) -> None:
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(count):
        canvas.setFont("song", 16)
        for number, line in enumerate(_LINES):
            canvas.drawString(80, 780 - 29 * number, line)
        canvas.showPage()
    canvas.save()


class _Subset:
    """One page's worth of PDF objects around a font program that was made once."""

    def __init__(self, font: Path) -> None:
        characters = sorted(set("".join(_LINES)))
        typeface = Typeface(font)
        self._codes = {character: f"{number:04x}" for number, character in enumerate(characters, 1)}
        self._program = zlib.compress(typeface.subset([0, *(typeface.glyphs[ord(c)] for c in characters)]))

    def write(self, path: Path, count: int) -> None:
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join(b"%d 0 R" % (7 + 2 * n) for n in range(count))),
            b"<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[4 0 R]>>",
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/S/CIDToGIDMap/Identity/DW 1000/FontDescriptor 5 0 R>>",
            b"<</Type/FontDescriptor/FontName/S/Flags 4/FontFile2 6 0 R>>",
            _stream(self._program),
        ]
        for number in range(count):
            lines = "\n".join(
                f"BT /F 16 Tf 80 {780 - 29 * place} Td <{''.join(map(self._codes.__getitem__, line))}> Tj ET"
                for place, line in enumerate(_LINES)
            )
            page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            objects += [page % (8 + 2 * number), _stream(zlib.compress(lines.encode()))]
        body, offsets = bytearray(b"%PDF-1.4\n"), []
        for number, one in enumerate(objects, 1):
            offsets.append(len(body))
            body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
        start = len(body)
        body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        body += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
        path.write_bytes(body)


def _stream(data: bytes) -> bytes:
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(data), data)


def _platypus(path: Path) -> None:
    style = ParagraphStyle("cell", fontName="song", fontSize=9, leading=12, wordWrap="CJK")
    rows = [[str(number), *map(str, row.values())] for number, row in enumerate(hires(1, _ROWS), 1)]
    table = LongTable([[Paragraph(cell, style) for cell in row] for row in rows], repeatRows=1)
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([table])
