"""What is wrong with the writing of a TOML file, in words a person at a desk can use: where it is, and what to do."""

from __future__ import annotations

import re

from jinan_desk.core.text import N_, Sentence

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_KINDS = (
    (("overwrite", "twice", "mutate immutable", "already defined"), N_("同一项写了两次")),
    (("Unclosed array", "Unclosed inline table"), N_("括号没有写全")),
    (("Illegal character '\\n'", "Unterminated string", "Expected \"'\""), N_("引号没有写全")),
    (("Expected '='",), N_("名称后面要有等号")),
    (("Expected ']",), N_("方括号没有写全")),
    (("Invalid value", "Invalid statement"), N_("等号后面应写带引号的文字、数、true 或 false、或者方括号括起来的一组")),
    (("Expected newline or end of document",), N_("一行只能写一项")),
    (("escape", "Illegal character"), N_("有不能这样写的字符")),
)
_OTHER = N_("写法不合 TOML 的规定")


def in_words(error: str) -> Sentence:
    """The message of `tomllib` as a person may read it."""
    found = _PLACE.search(error)
    kind = next((words for signs, words in _KINDS if any(sign in error for sign in signs)), _OTHER)
    if found is None:
        return Sentence(N_("文件末尾：{what}"), what=Sentence(kind))
    return Sentence(N_("第 {line} 行第 {column} 格：{what}"), line=found[1], column=found[2], what=Sentence(kind))
