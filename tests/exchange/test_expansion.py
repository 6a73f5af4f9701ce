"""However a workbook is written, its cells swell to no more than the bound: readers are lenient, and whoever wants to swell
is not bound to what honest programs write. Guards: `expansion`, and where `reading` looks for shared strings."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from jinan_desk.errors import DeskError
from jinan_desk.exchange import expansion
from jinan_desk.exchange.expansion import is_inflated, may_hold_strings
from jinan_desk.exchange.reading import _extent, open_workbook

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
SPACE = b'<?xml version="1.0"?><%s xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
LONG = b"x" * 50
Parts = dict[str, bytes]


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "TEXT_LIMIT", 200)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """The parts of a workbook whose five cells all are one string of 50 characters."""
    book = Workbook()
    book.active.append(["x"])
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    cells = b"".join(b'<c r="%c1" t="s"><v>0</v></c>' % letter for letter in b"ABCDE")
    found[SHEET] = SPACE % b"worksheet" + b'<sheetData><row r="1">' + cells + b"</row></sheetData></worksheet>"
    found[STRINGS] = SPACE % b"sst" + b"<si><t>" + LONG + b"</t></si></sst>"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(b"</Types>", told)
    return found


def written(parts: Parts, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet(was: bytes, now: bytes) -> Callable[[Parts], Parts]:
    return lambda parts: {**parts, SHEET: parts[SHEET].replace(was, now)}


def strings(was: bytes, now: bytes) -> Callable[[Parts], Parts]:
    return lambda parts: {**parts, STRINGS: re.sub(was, now, parts[STRINGS], count=1)}


FEW = sheet(b'<c r="E1" t="s"><v>0</v></c>', b"")
ODD: dict[str, Callable[[Parts], Parts]] = {
    "as honest programs write it": dict,
    "strings that begin late": strings(b"<si>", b" " * 5000 + b"<si>"),
    "strings behind a long comment": strings(b"<si>", b"<!--" + b"y" * 5000 + b"--><si>"),
    "a comment in a string": strings(b"<si>", b"<si><!--</si>-->"),
    "strings of a space of names": strings(b"<si>(.*)</si>", rb"<a:si>\1</a:si>"),
    "strings in no order": strings(b"<si>", b"<x></y><si>"),
    "a string at the sheet": sheet(b"<sheetData>", b"<si/><sheetData>"),
    "a formula beside the value": sheet(b"<v>", b"<f>A1</f><v>"),
    "a text beside the value": sheet(b"<v>", b"<is><t>1</t></is><v>"),
    "a number with a sign": sheet(b"<v>", b"<v>+"),
    "a number with noughts": sheet(b"<v>", b"<v>00"),
    "a number with a blank": sheet(b"<v>", b"<v> "),
    "values of a space of names": lambda parts: {
        **parts, SHEET: parts[SHEET].replace(b"<v>", b"<a:v>").replace(b"</v>", b"</a:v>")
    },
    "tags in no order": sheet(b"<sheetData>", b"<x></y><sheetData>"),
    "one thing said twice of a cell": sheet(b'<c r="A1"', b'<c r="A1" r="A1"'),
    "a binary part beside": lambda parts: {**parts, "xl/printerSettings/printerSettings1.bin": b"abc"},
    "a part of another program beside": lambda parts: {**parts, "content.xml": b"<a/>"},
    "a table of short strings before": lambda parts: {"a.xml": b"<sst><si><t>x</t></si></sst>", **parts},
    "a table of short strings behind": lambda parts: {**parts, "z.xml": b"<sst><si><t>x</t></si></sst>"},
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_cells_that_swell_are_refused_however_they_are_written(parts: Parts, tmp_path: Path, odd: str) -> None:
    with pytest.raises(DeskError, match="过大"):
        open_workbook(written(ODD[odd](parts), tmp_path / "book.xlsx"))


@pytest.mark.parametrize("odd", [odd for odd in ODD if "no order" not in odd and "twice" not in odd])
def test_cells_that_come_to_no_more_than_the_bound_are_read(parts: Parts, tmp_path: Path, odd: str) -> None:
    """Four cells of 50 characters; the others, which nobody wrote honestly, nobody can count."""
    book = open_workbook(written(ODD[odd](FEW(parts)), tmp_path / "book.xlsx"))
    (row,) = book.sheet(book.names[0]).rows
    assert row == [LONG.decode()] * 4


@pytest.mark.parametrize(
    ("was", "now"), [(b"<v>0</v>", b"<v>1</v>"), (b"<v>0</v>", b"<v>-1</v>"), (b"<v>0</v>", b"<v>x</v>"), (b' t="s"', b"")]
)
def test_cells_that_stand_for_no_shared_string_come_to_nothing(
    parts: Parts, tmp_path: Path, was: bytes, now: bytes
) -> None:
    with zipfile.ZipFile(written(sheet(was, now)(parts), tmp_path / "book.xlsx")) as archive:
        assert not is_inflated(archive, 1000, [STRINGS])


def test_the_longest_of_all_strings_is_what_any_cell_may_be(parts: Parts, tmp_path: Path) -> None:
    """Guards: the longest piece of all parts, with and without a comment in them."""
    for comment in (b"", b"<!---->"):
        table = parts[STRINGS].replace(b"<si>", b"<si><t>y</t></si><si>" + comment)
        several = {**parts, STRINGS: table, "b.xml": b"<sst>" + comment + b"<si/></sst>"}
        grown = sheet(b"<v>0</v>", b"<v>1</v>")(several)
        with zipfile.ZipFile(written(grown, tmp_path / "book.xlsx")) as archive:
            assert is_inflated(archive, 20, ["b.xml", STRINGS])


ROW = b"<table-row%s><table-cell%s><p>" + b"x" * 12 + b"</p></table-cell></table-row>"
HELD = b' office:value-type="string"'
"""With 6 characters of its kind and 32 for itself such a cell counts as 50."""
ROWS, COLUMNS = b' table:number-rows-repeated="%s"', b' table:number-columns-repeated="%s"'


@pytest.mark.parametrize(
    ("content", "inflated"),
    [
        (ROW % (b"", HELD) * 4, False),
        (ROW % (b"", HELD) * 5, True),
        (ROW % (b"", HELD + COLUMNS % b"3") * 1, False),
        (ROW % (b"", HELD + COLUMNS % b"2") * 2, True),  # that it is repeated takes characters, too
        (ROW % (ROWS % b"4", HELD), False),
        (ROW % (ROWS % b"5", HELD), True),
        (ROW % (ROWS % b"+5", HELD), True),
        (ROW % (ROWS % b"x", HELD), False),
        (ROW % (ROWS % b"1000", COLUMNS % b"1000"), False),
        (b"<table-row%s><table-cell%s/></table-row>" % (ROWS % b"5", HELD), False),
        (b"<table-row%s><table-cell%s/></table-row>" % (ROWS % b"6", HELD), True),
        (b"<table-row%s><covered-table-cell%s/></table-row>" % (ROWS % b"6", HELD), True),
        (b"<table-row><table-cell%s>" % HELD + ROW % (ROWS % b"5", HELD) + b"</table-cell></table-row>", True),
        (b"<table-row><table-cell%s><table-cell/>" % (HELD + COLUMNS % b"6") + b"</table-cell></table-row>", True),
        (b"<table-cell%s/>" % HELD * 9, False),
        (ROW % (b"", b"") + b"<x></y>", True),
    ],
)
def test_repeated_cells_and_rows_count_as_often_as_they_are(tmp_path: Path, content: bytes, inflated: bool) -> None:
    names = b'<a xmlns:table="t" xmlns:office="o">'
    with zipfile.ZipFile(written({"content.xml": names + content + b"</a>"}, tmp_path / "book.ods")) as archive:
        assert is_inflated(archive, 0, []) is inflated


def record(kind: int, content: bytes) -> bytes:
    return bytes([kind, len(content)]) + content


CELLS = record(7, bytes(12)) * 5


@pytest.mark.parametrize(
    ("binary", "inflated"),
    [
        ([record(19, bytes(100)), CELLS], True),
        ([record(19, bytes(80)), CELLS], False),
        ([record(19, bytes(2)), record(19, bytes(100)), CELLS], True),
        ([record(19, bytes(100)), record(7, bytes(8) + b"\1\0\0\0") * 5], False),
        ([record(19, bytes(100)), record(7, b"\1" * 8 + bytes(4)) * 5], True),
        ([record(19, bytes(100)), record(6, bytes(12)) * 5], False),
        ([record(19, bytes(100)), CELLS, b"\x80", b"\x13\xff\xff", b"\x13\x7fx"], True),
    ],
)
def test_the_strings_of_binary_parts_count_as_often_as_cells_stand_for_them(
    tmp_path: Path, binary: list[bytes], inflated: bool
) -> None:
    parts = {f"xl/{number}.BIN": content for number, content in enumerate(binary)}
    with zipfile.ZipFile(written(parts, tmp_path / "book.xlsb")) as archive:
        assert is_inflated(archive, 0, []) is inflated


def test_a_string_is_found_wherever_a_part_is_cut() -> None:
    """Guards: `may_hold_strings`, and the seam of pieces in `_extent`."""
    for text in (b"<sst><si>", b"<a:sst><a:si>"):
        assert may_hold_strings(text)
        for cut in range(len(text)):
            assert _extent([text[:cut], text[cut:]])[2]
    assert not _extent([b"<worksheet><c r=", b"'A1'><v>"])[2]
