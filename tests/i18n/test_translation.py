"""The English catalogue is complete, has nothing that is no longer said, and fills the same gaps."""

from __future__ import annotations

import ast
import string
from pathlib import Path

from jinan_desk.i18n import translator
from tests.i18n.messages import CATALOGUE, MARKS, PLAIN, ROOT, catalogue, is_chinese, lacking, messages

PACKAGE = ROOT / "jinan_desk"


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_its_english() -> None:
    assert [entry.msgid for entry in lacking()] == []


def test_nothing_is_translated_that_is_no_longer_said() -> None:
    assert catalogue().keys() - messages().keys() == set()


def test_translations_have_the_gaps_of_their_source() -> None:
    assert {source: english for source, english in catalogue().items() if gaps(source) != gaps(english)} == {}


def test_english_has_no_chinese() -> None:
    assert [english for english in catalogue().values() if is_chinese(english)] == []


def test_english_has_straight_quotes_and_three_dots() -> None:
    assert [english for english in catalogue().values() if set(english) & set(map(chr, PLAIN))] == []


def test_a_text_without_translation_stays_as_it_is() -> None:
    assert translator("en", CATALOGUE.parent)("未收录的文字") == "未收录的文字"


def parted_by_hand(path: Path) -> bool:
    """Whether the source joins texts with a Chinese mark, which is Chinese in every language."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    joins = (call.func for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "join")
    return any(isinstance(join.value, ast.Constant) and set(str(join.value.value)) & set(MARKS) for join in joins)


def test_lists_are_parted_by_the_language_but_on_paper_and_in_what_is_stored() -> None:
    found = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if parted_by_hand(path)}
    on_paper = {path for path in found if path.startswith(("services/paper_", "documents/"))}
    assert found - on_paper == {"exchange/template.py", "gui/step_dialog.py", "services/corrections.py"}
