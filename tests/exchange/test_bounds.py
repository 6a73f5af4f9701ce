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
from jinan_desk.exchange import expansion, reading, roster, subjects, text_table, workdays
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
    """Guard: `verify_integrity` in `unlock`: the password is right, but what was encrypted has changed."""
    locked = lock(book.read_bytes(), "correct horse")
    with olefile.OleFileIO(io.BytesIO(locked)) as container:
        stream: Any = container.openstream("EncryptedPackage").read()
    place = locked.index(stream[512:1024]) + 100
    changed = bytearray(locked)
    changed[place] ^= 1
    assert unlock(locked, "correct horse") == book.read_bytes()
    with pytest.raises(DeskError, match="已损坏"):
        unlock(bytes(changed), "correct horse")
