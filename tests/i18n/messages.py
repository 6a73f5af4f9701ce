"""Every text of the program that is to be translated, found in its source.

`python -m tests.i18n.messages` lists, in the shape of a catalogue, what the English one still lacks;
`python -m tests.i18n.messages FILLED.po` takes translations in and drops what is no longer said.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

from jinan_desk.resources import chapters

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "i18n" / "en.po"
MARKS = "、。，；：！？（）《》"
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})
"""The fonts of the window are made for Chinese: there these signs are as wide as a Chinese character."""
MARKERS = frozenset({"N_", "Sentence", "translate", "tr", "_translate"})


PARAMETERS = ROOT / "resources" / "parameters.toml"
POLICY = ROOT / "resources" / "policy.md"
NUMBER = re.compile(r"\w+〔\d{4}〕\d+号")
"""The number of a document is its name, and no text."""


def messages() -> dict[str, str]:
    """Source texts, each with the first file that has it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "jinan_desk").rglob("*.py")):
        for text in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, path.relative_to(ROOT).as_posix())
    for source in _sources(tomllib.loads(PARAMETERS.read_text(encoding="utf-8"))):
        if not NUMBER.fullmatch(source):
            found.setdefault(source, PARAMETERS.relative_to(ROOT).as_posix())
    for chapter in chapters():
        named = (chapter.numeral, chapter.name, *(article.title for article in chapter.articles))
        found.update(dict.fromkeys(named, POLICY.relative_to(ROOT).as_posix()))
    return found


def _sources(given: Any) -> Iterator[str]:
    """What dated values rest on, in words."""
    if isinstance(given, dict):
        yield from (value for key, value in given.items() if key == "source" and isinstance(value, str))
    for part in given.values() if isinstance(given, dict) else given if isinstance(given, list) else ():
        yield from _sources(part)


def _marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in MARKERS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and is_chinese(first.value):
                yield first.value


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_chinese(text: str) -> bool:
    """Whether any character of the text is Chinese, be it a mark like 、 or ：."""
    return any("\u3400" <= character <= "\u9fff" or character in MARKS for character in text)


def catalogue() -> dict[str, str]:
    """The English texts by their source."""
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}


def lacking() -> Iterator[polib.POEntry]:
    """What is marked in the source and has no English yet."""
    known = catalogue()
    for text, place in messages().items():
        if not known.get(text):
            yield polib.POEntry(msgid=text, msgstr="", occurrences=[(place, "")])


def take_in(filled: dict[str, str]) -> None:
    """Add translations to the catalogue, in the order of the source's files, without what is no longer said."""
    known = {**catalogue(), **{source: english for source, english in filled.items() if english}}
    made = polib.POFile(wrapwidth=110)
    made.metadata = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
    for text, place in messages().items():
        if known.get(text):
            made.append(polib.POEntry(msgid=text, msgstr=known[text].translate(PLAIN), occurrences=[(place, "")]))
    CATALOGUE.parent.mkdir(exist_ok=True)
    made.save(str(CATALOGUE))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take_in({entry.msgid: entry.msgstr for entry in polib.pofile(sys.argv[1])})
    else:
        for entry in lacking():
            sys.stdout.write(f"{entry}\n")
