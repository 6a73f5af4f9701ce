"""A case as one line of JSON (catalogue 1.4): read as a whole, with every wrong field by name."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from jinan_desk.core.dated import ParameterSet, read_overrides
from jinan_desk.core.dates import parse_date
from jinan_desk.core.field import Facts, read_facts
from jinan_desk.core.identity import compact
from jinan_desk.core.measure import Measure, Programme
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.measures import all_parameters, find

_KEYS = {"id", "programme", "on", "facts", "parameters"}


@dataclass(frozen=True, slots=True)
class Question:
    """A readable line: the programme, the day asked for, the facts as given and typed, and parameter overrides."""

    measure: Measure
    programme: Programme
    on: date
    given: Mapping[str, Any]
    facts: Facts
    parameters: ParameterSet


@dataclass(frozen=True, slots=True)
class Misread:
    """A line that is no question: what is wrong, by field."""

    wrong: Mapping[str, Sentence]


def read_question(line: bytes) -> tuple[Any, Question | Misread]:
    """The line's `id` (None where it has none) and what it asks, or what is wrong with it."""
    try:
        asked = _DECODER.decode(line.decode("utf-8-sig"))
        if b"\\u" in line:
            json.dumps(asked, ensure_ascii=False).encode()
    except _RefusedError as error:
        return None, Misread({"line": error.sentence})
    except UnicodeEncodeError:  # half of a character, written as \ud800
        return None, Misread({"line": Sentence(N_("有残缺的字符，无法显示和保存"))})
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return None, Misread({"line": Sentence(N_("不是有效的 JSON"))})
    if not isinstance(asked, dict):
        return None, Misread({"line": Sentence(N_("应为一个 JSON 对象"))})
    return asked.get("id"), _read(asked)


def _read(asked: dict[str, Any]) -> Question | Misread:
    wrong = {key: Sentence(N_("不认识的内容")) for key in asked.keys() - _KEYS}
    on = parse_date(compact(asked["on"])) if isinstance(asked.get("on"), str) else None
    if on is None:
        wrong["on"] = Sentence(N_("申请日期应写作 2020-02-10"))
    overrides, bad = read_overrides(all_parameters(), asked.get("parameters"))
    wrong |= {key: invalid.sentence for key, invalid in bad.items()}
    pair = find(compact(asked["programme"])) if isinstance(asked.get("programme"), str) else None
    if pair is None:
        return Misread({**wrong, "programme": Sentence(N_("没有这个事项"))})
    measure, programme = pair
    facts, bad_facts = read_facts(programme.shape, programme.row_shape, asked.get("facts"))
    wrong |= bad_facts
    if wrong or on is None:
        return Misread(wrong)
    return Question(measure, programme, on, asked["facts"], facts, ParameterSet(overrides=overrides))


class _RefusedError(ValueError):
    """What a reader of JSON lets pass and nobody can have meant."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.source)
        self.sentence = sentence


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _RefusedError(Sentence(N_("数字 {number} 无效或超出范围"), number=text[:_SHOWN]))
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; of a key that stands in it twice nobody can say which value counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedError(Sentence(N_("“{key}”写了不止一次"), key=twice[:_SHOWN]))
    return found


_SHOWN = 40
_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_finite, object_pairs_hook=_once)


def is_blank(line: bytes) -> bool:
    """Whether nothing is asked: blanks, or the byte order mark that some editors put first."""
    return not line.removeprefix(codecs.BOM_UTF8).strip()


def read_questions(lines: Iterable[bytes]) -> list[Question]:
    """All lines as questions. Raises DeskError for the first line that is none; then nothing was read."""
    questions = []
    for number, line in enumerate(lines, start=1):
        if is_blank(line):
            continue
        _, question = read_question(line)
        if isinstance(question, Misread):
            where, why = next(iter(sorted(question.wrong.items())))
            raise DeskError(Sentence(N_("第 {line} 行的 {where}：{why}"), line=number, where=where, why=why))
        questions.append(question)
    return questions
