"""Files of strangers are bounded before they are read, and whatever a reader raises becomes one sentence."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
import python_calamine
from openpyxl import Workbook, load_workbook

from jinan_desk.errors import DeskError
from jinan_desk.exchange import reading
from jinan_desk.exchange.package import read_package
from jinan_desk.exchange.reading import _extent, _unfinished, open_workbook
from jinan_desk.exchange.receipt import read_receipt
from jinan_desk.exchange.roster import read_heads
from jinan_desk.exchange.subjects import read_lists
from jinan_desk.exchange.workdays import read_arrangements
from jinan_desk.measures import find

SHEET = "xl/worksheets/sheet1.xml"


class Panic(BaseException):
    """What the reader's own language throws: no Exception."""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    book.active.append(["姓名", 12, True])
    book.active.append(["张伟", 3.5, None])
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def rewritten(path: Path, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> Path:
    """The workbook with its parts changed, and others added."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return target


def test_cells_are_read_from_the_first_on(workbook: Path) -> None:
    book = open_workbook(workbook)
    assert book.sheet(book.names[0]).rows == [["姓名", 12.0, True], ["张伟", 3.5, ""]]


def test_empty_rows_and_columns_before_the_first_cell_count(tmp_path: Path) -> None:
    book = Workbook()
    book.active["C3"] = "姓名"
    book.save(tmp_path / "book.xlsx")
    (rows,) = [open_workbook(tmp_path / "book.xlsx").sheet("Sheet").rows]
    assert rows[2][2] == "姓名"


def refuse(path: Path, why: str) -> None:
    with pytest.raises(DeskError) as refused:
        open_workbook(path)
    assert why in refused.value.read()


@pytest.mark.parametrize("extent", ['r="XFD1048576"', "r='XFD1048576'", 'r = "XFD1048576"', 's="0" r="ZZ900000"'])
def test_a_sheet_that_claims_billions_of_cells_is_refused(workbook: Path, extent: str) -> None:
    def claim(name: str, content: bytes) -> bytes:
        return content.replace(b'r="B2"', extent.encode()) if name == SHEET else content

    refuse(rewritten(workbook, claim), "过大或内容异常")


def test_a_sheet_under_another_name_is_bounded_too(workbook: Path) -> None:
    hidden = {"elsewhere": b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'}
    refuse(rewritten(workbook, lambda _, content: content, hidden), "过大或内容异常")


def test_a_part_that_swells_is_refused(workbook: Path) -> None:
    swollen = {"xl/media/image1.xml": b"\0" * (3 * 2**20)}
    refuse(rewritten(workbook, lambda _, content: content, swollen), "过大或内容异常")


def test_too_many_parts_are_refused(workbook: Path) -> None:
    many = {f"xl/media/{number}": b"" for number in range(2001)}
    refuse(rewritten(workbook, lambda _, content: content, many), "过大或内容异常")


def test_too_many_parts_are_refused_before_one_is_looked_at(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: `_has_many_parts`: a directory of a hundred megabytes took a quarter of a minute."""
    path = rewritten(workbook, lambda _, content: content, {f"xl/media/{number}": b"" for number in range(2001)})
    monkeypatch.setattr(zipfile, "ZipFile", lambda file: pytest.fail("read"))
    monkeypatch.setattr(reading, "_DIRECTORY", 500_000)
    refuse(path, "过大或内容异常")


def test_a_part_that_lies_about_its_size_is_refused(workbook: Path) -> None:
    path = rewritten(workbook, lambda _, content: content, {"xl/media/a": b"\0" * (2**20 - 8)})
    content = path.read_bytes()
    said = (2**20 - 8).to_bytes(4, "little")
    assert content.count(said) == 2
    path.write_bytes(content.replace(said, (100).to_bytes(4, "little")))
    refuse(path, "已损坏")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(workbook: Path) -> None:
    with zipfile.ZipFile(workbook, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    refuse(workbook, "已损坏")


def test_a_file_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.4")
    refuse(tmp_path / "a.xlsx", "不是 Excel 或 ODS 工作簿")
    (tmp_path / "b.xlsx").write_bytes(b"")
    refuse(tmp_path / "b.xlsx", "不是 Excel 或 ODS 工作簿")
    refuse(tmp_path / "none.xlsx", "文件打不开")


def test_a_zip_that_is_no_workbook_is_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    refuse(tmp_path / "a.xlsx", "已损坏")


def test_a_password_is_named(workbook: Path, tmp_path: Path) -> None:
    locked = io.BytesIO()
    with workbook.open("rb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(file).encrypt("secret", locked)
    (tmp_path / "locked.xlsx").write_bytes(locked.getvalue())
    refuse(tmp_path / "locked.xlsx", "密码")


def test_a_container_of_another_kind_is_damaged(workbook: Path) -> None:
    """The version that a part needs, and a name that is no text: the container's reader says so in its own ways."""
    content = workbook.read_bytes()
    place = content.index(b"PK\x01\x02")
    for offset, value in ((6, 0x94), (46, 0xFF)):
        changed = bytearray(content)
        changed[place + offset] = value
        if offset == 46:
            changed[place + 9] |= 0x08  # names are UTF-8
        workbook.write_bytes(changed)
        with pytest.raises(DeskError):
            open_workbook(workbook)


def test_a_cut_file_is_damaged(workbook: Path) -> None:
    content = workbook.read_bytes()
    for length in range(4, len(content), 97):
        workbook.write_bytes(content[:length])
        with pytest.raises(DeskError):
            open_workbook(workbook)


@pytest.mark.parametrize("error", [Panic, RuntimeError, python_calamine.CalamineError])
def test_whatever_the_reader_throws_is_one_sentence(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def fail(*_: object) -> None:
        raise error

    book = open_workbook(workbook)
    monkeypatch.setattr(book, "_book", type("Book", (), {"get_sheet_by_name": fail})())
    with pytest.raises(DeskError, match="已损坏"):
        book.sheet("Sheet")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_an_interruption_goes_through(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    def interrupt(*_: object) -> None:
        raise stop

    book = open_workbook(workbook)
    monkeypatch.setattr(book, "_book", type("Book", (), {"get_sheet_by_name": interrupt})())
    with pytest.raises(stop):
        book.sheet("Sheet")


def test_a_sheet_is_streamed_from_its_first_cell_on(tmp_path: Path) -> None:
    book = Workbook()
    book.active["C4"] = "甲"
    book.active["D6"] = 2
    book.save(tmp_path / "o.xlsx")
    opened = open_workbook(tmp_path / "o.xlsx")
    stream = opened.stream("Sheet")
    assert stream.height == 6
    assert list(stream.rows) == opened.sheet("Sheet").rows


def test_an_empty_sheet_is_streamed_as_no_rows(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "o.xlsx")
    stream = open_workbook(tmp_path / "o.xlsx").stream("Sheet")
    assert (stream.height, list(stream.rows)) == (0, [])


def test_a_sheet_that_is_not_there_is_one_sentence(workbook: Path) -> None:
    """Guard: what the reader throws for a name, in `sheet` and in `stream`."""
    book = open_workbook(workbook)
    for read in (book.sheet, book.stream):
        with pytest.raises(DeskError, match="已损坏"):
            read("没有这张表")


@pytest.mark.parametrize("name", ["book.xls", "book.ods", "book", "book.XLSX", "book.dat"])
def test_a_workbook_is_read_whatever_it_is_called(workbook: Path, name: str) -> None:
    """Guard: the second way in `_loaded`: many programs write .xlsx and call it .xls."""
    named = workbook.rename(workbook.with_name(name))
    assert open_workbook(named).sheet("Sheet").rows[1] == ["张伟", 3.5, ""]


@pytest.mark.parametrize(
    "read",
    [
        read_arrangements,
        read_package,
        read_receipt,
        lambda path: read_heads(path, find("02B")[1]),
        lambda path: read_lists(path, find("06A")[1].shape.fields),
    ],
)
def test_a_workbook_without_sheets_is_refused_in_words(workbook: Path, read: Callable[[Path], object]) -> None:
    """Guard: `names[:1]` in `workdays`."""
    bare = rewritten(workbook, lambda _, content: re.sub(rb"<sheet [^>]*>", b"", content))
    assert open_workbook(bare).names == []
    with pytest.raises(DeskError):
        read(bare)


@pytest.mark.parametrize("below", [0, 500])
def test_a_time_of_a_billion_days_is_refused_in_words(workbook: Path, below: int) -> None:
    """Guard: `_rows`: whoever reads row by row meets what no row can be read of only then."""
    book = load_workbook(workbook)
    cell = book.active.cell(3 + below, 1, 1e300)
    cell.number_format = "[h]:mm"
    book.save(workbook)
    opened = open_workbook(workbook)
    with pytest.raises(DeskError, match="已损坏"):
        list(opened.stream(opened.names[0]).rows)
    with pytest.raises(DeskError, match="已损坏"):
        opened.sheet(opened.names[0])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 16, 64])
def test_where_cells_are_is_found_however_a_part_is_cut(size: int) -> None:
    """Guard: `_unfinished`: what goes on in the next piece."""
    sheet = (
        b'<row r="1"><c r="A1"/></row><row  r = "7"><c s="r" \n r \t =' + b" " * 99 + b'"AB3"/>'
        b"<c x='<>' r='C12'/></row><c xr=\"ZZZ9\"/>r=\"ZZZ9\" r r = \"z9\""
    )
    pieces = [sheet[start : start + size] for start in range(0, len(sheet), size)]
    assert _extent(pieces) == (28 * 12, sheet.count(b"<"), False)


@pytest.mark.parametrize("text", [b"x" * 10_000, b" " * 10_000, b" r" * 5000, b' r = "' + b"A" * 10_000])
def test_no_text_of_a_part_is_looked_at_twice(text: bytes) -> None:
    """Guard: `_unfinished`: a text of many megabytes took minutes."""
    assert len(_unfinished(b"<t>" + text)) <= len(b' r="ABC123456789')
    assert _unfinished(b'<c r  = "A' + b" " * 10) == b" "
    assert _unfinished(b"<c\tr" + b" " * 10_000 + b"=" + b" " * 10_000) == b" r="
