"""Every example of every programme is answered in English: checks, reasons, workings, cautions; what is quoted stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from jinan_desk import app
from jinan_desk.core.dated import ParameterSet, read_overrides
from jinan_desk.core.determination import Determination, RowDetermination
from jinan_desk.core.determine import determine
from jinan_desk.core.field import read_facts
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import quantity
from jinan_desk.measures import programmes
from jinan_desk.resources import policy_text
from tests.i18n.messages import NUMBER, is_chinese

ENGLISH = app.translate_into("en")
QUOTED = re.compile('"([^"]+)"')
ONE_OF_MANY = re.compile(r"\b1 (months|days|people|years|times|cases|rows)\b")


def said(judged: Determination | RowDetermination) -> Iterator[str]:
    for result in judged.checks:
        yield ENGLISH(result.check.label)
        yield result.reason.read(ENGLISH)
        yield ENGLISH(result.check.basis.source)
    for caution in judged.cautions:
        yield caution.sentence.read(ENGLISH)
    for step in judged.steps:
        yield from (ENGLISH(step.label), quantity(step.shown(), step.unit).read(ENGLISH), step.cited().read(ENGLISH))


def answers(programme: Programme) -> Iterator[Determination | RowDetermination]:
    for example in programme.examples:
        facts, _ = read_facts(programme.shape, programme.row_shape, example.facts)
        given, _ = read_overrides({one.key: one for one in programme.parameters}, example.parameters)
        answer = determine(programme, facts, date.fromisoformat(example.on), ParameterSet(overrides=given))
        yield from (answer, *answer.rows)


@pytest.mark.parametrize("programme", [programme for _, programme in programmes()], ids=lambda one: one.code)
def test_every_example_is_answered_in_english(programme: Programme) -> None:
    circular = policy_text()
    for answer in answers(programme):
        for text in said(answer):
            plain = QUOTED.sub(lambda quoted: "" if quoted[1] in circular else quoted[0], NUMBER.sub("", text))
            assert not is_chinese(plain), text
            assert not ONE_OF_MANY.search(text), text
            assert "  " not in text.strip(), text
