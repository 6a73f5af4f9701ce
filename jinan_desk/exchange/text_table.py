"""Tables as text files (.csv and what Excel calls Unicode text), in the encodings that offices really use."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.exchange.reading import Sheet, too_large

TEXT_FILE_LIMIT = 30 * 2**20
LINES_LIMIT = 300_000
COLUMNS_LIMIT = 16_384
"""As many as a spreadsheet has."""

_DELIMITERS = ",\t;，"
_QUOTED_FORMULA = ('="', '"')  # how text is kept text in a .csv


def read_text_table(path: Path) -> Sheet:
    """The file's cells, all of them texts. Raises DeskError where it is too large or in no known encoding."""
    try:
        if path.stat().st_size > TEXT_FILE_LIMIT:
            raise too_large()
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise DeskError(Sentence(N_("文件打不开：{why}"), why=reason(error))) from None
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = io.StringIO(text, newline="")
    try:
        rows = [_bounded(row) for row in islice(csv.reader(lines, delimiter=delimiter), LINES_LIMIT + 1)]
    except csv.Error:
        raise DeskError(Sentence(N_("文本文件的格式无法识别，请另存为 Excel 工作簿后再读入"))) from None
    if len(rows) > LINES_LIMIT:
        raise too_large()
    return Sheet(path.name, rows)


def _bounded(row: list[str]) -> list[str]:
    if len(row) > COLUMNS_LIMIT:
        raise too_large()
    return list(map(_cell, row))


def _decoded(content: bytes) -> str:
    """Unicode with or without a mark, else GB 18030, which holds all of GBK and GB 2312."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DeskError(Sentence(N_("文本文件的编码无法识别，请存为 UTF-8 或 GB 18030，或另存为 Excel 工作簿")))


def _cell(text: str) -> str:
    before, after = _QUOTED_FORMULA
    return text[len(before) : -len(after)] if text.startswith(before) and text.endswith(after) else text
