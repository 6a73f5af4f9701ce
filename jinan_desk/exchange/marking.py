"""A stranger's workbook on its way back: the bad cells coloured, and a column that says what is wrong with each row.

What was marked before and is right now loses its mark, so that a workbook can go back and forth until it is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jinan_desk.core.text import N_, Sentence, Translate, chinese, listed
from jinan_desk.exchange.reading import open_workbook
from jinan_desk.exchange.roster import REASONS, TEXT_FILES, BadCell, Roster
from jinan_desk.exchange.sheet import cell_text, sheet_name
from jinan_desk.exchange.text_table import read_text_table
from jinan_desk.file import write_whole

_MARK = "FFFFC7CE"
_FILL = PatternFill("solid", fgColor=_MARK)
_FONT = Font(color="FF9C0006")
_MIDDLE = Alignment(vertical="center", wrap_text=True)
_WIDTH = 48
_DRESSED = frozenset((".xlsx", ".xlsm"))
_DRESSED_LIMIT = 4 * 2**20
"""Bytes: a larger workbook would take minutes and gigabytes to write again in its own dress; only its cells are."""


def write_marked(source: Path, target: Path, roster: Roster, translate: Translate = chinese) -> None:
    """Write the source's workbook with the roster's bad cells marked. The target is an .xlsx, whatever the source is.

    A small .xlsx comes back in its own dress, any other as the cells of the sheet that was read. Raises DeskError where
    the source cannot be read any more, or the target cannot be written.
    """
    reasons = {row: _reasons(cells, translate) for row, cells in _by_row(roster.bad)}
    for row in roster.refused:
        reasons.setdefault(row, translate(N_("本行有误，请对照其他行的说明修改")))
    book = _dressed(source)
    if book is not None:
        _mark(book[roster.sheet], roster, reasons)
    else:
        book = _rewritten(source, roster, reasons)
    write_whole(target, book.save)


def _by_row(bad: Sequence[BadCell]) -> Iterable[tuple[int, Iterable[BadCell]]]:
    return groupby(bad, key=lambda cell: cell.row)


def _reasons(cells: Iterable[BadCell], translate: Translate) -> str:
    told = N_("{column} 列“{label}”：{why}")
    sentences = [Sentence(told, column=cell.column, label=Sentence(cell.label), why=cell.why) for cell in cells]
    return cell_text(listed(sentences, N_("；")).read(translate))


def _dressed(source: Path) -> Workbook | None:
    """The workbook with all that is in it; None where only its cells can be had."""
    if source.suffix.lower() not in _DRESSED or source.stat().st_size > _DRESSED_LIMIT:
        return None
    open_workbook(source)  # its bounds
    try:
        return load_workbook(source)
    except Exception:  # noqa: BLE001  (calamine reads more than openpyxl, which fails in as many ways as there are files)
        return None


def _mark(sheet: Worksheet, roster: Roster, reasons: Mapping[int, str]) -> None:
    """Mark the cells in place."""
    for row in sheet.iter_rows(min_row=roster.head + 1):
        for cell in row:
            if cell.fill.fgColor.rgb == _MARK and not isinstance(cell, MergedCell):
                cell.fill = PatternFill()
    _part(sheet, roster)
    for number in range(roster.head + 1, sheet.max_row + 1):
        if (number, roster.reasons) in sheet._cells:  # noqa: SLF001  (asking for a cell makes it)
            sheet.cell(number, roster.reasons).value = None
    _dress(sheet.cell(roster.head, roster.reasons, REASONS))
    sheet.column_dimensions[get_column_letter(roster.reasons)].width = _WIDTH
    for bad in roster.bad:
        sheet[f"{bad.column}{bad.row}"].fill = _FILL
    for number, reason in reasons.items():
        _dress(sheet.cell(number, roster.reasons, reason))


def _part(sheet: Worksheet, roster: Roster) -> None:
    """Part the merged cells that lie in the column of the reasons: nothing can be written into one but at its corner.
    (`unmerge_cells` fails where another one lies across it.)"""
    cells = sheet._cells  # noqa: SLF001  (asking for a cell makes it)
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_col <= roster.reasons <= merged.max_col and merged.max_row >= roster.head:
            sheet.merged_cells.remove(merged)
            for place in merged.cells:
                if isinstance(cells.get(place), MergedCell):
                    del cells[place]


def _rewritten(source: Path, roster: Roster, reasons: Mapping[int, str]) -> Workbook:
    """The cells of the sheet in a new workbook."""
    is_text = source.suffix.lower() in TEXT_FILES
    rows = read_text_table(source).rows if is_text else open_workbook(source).stream(roster.sheet).rows
    bad = {(cell.row, column_index_from_string(cell.column)) for cell in roster.bad}
    told = {roster.head: REASONS, **reasons}
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name(roster.sheet))
    sheet.column_dimensions[get_column_letter(roster.reasons)].width = _WIDTH
    for number, cells in enumerate(rows, 1):
        line = [_cell(sheet, value) for value in cells]
        for place in range(1, len(line) + 1):
            if (number, place) in bad:
                line[place - 1].fill = _FILL
        if number >= roster.head:
            line += [WriteOnlyCell(sheet) for _ in range(roster.reasons - len(line))]
            line[roster.reasons - 1] = _cell(sheet, told.get(number))
            if number in told:
                _dress(line[roster.reasons - 1])
        sheet.append(line)
    return book


def _cell(sheet: Any, value: Any) -> Any:
    """The value as it was; text stays text, and a long number is not rounded by being one."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, cell_text(value))
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _dress(cell: Any) -> None:
    """As a cell that says what is wrong."""
    cell.data_type = "s"
    cell.font, cell.alignment, cell.fill = _FONT, _MIDDLE, _FILL
