"""The template of a roster (花名册): a workbook to fill in, with what is allowed and lists to choose from.

A form as those on paper are: Chinese in every language, and read back by its Chinese heads and words.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Count, CreditCode, Day, DistrictCode, Flag, IdNumber, Kind, Money
from jinan_desk.core.measure import Programme
from jinan_desk.exchange.roster import row_shape
from jinan_desk.exchange.sheet import GRID, HEAD_FILL, set_page
from jinan_desk.file import write_whole

ROSTER_SHEET = "花名册"
ALLOWED_SHEET = "可填内容"
YES, NO = "是", "否"

_HEAD_ROW = 3
_LAST_ROW = 5000


def write_template(path: Path, programme: Programme) -> None:
    """A workbook to fill in: heads, what is allowed above them and in their comments, lists to choose from.

    Raises DeskError where the programme has no roster, or the file cannot be written.
    """
    fields = row_shape(programme).fields
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = ROSTER_SHEET
    sheet["A1"] = f"{programme.code} {programme.name} {ROSTER_SHEET}"
    sheet["A1"].font = Font(size=15, bold=True)
    allowed = book.create_sheet(ALLOWED_SHEET)
    for number, field in enumerate(fields, 1):
        letter = get_column_letter(number)
        hint = _hint(field)
        head = sheet.cell(_HEAD_ROW, number, _head(field))
        head.font, head.fill = Font(bold=True), HEAD_FILL
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.comment = Comment(hint, ROSTER_SHEET)
        above = sheet.cell(_HEAD_ROW - 1, number, hint)
        above.font, above.alignment = Font(size=9, color="5A6672"), Alignment(vertical="top", wrap_text=True)
        column = sheet.column_dimensions[letter]
        column.width, column.number_format = max(_width(field.kind), 2 * len(str(head.value)) + 2), _format(field.kind)
        for row in range(_HEAD_ROW + 1, _HEAD_ROW + 201):  # some spreadsheets look at cells only, not at columns
            cell = sheet.cell(row, number)
            cell.number_format, cell.border = column.number_format, GRID
        _offer_choices(sheet, allowed, field, letter)
    sheet.row_dimensions[_HEAD_ROW - 1].height = 64
    set_page(sheet, head_row=_HEAD_ROW)
    if allowed.max_column == 1 and allowed["A1"].value is None:
        book.remove(allowed)
    write_whole(path, book.save)


def _head(field: Field) -> str:
    label = field.label
    return f"{label}（{field.unit}）" if field.unit else label


def _hint(field: Field) -> str:
    choices = _choices(field.kind)
    if choices and len(choices) <= 4:
        allowed = "可填：" + "、".join(choices)
    elif field.kind.example:
        allowed = f"例：{field.kind.example}"
    else:
        allowed = ""
    return "\n".join(filter(None, (field.help, allowed))) or "文字"


def _choices(kind: Kind) -> list[str]:
    if isinstance(kind, Flag):
        return [YES, NO]
    if isinstance(kind, Choice):
        return [label for _, label in kind.words]
    return [district.name for district in DISTRICTS.values()] if isinstance(kind, DistrictCode) else []


def _width(kind: Kind) -> int:
    """In characters: numbers of persons and units are seen whole."""
    return 21 if isinstance(kind, IdNumber | CreditCode) else 14


def _format(kind: Kind) -> str:
    """Whatever is not counted stays text: a spreadsheet keeps fifteen digits of a number and no zero before it."""
    if isinstance(kind, Money):
        return "#,##0.00"
    if isinstance(kind, Day):
        return "yyyy-mm-dd"
    return "0" if isinstance(kind, Count) else "@"


def _offer_choices(
    sheet: Worksheet, allowed: Worksheet, field: Field, letter: str
) -> None:
    choices = _choices(field.kind)
    if not choices:
        return
    column = 1 if allowed["A1"].value is None else allowed.max_column + 1
    allowed.cell(1, column, field.label).font = Font(bold=True)
    for row, choice in enumerate(choices, 2):
        allowed.cell(row, column, choice)
    source = get_column_letter(column)
    allowed.column_dimensions[source].width = 24
    validation = DataValidation(
        type="list",
        formula1=f"{quote_sheetname(allowed.title)}!${source}$2:${source}${len(choices) + 1}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=field.label,
        error="请从下拉列表中选择",
    )
    validation.add(f"{letter}{_HEAD_ROW + 1}:{letter}{_LAST_ROW}")
    sheet.add_data_validation(validation)
