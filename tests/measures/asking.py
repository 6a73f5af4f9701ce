"""Cases for a programme, as JSON: its own examples, with facts changed, dropped and added at random."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from jinan_desk.core.dated import ParameterSet, read_overrides
from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import Determination
from jinan_desk.core.determine import determine
from jinan_desk.core.field import ROSTER, Facts, Field, read_facts
from jinan_desk.core.kind import (
    ByWord,
    CalendarMonth,
    Choice,
    Count,
    CreditCode,
    Day,
    DistrictCode,
    Flag,
    IdNumber,
    Kind,
    Money,
    Number,
    Rate,
)
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.text import Sentence
from jinan_desk.measures import all_parameters, programmes

COMPUTING = [programme for _, programme in programmes() if programme.route is not Route.SERVE]

PEOPLE = ("370112198803122118", "370102199211053229", "370114197507301355", "370102196008177353", "370104197109023860")


def read(programme: Programme, given: Mapping[str, Any]) -> tuple[Facts, dict[str, Sentence]]:
    return read_facts(programme.shape, programme.row_shape, given)


def ask(
    programme: Programme, given: Mapping[str, Any], on: str, parameters: Mapping[str, Any] | None = None
) -> Determination:
    """What the case comes to."""
    overrides, wrong_parameters = read_overrides(all_parameters(), parameters)
    facts, wrong = read(programme, given)
    assert not wrong_parameters
    assert not wrong
    day = parse_date(on)
    assert day is not None
    return determine(programme, facts, day, ParameterSet(overrides=overrides))


def readable(programme: Programme, given: dict[str, Any]) -> dict[str, Any]:
    """The facts without those that would be an error."""
    wrong = read(programme, given)[1]
    return readable(programme, without(given, wrong)) if wrong else given


def without(given: Mapping[str, Any], paths: Any) -> dict[str, Any]:
    """The facts without those at the paths (`key` or `roster[0].key`)."""
    left = {key: value for key, value in given.items() if key not in paths}
    if left.get(ROSTER):
        left[ROSTER] = [
            {key: value for key, value in row.items() if f"{ROSTER}[{index}].{key}" not in paths}
            for index, row in enumerate(left[ROSTER])
        ]
    return left


def paths(given: Mapping[str, Any]) -> Iterator[str]:
    for key in given:
        if key != ROSTER:
            yield key
    for index, row in enumerate(given.get(ROSTER) or ()):
        for key in row:
            yield f"{ROSTER}[{index}].{key}"


def answer(determination: Determination) -> tuple[Any, ...]:
    """Outcome and amount of the case and of its rows."""
    rows = tuple((row.outcome, row.amount) for row in determination.rows)
    return determination.outcome, determination.amount, rows


# Values worth trying ------------------------------------------------------------------------------------------------


def values(programme: Programme, field: Field) -> list[Any]:
    """JSON values of the field: those of the examples, what lies beside them, and the ends of what is allowed."""
    seen = [value for value in _given(programme, field.key) if value is not None]
    return list(dict.fromkeys([*seen, *_beside(field.kind, seen), *_ends(field.kind)]))


def _given(programme: Programme, key: str) -> Iterator[Any]:
    for example in programme.examples:
        yield example.facts.get(key)
        yield from (row.get(key) for row in example.facts.get(ROSTER) or ())


def _beside(kind: Kind, seen: list[Any]) -> Iterator[Any]:
    for value in seen:
        if isinstance(kind, Day):
            day = kind.read(value)
            yield from ((day + timedelta(days=step)).isoformat() for step in (-366, -31, -1, 1, 31, 366))
        elif isinstance(kind, CalendarMonth):
            month = kind.read(value)
            yield from (str(month.plus(step)) for step in (-12, -1, 1, 12))
        elif isinstance(kind, Count):
            yield from (count for count in (value - 1, value + 1) if count >= kind.minimum)


def _ends(kind: Kind) -> list[Any]:
    if isinstance(kind, Choice):
        return [word for word, _ in kind.words]
    if isinstance(kind, Count):
        return [kind.minimum, kind.minimum + 1, 30, 10**9]
    if isinstance(kind, Money):
        return ["0.01" if kind.positive else "0.00", "99999999999.99"]
    if isinstance(kind, Number):
        return [1 if kind.positive else 0, "30", "30.01"]
    for known, ends in _ENDS.items():
        if isinstance(kind, known):
            return ends
    return ["文字"]


_ENDS: dict[type[Kind], list[Any]] = {
    Flag: [True, False],
    Rate: ["0", "5", "33.333", "100"],
    Day: ["0001-01-01", "2020-02-29", date(2020, 6, 30).isoformat(), "9999-12-31"],
    CalendarMonth: ["0001-01", "2020-02", "2020-06", "9999-12"],
    DistrictCode: ["370102", "370126"],
    IdNumber: [*PEOPLE, "370102200402290015", "370102999912310019"],
    CreditCode: ["91370112MA30120116"],
}


@st.composite
def cases(draw: st.DrawFn, programme: Programme) -> tuple[dict[str, Any], str, Mapping[str, Any] | None]:
    """Facts, the day and overrides of an example, with some facts changed, some dropped, and rows added."""
    example = draw(st.sampled_from(programme.examples))
    given = {key: value for key, value in example.facts.items() if value is not None}
    change(draw, programme, programme.shape.fields, given)
    roster = programme.roster
    if roster is not None and draw(st.booleans()):
        rows = [row for e in programme.examples for row in e.facts.get(ROSTER) or ()]
        given[ROSTER] = [dict(row) for row in draw(st.lists(st.sampled_from(rows), max_size=3))]
        for row in given[ROSTER]:
            change(draw, programme, roster.shape.fields, row)
    on = draw(st.sampled_from((example.on, example.on, "0001-01-01", "2020-01-15", "2020-03-20", "9999-12-31")))
    return readable(programme, given), on, example.parameters if draw(st.booleans()) else None


def change(draw: st.DrawFn, programme: Programme, fields: tuple[Field, ...], given: dict[str, Any]) -> None:
    """Give some of the fields another value, or none."""
    deciding = [field for field in fields if field.required]
    for field in draw(st.lists(st.sampled_from(deciding), max_size=4)) if deciding else ():
        value = draw(st.sampled_from([None, *values(programme, field)]))
        if value is None:
            given.pop(field.key, None)
        else:
            given[field.key] = value


def declared_texts(programme: Programme) -> set[str]:
    """Every Chinese text of the declaration that people read."""
    fields = (*programme.shape.fields, *(programme.roster.shape.fields if programme.roster else ()))
    kinds = (*(f.kind for f in fields), *(p.kind for p in programme.parameters))
    checks = (*programme.checks, *(programme.roster.checks if programme.roster else ()))
    texts = {programme.name, programme.fund, programme.form_name, programme.formula}
    texts |= {text for f in fields for text in (f.label, f.unit, f.help)}
    texts |= {text for p in programme.parameters for text in (p.label, p.unit)}
    texts |= {label for kind in kinds if isinstance(kind, Choice | ByWord) for _, label in kind.words}
    texts |= {text for check in checks for text in (check.label, check.passed, check.failed)}
    texts |= {document.name for document in programme.documents}
    texts |= {warn.sentence for warn in programme.warnings}
    return {text for text in texts if any("\u4e00" <= character <= "\u9fff" for character in text)}
