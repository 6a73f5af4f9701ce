"""Translations: Chinese is the source language, `i18n/LANGUAGE.po` holds the others.

A translator is handed down explicitly, since paper and command line know no Qt. What a catalogue lacks stays Chinese.
"""

from __future__ import annotations

from pathlib import Path

from jinan_desk.core.text import N_, Sentence, Translate, chinese, listed
from jinan_desk.errors import DeskError

CHINESE = "zh_CN"


def translator(language: str, directory: Path) -> Translate:
    """The translator into a language of the catalogues in `directory`. Raises DeskError for one that is not there."""
    if language == CHINESE:
        return chinese
    import polib  # Chinese desks, which are most, never need it

    path = directory / f"{language}.po"
    if not path.is_file():
        raise DeskError(Sentence(N_("没有语言 {language} 的译文，可用：{all}"), language=language, all=_all(directory)))
    catalogue = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
    return lambda source: catalogue.get(source, source)


def _all(directory: Path) -> Sentence:
    return listed([CHINESE, *sorted(path.stem for path in directory.glob("*.po"))])
