"""What a person types: texts turned into the facts of a case, and answered as far as they can be read.

The window keeps texts exactly as they were typed. Each is read by itself: a wrong one gets its sentence and counts as
unknown, so that the answer goes on being given while somebody is still typing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.determination import Determination
from jinan_desk.core.determine import Recent, determine
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import ROSTER, Facts, Field, Shape
from jinan_desk.core.kind import Choice, Day, DistrictCode, Flag, Invalid, Kind, Money
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import figures, parse_yuan
from jinan_desk.core.text import N_, Sentence
from jinan_desk.exchange.cell import to_json

ON = "on"
"""The path of the day that the question is asked for."""

_DAY = Day()


def read(kind: Kind, text: str) -> Any:
    """The JSON value of a typed text, None where it is blank. Raises `Invalid`, which says what is allowed."""
    given = to_json(kind, text)
    if given is None or kind.read(given) is None:
        return None
    return given


def write(kind: Kind, value: Any) -> str:
    """The text a person would have typed for a JSON value: `read` of it gives the value back."""
    if value is None:
        return ""
    if isinstance(kind, Flag):
        return N_("是") if value else N_("否")
    if isinstance(kind, Choice):
        return dict(kind.words)[value]
    if isinstance(kind, DistrictCode):
        return DISTRICTS[value].name
    if isinstance(kind, Money):
        return figures(parse_yuan(value) or 0)
    return str(value)


class Line:
    """The texts of one roster row, in the order of its fields. Read once: an unchanged row is not read again."""

    __slots__ = ("_read", "_typed", "texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        self._read: tuple[dict[str, Any], dict[str, Sentence]] | None = None
        self._typed: tuple[dict[str, Any], dict[str, Any], dict[str, Sentence]] | None = None

    def read(self, fields: Sequence[Field]) -> tuple[dict[str, Any], dict[str, Sentence]]:
        """The row in JSON shape and, by key, what is wrong with it."""
        if self._read is None:
            self._read = read_texts(fields, self.texts)
        return self._read

    def typed(self, shape: Shape) -> tuple[dict[str, Any], dict[str, Any], dict[str, Sentence]]:
        """The row in JSON shape and typed, and by key what is wrong with it, alone or beside another."""
        if self._typed is None:
            given, wrong = self.read(shape.fields)
            given, typed, refused = _typed(shape, given)
            self._typed = given, typed, {**wrong, **refused}
        return self._typed

    @property
    def blank(self) -> bool:
        return not any(text.strip() for text in self.texts)


def rows_of(lines: Sequence[Line], fields: Sequence[Field]) -> list[dict[str, Any]]:
    """The rows of lines in the shapes that are kept, without what cannot be read."""
    kinds = {declared.key: declared.kind for declared in fields}
    return [
        {key: kinds[key].write(kinds[key].read(value)) for key, value in line.read(fields)[0].items()} for line in lines
    ]


def lines_of(rows: Sequence[Mapping[str, Any]], fields: Sequence[Field]) -> list[Line]:
    """Lines as a person would have typed these rows in JSON shape."""
    return [Line([write(declared.kind, row.get(declared.key)) for declared in fields]) for row in rows]


def order_of(lines: Sequence[Line], fields: Sequence[Field], column: int, *, descending: bool = False) -> list[int]:
    """The places of the lines in the order of one column: by value, then what cannot be read by its text, then blanks.

    Lines that are alike stay as they stand.
    """
    declared = fields[column]

    def value(place: int) -> Any:
        given = lines[place].read(fields)[0].get(declared.key)
        return None if given is None else declared.kind.read(given)

    values = {place: value(place) for place in range(len(lines))}
    known = sorted((p for p in values if values[p] is not None), key=lambda p: values[p], reverse=descending)
    others = [place for place in values if values[place] is None]
    others.sort(key=lambda place: (not lines[place].texts[column].strip(), lines[place].texts[column]))
    return known + others


def read_texts(fields: Sequence[Field], texts: Sequence[str]) -> tuple[dict[str, Any], dict[str, Sentence]]:
    """The JSON object of texts given in the order of the fields and, by key, what is wrong."""
    given: dict[str, Any] = {}
    wrong: dict[str, Sentence] = {}
    for declared, text in zip(fields, texts, strict=True):
        try:
            value = read(declared.kind, text)
        except Invalid as error:
            wrong[declared.key] = error.sentence
            continue
        if value is not None:
            given[declared.key] = value
    return given, wrong


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as typed: the day, texts by the key of their field, and the roster's lines (none: not known)."""

    programme: Programme
    on: str
    texts: Mapping[str, str]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an entry. Without a readable day there is no determination. `facts` leave out what is wrong."""

    on: date | None
    facts: Mapping[str, Any]
    wrong: Mapping[str, Sentence]
    determination: Determination | None
    entry: Entry = field(repr=False)


def blank(programme: Programme, on: date) -> Entry:
    """An entry in which nothing has been typed."""
    return Entry(programme, on.isoformat(), {})


def of_case(programme: Programme, on: str, facts: Mapping[str, Any]) -> Entry:
    """The entry of a case that is there, from its facts in JSON shape."""
    texts = {f.key: write(f.kind, facts.get(f.key)) for f in programme.shape.fields}
    shape = programme.row_shape
    lines = lines_of(facts.get(ROSTER) or (), shape.fields) if shape is not None else []
    return Entry(programme, on, {key: text for key, text in texts.items() if text}, tuple(lines))


def answer(entry: Entry, parameters: ParameterSet, recent: Recent | None = None) -> Answered:
    """Read the entry and answer it; what is wrong counts as unknown."""
    read = _read(entry)
    if read.on is None:
        return Answered(None, read.facts, read.wrong, None, entry)
    facts = Facts(read.typed, rows=read.rows)
    answer = determine(entry.programme, facts, read.on, parameters, recent=recent)
    return Answered(read.on, read.facts, read.wrong, answer, entry)


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry as far as it can be read: facts in JSON shape and typed, and what is wrong by its path."""

    on: date | None
    facts: dict[str, Any]
    typed: dict[str, Any]
    rows: list[Facts] | None
    wrong: dict[str, Sentence]


def _read(entry: Entry) -> _Read:
    programme = entry.programme
    facts, wrong = read_texts(programme.shape.fields, [entry.texts.get(f.key, "") for f in programme.shape.fields])
    facts, typed, refused = _typed(programme.shape, facts)
    on, bad_day = read_texts((Field(ON, _DAY, ""),), (entry.on,))
    if not on and not bad_day:
        bad_day[ON] = Sentence(N_("请填写申请日期"))
    shape = programme.row_shape
    rows: list[Facts] | None = None
    in_rows: dict[str, Sentence] = {}
    case = Facts(typed)
    if shape is not None and entry.lines:
        read = [line.typed(shape) for line in entry.lines]
        facts = {**facts, ROSTER: [row for row, _, _ in read]}
        rows = [Facts(known, case=case, index=index) for index, (_, known, _) in enumerate(read)]
        in_rows = {f"{ROSTER}[{i}].{key}": s for i, (_, _, bad) in enumerate(read) for key, s in bad.items()}
    day = _DAY.read(on[ON]) if ON in on else None
    return _Read(day, facts, typed, rows, {**wrong, **refused, **in_rows, **bad_day})


def wrong_in(entry: Entry) -> Mapping[str, Sentence]:
    """What is wrong in an entry, by the path of its place; the day's is `on`."""
    return _read(entry).wrong


def _typed(shape: Shape, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Sentence]]:
    """Readable facts in JSON shape and typed, without those that do not go together with others, which are wrong."""
    wrong: dict[str, Sentence] = {}
    typed = shape.read(given, at="", wrong=wrong)
    if not wrong:
        return given, typed, wrong
    given = {key: value for key, value in given.items() if key not in wrong}
    return given, shape.read(given, at="", wrong={}), wrong
