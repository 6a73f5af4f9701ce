"""Answering cases from JSON Lines, and describing what can be asked (catalogue 1.4). No store, no clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from jinan_desk.core.basis import Basis
from jinan_desk.core.dated import ALWAYS, Parameter, ParameterSet, read_overrides
from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import as_json
from jinan_desk.core.determine import determine
from jinan_desk.core.field import ROSTER, Field, read_facts
from jinan_desk.core.kind import Choice
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_, Sentence, Translate, chinese
from jinan_desk.measures import all_measures, find

_KEYS = {"id", "programme", "on", "facts", "parameters"}


def evaluate_lines(lines: Iterable[bytes], translate: Translate = chinese) -> Iterator[dict[str, Any]]:
    """For each line (UTF-8) that is not blank its answer; one with the key `error` is none."""
    return (evaluate(line, translate) for line in lines if line.strip())


def evaluate(line: bytes, translate: Translate = chinese) -> dict[str, Any]:
    """The answer to one line: a determination, or every wrong field by name."""
    try:
        asked = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return _error(None, {"line": Sentence(N_("不是有效的 JSON"))}, translate)
    if not isinstance(asked, dict):
        return _error(None, {"line": Sentence(N_("应为一个 JSON 对象"))}, translate)
    wrong = {str(key): Sentence(N_("不认识的内容")) for key in asked.keys() - _KEYS}
    pair = find(asked["programme"]) if isinstance(asked.get("programme"), str) else None
    on = parse_date(asked["on"]) if isinstance(asked.get("on"), str) else None
    if on is None:
        wrong["on"] = Sentence(N_("申请日期应写作 2020-02-10"))
    if pair is None:
        wrong["programme"] = Sentence(N_("没有这个事项"))
        return _error(asked.get("id"), wrong, translate)
    measure, programme = pair
    overrides, bad_parameters = read_overrides({p.key: p for p in programme.parameters}, asked.get("parameters"))
    facts, bad_facts = read_facts(programme.shape, programme.row_shape, asked.get("facts"))
    wrong |= {key: bad.sentence for key, bad in bad_parameters.items()} | bad_facts
    if wrong or on is None:
        return _error(asked.get("id"), wrong, translate)
    answer = determine(programme, facts, on, ParameterSet(overrides=overrides))
    return {"id": asked.get("id"), **as_json(answer, measure.article, translate)}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _error(identifier: Any, wrong: dict[str, Sentence], translate: Translate) -> dict[str, Any]:
    return {"id": identifier, "error": {"fields": {key: s.read(translate) for key, s in sorted(wrong.items())}}}


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
