"""Answering cases from JSON Lines, and describing what can be asked (catalogue 1.4). No store, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinan_desk.core.basis import Basis
from jinan_desk.core.dated import ALWAYS, Parameter
from jinan_desk.core.determination import as_json
from jinan_desk.core.determine import determine
from jinan_desk.core.field import ROSTER, Field
from jinan_desk.core.kind import Choice
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import Translate, chinese
from jinan_desk.measures import all_measures
from jinan_desk.services.question import Misread, is_blank, read_question


def evaluate_lines(lines: Iterable[bytes], translate: Translate = chinese) -> Iterator[dict[str, Any]]:
    """For each line (UTF-8) that is not blank its answer; one with the key `error` is none."""
    return (evaluate(line, translate) for line in lines if not is_blank(line))


def evaluate(line: bytes, translate: Translate = chinese) -> dict[str, Any]:
    """The answer to one line: a determination, or every wrong field by name."""
    identifier, question = read_question(line)
    if isinstance(question, Misread):
        wrong = {key: sentence.read(translate) for key, sentence in sorted(question.wrong.items())}
        return {"id": identifier, "error": {"fields": wrong}}
    answer = determine(question.programme, question.facts, question.on, question.parameters)
    return {"id": identifier, **as_json(answer, question.measure.article, translate)}


def describe(translate: Translate = chinese) -> list[dict[str, Any]]:
    """Articles, programmes, fields and dated parameters: the schema behind `evaluate`."""
    return [
        {"article": measure.article, "programmes": [_programme(p, translate) for p in measure.programmes]}
        for measure in all_measures()
    ]


def _programme(programme: Programme, translate: Translate) -> dict[str, Any]:
    roster = programme.roster
    described = {
        "code": programme.code,
        "name": translate(programme.name),
        "route": programme.route.value,
        "applicant": programme.applicant.value,
        "fund": translate(programme.fund) if programme.fund else "",
        "fields": [_field(f, translate) for f in programme.shape.fields],
        "parameters": [_parameter(p, translate) for p in programme.parameters],
    }
    if roster is not None:
        described[ROSTER] = [_field(f, translate) for f in roster.shape.fields]
    return described


def _field(field: Field, translate: Translate) -> dict[str, Any]:
    described = {
        "key": field.key,
        "type": field.kind.name,
        "label": translate(field.label),
        "unit": translate(field.unit) if field.unit else "",
        "required": field.required and field.default is None,
        "help": translate(field.help) if field.help else "",
    }
    if isinstance(field.kind, Choice):
        described["choices"] = {word: translate(label) for word, label in field.kind.words}
    return described


def _parameter(parameter: Parameter, translate: Translate) -> dict[str, Any]:
    return {
        "key": parameter.key,
        "type": parameter.kind.name,
        "label": translate(parameter.label),
        "unit": translate(parameter.unit) if parameter.unit else "",
        "values": [
            {
                "from": None if dated.since == ALWAYS else dated.since.isoformat(),
                "value": parameter.kind.write(dated.value),
                **_basis(dated.basis, translate),
            }
            for dated in parameter.values
        ],
    }


def _basis(basis: Basis, translate: Translate) -> dict[str, Any]:
    return {"source": translate(basis.source), "quote": basis.quote, "mark": basis.mark.value}
