"""The first rows of a sheet are found without the rest of it, and nothing at all where they are not as we write them."""

from __future__ import annotations

import io
import zipfile

import pytest

from jinan_desk.exchange import beginning as beginnings
from jinan_desk.exchange.beginning import beginning

SHEET = "数据"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>一</t></is></c><c r="B1"><v>0</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>二</t></is></c><c r="B2"><v>1</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>三</t></is></c><c r="B3"><v>2</v></c></row>'
)
PARTS = {
    "xl/workbook.xml": f'<workbook xmlns:r="{RELATION}"><sheets><sheet name="{SHEET}" r:id="rId7"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId7" Target="/xl/some/where.xml"/></Relationships>',
    "xl/some/where.xml": f"<worksheet><sheetData>{ROWS}</sheetData></worksheet>",
}


def found(parts: dict[str, str], wanted: str = "一二") -> list[list[str]]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return beginning(made, SHEET, wanted.__contains__)


def changed(name: str, was: str, now: str) -> dict[str, str]:
    assert was in PARTS[name]
    return {**PARTS, name: PARTS[name].replace(was, now)}


def test_rows_are_found_as_long_as_they_are_wanted() -> None:
    """Guard: `wanted` in `_read`."""
    assert found(PARTS) == [["一", "0"], ["二", "1"]]
    assert found(PARTS, "一三") == [["一", "0"]]
    assert found(PARTS, "二") == []


def test_a_part_may_be_named_from_where_the_workbook_lies() -> None:
    """Guard: `posixpath.join` in `_part_of`."""
    assert len(found(changed("xl/_rels/workbook.xml.rels", "/xl/some", "some"))) == 2


def test_what_comes_after_them_is_not_looked_at() -> None:
    """Guard: `_Enough`: it may be anything, and much."""
    name = "xl/some/where.xml"
    assert len(found({**PARTS, name: PARTS[name].replace("</sheetData>", "<nonsense")})) == 2


@pytest.mark.parametrize(
    ("name", "was", "now"),
    [
        ("xl/workbook.xml", SHEET, "另一张"),
        ("xl/_rels/workbook.xml.rels", "rId7", "rId8"),
        ("xl/_rels/workbook.xml.rels", "where", "nowhere"),
        ("xl/some/where.xml", 't="inlineStr"', 't="s"'),
        ("xl/some/where.xml", "<worksheet>", '<!DOCTYPE x [<!ENTITY a "aaa">]><worksheet>'),
        ("xl/some/where.xml", "<worksheet>", "worksheet"),
    ],
)
def test_where_nothing_is_as_we_write_it_nothing_is_found(name: str, was: str, now: str) -> None:
    """Guards: what is suppressed, the look for shared texts, `_stop`."""
    assert found(changed(name, was, now)) == []


def test_nonsense_has_no_beginning() -> None:
    for content in (b"", b"PK\x03\x04", bytes(1000)):
        assert beginning(io.BytesIO(content), SHEET, bool) == []


def test_no_more_than_so_much_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: `_PIECES`."""
    monkeypatch.setattr("jinan_desk.exchange.reading._PIECE", 100)
    monkeypatch.setattr(beginnings, "_PIECES", 3)
    assert len(found(PARTS)) == 2
    monkeypatch.setattr(beginnings, "_PIECES", 1)
    assert found(PARTS) == []
