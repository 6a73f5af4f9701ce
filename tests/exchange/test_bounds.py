"""Every bound on files of strangers, made small, refuses what is beyond it: take a bound out and its test fails."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import olefile
import pytest
from openpyxl import Workbook

from jinan_desk.errors import DeskError
from jinan_desk.exchange import expansion, password, reading, roster, subjects, text_table, workdays
from jinan_desk.exchange.password import lock, unlock
from jinan_desk.exchange.reading import open_workbook
from jinan_desk.exchange.roster import read_roster
from jinan_desk.exchange.subjects import read_lists
from jinan_desk.exchange.text_table import read_text_table
from jinan_desk.exchange.workdays import read_arrangements
from jinan_desk.measures import find
from tests.exchange.test_roster import HEADS, HIRING, ROW, save

FIELDS = find("06A")[1].shape.fields  # type: ignore[index]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "book.xlsx", HEADS, ROW, ROW)


def roster_of(path: Path) -> object:
    return read_roster(path, HIRING)


def units_of(path: Path) -> object:
    made = Workbook()
    made.active.append([FIELDS[0].label])
    made.active.append(["甲"])
    made.active.append(["乙"])
    made.save(path)
    return read_lists(path, FIELDS)


def days_of(path: Path) -> object:
    save(path, ["日期", "安排"], *(["2026-10-01", "放假"] for _ in range(30)))
    return read_arrangements(path)


def shared_of(path: Path) -> object:
    """A workbook that has one string of 50 characters for five cells."""
    fresh = path.with_name("shared.xlsx")
    shutil.copyfile(path, fresh)
    cells = "".join(f'<c r="{letter}1" t="s"><v>0</v></c>' for letter in "ABCDE")
    with zipfile.ZipFile(fresh, "a") as archive:
        archive.writestr("xl/strings.xml", f"<sst><si><t>{'x' * 50}</t></si></sst>")
        archive.writestr("xl/worksheets/sheet9.xml", f"<worksheet><row>{cells}</row></worksheet>")
    return open_workbook(fresh)


def locked_of(path: Path) -> object:
    return unlock(io.BytesIO(lock(path.read_bytes(), "correct horse")), "correct horse")


def text_of(path: Path) -> object:
    text = path.with_suffix(".csv")
    text.write_text("姓名,身份证号\n李文博,1\n", encoding="utf-8")
    return read_text_table(text)


@dataclass(frozen=True)
class Bound:
    """A bound by its name in a module, one that is small, who reads, and what is said."""

    module: ModuleType
    name: str
    small: int
    read: Callable[[Path], object]
    why: str = "过大"


BOUNDS = (
    Bound(reading, "FILE_LIMIT", 1000, open_workbook),
    Bound(reading, "UNPACKED_LIMIT", 1000, open_workbook),
    Bound(reading, "PARTS_LIMIT", 2, open_workbook),
    Bound(reading, "CELLS_LIMIT", 5, open_workbook),
    Bound(expansion, "TEXT_LIMIT", 100, shared_of),
    Bound(password, "_SPIN_LIMIT", 99_999, locked_of),
    Bound(roster, "ROWS_LIMIT", 1, roster_of, "超过 1 行"),
    Bound(subjects, "SUBJECTS_LIMIT", 1, units_of, "超过 1 行"),
    Bound(workdays, "ROWS_LIMIT", 3, days_of, "不超过 3 行"),
    Bound(text_table, "TEXT_FILE_LIMIT", 10, text_of),
    Bound(text_table, "LINES_LIMIT", 1, text_of),
    Bound(text_table, "COLUMNS_LIMIT", 1, text_of),
)


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: f"{bound.module.__name__}.{bound.name}")
def test_what_is_beyond_a_bound_is_refused_in_words(book: Path, monkeypatch: pytest.MonkeyPatch, bound: Bound) -> None:
    """Guard: the bound of that name."""
    bound.read(book)  # within the bounds as they are
    monkeypatch.setattr(bound.module, bound.name, bound.small)
    with pytest.raises(DeskError) as refusal:
        bound.read(book)
    assert bound.why in refusal.value.read()


def test_a_locked_workbook_that_was_changed_is_damaged_and_not_another_workbook(book: Path) -> None:
    """Guard: the digest in `agile`: the password is right, but what was encrypted has changed."""
    locked = lock(book.read_bytes(), "correct horse")
    with olefile.OleFileIO(io.BytesIO(locked)) as container:
        stream: Any = container.openstream("EncryptedPackage").read()
    place = locked.index(stream[512:1024]) + 100
    changed = bytearray(locked)
    changed[place] ^= 1
    assert unlock(io.BytesIO(locked), "correct horse").read() == book.read_bytes()
    with pytest.raises(DeskError, match="已损坏"):
        unlock(io.BytesIO(changed), "correct horse")


# How much text there is without a reader ------------------------------------------------------------------------------


def inflated(parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, *, limit: int = 1000) -> bool:
    monkeypatch.setattr(expansion, "TEXT_LIMIT", limit)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with zipfile.ZipFile(made) as archive:
        holding = [name for name, content in parts.items() if expansion.may_hold_strings(content)]
        return expansion.is_inflated(archive, sum(content.count(b"<") for content in parts.values()), holding)


@pytest.mark.parametrize(("rows", "cells"), [(1, 20), (20, 1), (5, 5)])
def test_repeated_rows_and_cells_of_an_ods_count_as_often_as_they_are(
    monkeypatch: pytest.MonkeyPatch, rows: int, cells: int
) -> None:
    """Guards: the look for an .ods, repeated rows, repeated cells."""
    content = (
        '<x:c xmlns:x="x" xmlns:table="table"><table:table-row table:number-rows-repeated="{rows}">'
        '<table:table-cell x:value-type="string" table:number-columns-repeated="{cells}">{text}</table:table-cell></table:table-row></x:c>'
    )
    part = content.format(rows=rows, cells=cells, text="x" * 100).encode()
    assert inflated({"content.xml": part}, monkeypatch)
    once = content.format(rows=1, cells=1, text="x" * 100).encode()
    assert not inflated({"content.xml": once}, monkeypatch)


def test_a_blank_row_repeated_to_the_end_of_an_ods_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program writes one."""
    part = (
        b'<x:c xmlns:x="x" xmlns:table="table"><table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row></x:c>'
    )
    assert not inflated({"content.xml": part}, monkeypatch)


def record(kind: int, content: bytes) -> bytes:
    """As .xlsb writes one: kind and size in groups of seven bits."""
    kinds = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return kinds + bytes([len(content) & 0x7F | 0x80, len(content) >> 7]) + content


def test_shared_strings_of_an_xlsb_count_for_every_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards: the look for an .xlsb, its strings, its cells, kinds of two bytes."""
    strings = record(0x9F, b"") + record(19, b"x" * 400)  # the head of the table, and a string of 200 characters
    cell = record(7, bytes(12))
    assert inflated({"xl/strings.bin": strings, "xl/sheet.bin": cell * 6}, monkeypatch)
    assert not inflated({"xl/strings.bin": strings, "xl/sheet.bin": cell * 4}, monkeypatch)
    assert not inflated({"xl/strings.bin": strings[:-1], "xl/sheet.bin": cell * 4 + b"\x07"}, monkeypatch)


def test_a_comment_does_not_hide_how_long_a_shared_string_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: the look for markup: the end of a string inside of a comment is none."""
    hidden = b"<!-- </si> -->".join([b"x" * 100] * 10)
    strings = b"<sst><si><t>" + hidden + b"</t></si></sst>"
    cells = b'<c t="s"><v>0</v></c>' * 2
    assert inflated({"xl/strings.xml": strings, "xl/sheet.xml": b"<s>" + cells + b"</s>"}, monkeypatch, limit=1500)


def test_counting_ends_where_it_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: `_enough`: a hostile file is refused at once."""
    asked: list[str] = []
    times = expansion._times

    def counted(attributes: dict[str, str], name: str) -> int:
        asked.append(name)
        return times(attributes, name)

    monkeypatch.setattr(expansion, "_times", counted)
    row = b'<table:table-row><table:table-cell x:value-type="string">' + b"x" * 100 + b"</table:table-cell></table:table-row>"
    part = b'<x:c xmlns:x="x" xmlns:table="table">' + row * 500 + b"</x:c>"
    assert inflated({"content.xml": part}, monkeypatch)
    assert len(asked) < 100
