"""Rosters (花名册): a template to fill in for each programme, and reading what comes back.

A roster is read whole or not at all: every cell that cannot be taken is named with its place and what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import Field, Shape
from jinan_desk.core.identity import compact
from jinan_desk.core.kind import Choice, Count, Day, DistrictCode, Flag, Invalid, Kind, Money
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_, Sentence, Translate, chinese
from jinan_desk.errors import DeskError
from jinan_desk.exchange.cell import to_json
from jinan_desk.exchange.file import write_whole
from jinan_desk.exchange.head import FEWEST_HEADS, HEAD_SEARCH, find_head, names_of
from jinan_desk.exchange.reading import Sheet, open_workbook
from jinan_desk.exchange.sheet import GRID, HEAD_FILL, set_page
from jinan_desk.exchange.text_table import read_text_table

ROSTER_SHEET = N_("花名册")
ALLOWED_SHEET = N_("可填内容")
YES, NO = N_("是"), N_("否")

ROWS_LIMIT = 200_000
_HEAD_ROW = 3
_LAST_ROW = 5000
_ENDS = ("合计", "总计", "小计", "填表人", "填报人", "审核人", "经办人", "负责人", "备注", "说明", "注:")
_TEXT_FILES = {".csv", ".txt", ".tsv"}


# The template --------------------------------------------------------------------------------------------------------


def write_template(path: Path, programme: Programme, translate: Translate = chinese) -> None:
    """A workbook to fill in: heads, what is allowed above them and in their comments, lists to choose from.

    Raises DeskError where the programme has no roster, or the file cannot be written.
    """
    fields = _shape(programme).fields
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = translate(ROSTER_SHEET)
    sheet["A1"] = f"{programme.code} {translate(programme.name)} {translate(ROSTER_SHEET)}"
    sheet["A1"].font = Font(size=15, bold=True)
    allowed = book.create_sheet(translate(ALLOWED_SHEET))
    for number, field in enumerate(fields, 1):
        letter = get_column_letter(number)
        hint = _hint(field, translate)
        head = sheet.cell(_HEAD_ROW, number, _head(field, translate))
        head.font, head.fill = Font(bold=True), HEAD_FILL
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.comment = Comment(hint, translate(ROSTER_SHEET))
        above = sheet.cell(_HEAD_ROW - 1, number, hint)
        above.font, above.alignment = Font(size=9, color="5A6672"), Alignment(vertical="top", wrap_text=True)
        column = sheet.column_dimensions[letter]
        column.width, column.number_format = max(14, 2 * len(str(head.value)) + 2), _format(field.kind)
        for row in range(_HEAD_ROW + 1, _HEAD_ROW + 201):  # some spreadsheets look at cells only, not at columns
            cell = sheet.cell(row, number)
            cell.number_format, cell.border = column.number_format, GRID
        _offer_choices(sheet, allowed, field, letter, translate)
    sheet.row_dimensions[_HEAD_ROW - 1].height = 64
    set_page(sheet, head_row=_HEAD_ROW)
    if allowed.max_column == 1 and allowed["A1"].value is None:
        book.remove(allowed)
    write_whole(path, book.save)


def _shape(programme: Programme) -> Shape:
    if programme.row_shape is None:
        raise DeskError(Sentence(N_("“{name}”没有花名册"), name=Sentence(programme.name)))
    return programme.row_shape


def _head(field: Field, translate: Translate) -> str:
    label = translate(field.label)
    return f"{label}（{translate(field.unit)}）" if field.unit else label


def _hint(field: Field, translate: Translate) -> str:
    choices = _choices(field.kind, translate)
    if choices and len(choices) <= 4:
        allowed = translate(N_("可填：{values}")).format(values="、".join(choices))
    elif field.kind.example:
        allowed = translate(N_("例：{example}")).format(example=translate(field.kind.example))
    else:
        allowed = ""
    return "\n".join(filter(None, (translate(field.help) if field.help else "", allowed))) or translate(N_("文字"))


def _choices(kind: Kind, translate: Translate) -> list[str]:
    if isinstance(kind, Flag):
        return [translate(YES), translate(NO)]
    if isinstance(kind, Choice):
        return [translate(label) for _, label in kind.words]
    return [district.name for district in DISTRICTS.values()] if isinstance(kind, DistrictCode) else []


def _format(kind: Kind) -> str:
    """Whatever is not counted stays text: a spreadsheet keeps fifteen digits of a number and no zero before it."""
    if isinstance(kind, Money):
        return "#,##0.00"
    if isinstance(kind, Day):
        return "yyyy-mm-dd"
    return "0" if isinstance(kind, Count) else "@"


def _offer_choices(
    sheet: Worksheet, allowed: Worksheet, field: Field, letter: str, translate: Translate
) -> None:
    choices = _choices(field.kind, translate)
    if not choices:
        return
    column = 1 if allowed["A1"].value is None else allowed.max_column + 1
    allowed.cell(1, column, translate(field.label)).font = Font(bold=True)
    for row, choice in enumerate(choices, 2):
        allowed.cell(row, column, choice)
    source = get_column_letter(column)
    allowed.column_dimensions[source].width = 24
    validation = DataValidation(
        type="list",
        formula1=f"{quote_sheetname(allowed.title)}!${source}$2:${source}${len(choices) + 1}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=translate(field.label),
        error=translate(N_("请从下拉列表中选择")),
    )
    validation.add(f"{letter}{_HEAD_ROW + 1}:{letter}{_LAST_ROW}")
    sheet.add_data_validation(validation)


# Reading -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that was read: rows in JSON shape, and for each the number of its row in the sheet.

    `absent` are labels that no column has, `unknown` heads that no field has, `left_out` rows of totals and notes.
    """

    sheet: str
    rows: tuple[dict[str, Any], ...]
    places: tuple[int, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be taken: where it is, and the sentence that says what is allowed."""

    sheet: str
    row: int
    column: str
    label: str
    why: Sentence

    def sentence(self) -> Sentence:
        """The place and what is allowed there."""
        return Sentence(
            N_("工作表“{sheet}”第 {row} 行 {column} 列“{label}”：{why}"),
            sheet=self.sheet, row=self.row, column=self.column, label=Sentence(self.label), why=self.why,
        )


class RosterError(DeskError):
    """A roster that cannot be taken; `bad` are all cells that are wrong."""

    def __init__(self, bad: Sequence[BadCell]) -> None:
        self.bad = tuple(bad)
        super().__init__(
            Sentence(
                N_("有 {count} 个单元格需要修改，没有读入任何一行。第一处：{first}"),
                count=len(bad), first=bad[0].sentence(),
            )
        )


def read_roster(path: Path, programme: Programme) -> Roster:
    """The roster in a workbook (.xlsx .xls .xlsb .ods) or a text file (.csv). The head may stand in any sheet.

    Raises RosterError naming every bad cell, and DeskError where there is no head, or the file cannot be read.
    """
    shape = _shape(programme)
    if path.suffix.lower() in _TEXT_FILES:
        return _read(read_text_table(path), shape) or _no_head(shape)
    book = open_workbook(path)
    sheets = [book.sheet(name) for name in book.names]
    best = max(sheets, key=lambda sheet: len(_find_head(sheet, shape)[1]), default=None)
    return (best and _read(best, shape)) or _no_head(shape)


def _no_head(shape: Shape) -> Roster:
    labels = "、".join(field.label for field in shape.fields)
    raise DeskError(
        Sentence(N_("前 {rows} 行内没有找到表头；表头应有这些列：{labels}"), rows=HEAD_SEARCH, labels=labels)
    )


def _find_head(sheet: Sheet, shape: Shape) -> tuple[int, dict[int, Field]]:
    """The index of the row with the most heads, and the field of each column; no columns where there is no head."""
    names: dict[str, Field] = {}
    for field in shape.fields:
        for name in names_of(field):
            names.setdefault(name, field)
    return find_head(sheet.rows, names, fewest=min(FEWEST_HEADS, len(shape.fields)))


def _read(sheet: Sheet, shape: Shape) -> Roster | None:
    index, columns = _find_head(sheet, shape)
    if not columns:
        return None
    _refuse_double_heads(sheet, index, columns)
    if len(sheet.rows) - index > ROWS_LIMIT:
        raise DeskError(Sentence(N_("名单超过 {limit} 行，请分次读入"), limit=ROWS_LIMIT))
    rows: list[dict[str, Any]] = []
    places: list[int] = []
    left_out: list[int] = []
    bad: list[BadCell] = []
    for number, cells in enumerate(sheet.rows[index + 1 :], index + 2):
        given = {place: cells[place] for place in columns if place < len(cells)}
        if all(is_blank(cell) for cell in given.values()):
            continue
        if is_end(cells, given):
            left_out.append(number)
            continue
        row, wrong = _row(shape, columns, given)
        rows.append(row)
        places.append(number)
        bad += [
            BadCell(sheet.name, number, get_column_letter(place + 1), columns[place].label, wrong[columns[place].key])
            for place in columns
            if columns[place].key in wrong
        ]
    if bad:
        raise RosterError(bad)
    known = {field.key for field in columns.values()}
    heads = [str(cell).strip() for place, cell in enumerate(sheet.rows[index]) if place not in columns]
    return Roster(
        sheet=sheet.name,
        rows=tuple(rows),
        places=tuple(places),
        absent=tuple(field.label for field in shape.fields if field.key not in known),
        unknown=tuple(filter(None, heads)),
        left_out=tuple(left_out),
    )


def _refuse_double_heads(sheet: Sheet, index: int, columns: Mapping[int, Field]) -> None:
    first: dict[str, int] = {}
    twice = [
        BadCell(sheet.name, index + 1, get_column_letter(place + 1), field.label, Sentence(N_("这一列出现了两次")))
        for place, field in columns.items()
        if first.setdefault(field.key, place) != place
    ]
    if twice:
        raise RosterError(twice)


def _row(
    shape: Shape, columns: Mapping[int, Field], given: Mapping[int, Any]
) -> tuple[dict[str, Any], dict[str, Sentence]]:
    """The row in JSON shape, and by key what is wrong with it."""
    row: dict[str, Any] = {}
    wrong: dict[str, Sentence] = {}
    for place, cell in given.items():
        field = columns[place]
        try:
            value = to_json(field.kind, cell)
        except Invalid as error:
            wrong[field.key] = error.sentence
            continue
        if value is not None:
            row[field.key] = value
    refused: dict[str, Sentence] = {}
    shape.read(row, at="", wrong=refused)
    return row, refused | wrong


def is_blank(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not compact(cell))


def is_end(cells: Sequence[Any], given: Mapping[int, Any]) -> bool:
    """Whether the row is a total or a note: it begins with such a word, and hardly anything else is filled in."""
    first = next((cell for cell in cells if not is_blank(cell)), "")
    filled = sum(not is_blank(cell) for cell in given.values())
    return isinstance(first, str) and compact(first).startswith(_ENDS) and filled <= FEWEST_HEADS
