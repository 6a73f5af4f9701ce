"""Files of strangers are read or refused in words: those of public test suites, and those that are made to do harm.

Each is read in a process of its own that is killed when its time or memory runs out, so that a hang, a crash of the
reader or a swelling file is a failure here and not the end of the tests.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
SECONDS, HOSTILE_SECONDS, HOSTILE_MEBIBYTES = 10, 2, 300

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are those of POSIX")


def read(paths: Iterable[Path], seconds: int, mebibytes: int = 0) -> list[dict[str, Any]]:
    """What became of each file."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.exchange.corpus_reader", str(seconds), str(mebibytes)],
        cwd=ROOT,
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no {CORPUS.name} beside the checkout")
def test_every_file_of_the_corpus_is_read_or_refused_in_words() -> None:
    """As a roster, a list of units, days off, a package, a receipt and an enrolment: by all of them in ten seconds."""
    paths = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    outcomes = read(paths, SECONDS)
    assert len(outcomes) == len(paths)
    assert [outcome for outcome in outcomes if not outcome.keys() & {"rows", "refused"}] == []


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = '<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>身份证号</t></is></c></row>'
LONG = "甲" * 300_000  # below what makes a part a bomb by itself


def xlsx(rows: str, strings: str = "") -> bytes:
    plain, made = io.BytesIO(), io.BytesIO()
    Workbook().save(plain)
    parts = {
        SHEET: f"<worksheet {NAMES}><sheetData>{HEAD}{rows}</sheetData></worksheet>",
        STRINGS: f"<sst {NAMES}>{strings}</sst>",
    }
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, parts.pop(part.filename, None) or old.read(part))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def ods(rows: str) -> bytes:
    made = io.BytesIO()
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", "<manifest/>")
        new.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="a">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return made.getvalue()


def xlsb(cells: int) -> bytes:
    """As much of one as says how much text it is: one shared string, and many cells that are it."""
    made = io.BytesIO()
    text = LONG.encode("utf-16-le")
    size = b"".join(bytes([(len(text) >> shift & 0x7F) | 0x80]) for shift in (0, 7, 14)) + bytes([len(text) >> 21])
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/sharedStrings.bin", b"\x13" + size + text)
        new.writestr("xl/worksheets/sheet1.bin", (b"\x07\x0c" + bytes(12)) * cells)
    return made.getvalue()


CELL = '<c t="s"><v>0</v></c>'
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'

def hostile() -> dict[str, bytes]:
    return {
        "billions-of-cells.xlsx": xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "one-string-for-many-cells.xlsx": xlsx(f"<row>{CELL}</row>" * 5000, f"<si><t>{LONG}</t></si>"),
        "strings-behind-comments.xlsx": xlsx(
            f"<row>{CELL}</row>" * 5000, "<si>" + f"<r><t>{LONG[:1000]}</t></r><!--</si>-->" * 300 + "</si>"
        ),
        "a-part-that-swells.xlsx": xlsx("<row/>" * 5_000_000),
        "one-row-a-million-times.ods": ods(
            f'<table:table-row table:number-rows-repeated="100000">{ODS_CELL.format(LONG[:50_000])}</table:table-row>'
        ),
        "one-cell-in-every-column.ods": ods(
            '<table:table-row table:number-rows-repeated="1000">'
            + ODS_CELL.format(LONG[:50_000]).replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="900"')
            + "</table:table-row>"
        ),
        "one-string-for-many-cells.xlsb": xlsb(5000),
        "millions-of-columns.csv": ("姓名,身份证号" + "," * 3_000_000).encode(),
        "millions-of-lines.csv": ("姓名,身份证号\n" + "a,b\n" * 3_000_000).encode(),
        "a-large-text.csv": ("姓名,身份证号\n" + "a" * (31 * 2**20)).encode(),
    }


def test_hostile_files_are_refused_at_once_and_in_little_memory(tmp_path: Path) -> None:
    for name, content in hostile().items():
        (tmp_path / name).write_bytes(content)
    outcomes = read(sorted(tmp_path.iterdir()), HOSTILE_SECONDS, 2 * HOSTILE_MEBIBYTES)
    assert [outcome for outcome in outcomes if "过大或内容异常" not in outcome.get("refused", "")] == []
    assert [outcome for outcome in outcomes if outcome["mebibytes"] > HOSTILE_MEBIBYTES] == []
    assert len(outcomes) == len(hostile())


def test_honest_files_with_long_texts_are_read(tmp_path: Path) -> None:
    """Long strings, and a table of them with comments, where the cells come to little."""
    numbers = "<row><c><v>0</v></c></row>" * 20_000
    (tmp_path / "a.xlsx").write_bytes(xlsx(f"<row>{CELL}</row>{numbers}", f"<si><t>{LONG}</t></si>"))
    (tmp_path / "b.xlsx").write_bytes(xlsx(f"<row>{CELL}</row>", "<!-- strings --><si><t>张伟</t></si>"))
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    people = "".join(f"<table:table-row>{ODS_CELL.format(text) * 2}</table:table-row>" for text in ("姓名", "张伟"))
    (tmp_path / "c.ods").write_bytes(ods(people + blank))
    assert all("rows" in outcome for outcome in read(sorted(tmp_path.iterdir()), SECONDS))
