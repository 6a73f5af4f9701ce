"""The readable sheets of a package: a ledger, and for each programme its cases and its roster, field by field.

All of it is made from revisions and contents, so that the receiver can make it again and see what was changed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Count, Day, Invalid, Money
from jinan_desk.core.measure import Programme
from jinan_desk.core.revision import Revision, heads
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.exchange.ledger import Line, ledger_table, title_of
from jinan_desk.exchange.sheet import Column, Value, sheet_name, yuan
from jinan_desk.exchange.table import Owner, Table, grid
from jinan_desk.measures import find

_CASE_COLUMNS = (
    Column(N_("识别号"), 11),
    Column(N_("编号"), 30),
    Column(N_("环节"), 10),
    Column(N_("认定结果"), 9),
    Column(N_("金额（元）"), 15),
)
_ROW_COLUMNS = (Column(N_("识别号"), 11), Column(N_("编号"), 30), Column(N_("行号"), 7))
_SHORT_ID = 8


def newest(revisions: Iterable[Revision]) -> list[Revision]:
    """The newest revision of each case, in the order of case numbers, those without one last."""
    by_case: dict[str, list[Revision]] = {}
    for revision in revisions:
        by_case.setdefault(revision.case, []).append(revision)
    found = [heads(case)[-1] for case in by_case.values()]
    return sorted(found, key=lambda r: (not r.body["number"], r.body["number"], r.case))


def line_of(revision: Revision) -> Line:
    """The ledger's line of a case with this newest revision."""
    body, facts = revision.body, revision.body["facts"]
    return Line(
        number=body["number"],
        programme=body["programme"],
        applicant=facts.get("applicant_name") or "",
        identity=facts.get("id_number") or facts.get("credit_code") or "",
        district=facts.get("district") or "",
        on=body["on"],
        received_on=body["received_on"],
        due_on=body["due_on"],
        stage=body["stage"],
        stage_since=body["stage_since"],
        outcome=body["outcome"],
        amount=body["amount"],
        handler=revision.account,
    )


def tables(cases: Sequence[Revision], contents: Mapping[str, tuple[str, bytes]], *, title: str) -> list[Table]:
    """The ledger, then the sheets of each programme, of cases that are given by their newest revision.

    Raises KeyError, ValueError or TypeError where a body is not a case's.
    """
    made = [ledger_table(map(line_of, cases), title=title)]
    by_programme: dict[str, list[Revision]] = {}
    for revision in cases:
        by_programme.setdefault(revision.body["programme"], []).append(revision)
    for code in sorted(by_programme):
        pair = find(code)
        if pair is not None:
            made += _programme_tables(pair[1], by_programme[code], contents)
    return made


def _programme_tables(
    programme: Programme, cases: Sequence[Revision], contents: Mapping[str, tuple[str, bytes]]
) -> Iterable[Table]:
    title = title_of(programme.code)
    fields = programme.shape.fields
    yield Table(
        sheet_name(title),
        title,
        (*_CASE_COLUMNS, *map(_column, fields)),
        tuple([*_about(revision), *_shown(fields, revision.body["facts"])] for revision in cases),
        facts=(*[""] * len(_CASE_COLUMNS), *(field.key for field in fields)),
        owners=tuple(Owner(revision.case) for revision in cases),
        named_by=(0, 1),
    )
    if programme.row_shape is not None:
        fields = programme.row_shape.fields
        entries = [
            (revision, number, row)
            for revision in cases
            for number, row in enumerate(_roster(revision, contents), 1)
        ]
        yield Table(
            sheet_name(N_("{code} 名单").format(code=programme.code)),
            f"{title} {N_('名单')}",
            (*_ROW_COLUMNS, *map(_column, fields)),
            tuple([r.case[:_SHORT_ID], r.body["number"], number, *_shown(fields, row)] for r, number, row in entries),
            facts=(*[""] * len(_ROW_COLUMNS), *(field.key for field in fields)),
            owners=tuple(Owner(revision.case, number) for revision, number, _ in entries),
            named_by=(0, 1, 2),
        )


def _about(revision: Revision) -> list[Value]:
    body = revision.body
    outcome = body["outcome"]
    return [
        revision.case[:_SHORT_ID],
        body["number"],
        STAGE_LABELS[Stage(body["stage"])],
        OUTCOME_LABELS[Outcome(outcome)] if outcome in list(Outcome) else outcome,
        yuan(body["amount"]),
    ]


def _roster(revision: Revision, contents: Mapping[str, tuple[str, bytes]]) -> list[dict[str, Any]]:
    key = revision.body["roster"]
    return list(json.loads(contents[key][1])) if key else []


def _column(field: Field) -> Column:
    head = f"{field.label}（{field.unit}）" if field.unit else field.label
    return Column(head, max(12, 2 * len(head) + 2))


def _shown(fields: Sequence[Field], facts: Mapping[str, Any]) -> list[Value]:
    return [_value(field, facts.get(field.key)) for field in fields]


def shown_text(field: Field, given: Any) -> str:
    """A fact as a reader finds it in a cell, with blank ends cut."""
    cells = grid([[_value(field, given)]])
    return cells[0][0] if cells else ""


def _value(field: Field, given: Any) -> Value:
    """A fact as a cell shows it; one that this version cannot read, as it stands."""
    if given is None:
        return None
    try:
        typed = field.kind.read(given)
    except Invalid:
        return str(given)
    if typed is None:
        return None
    if isinstance(field.kind, Money):
        return yuan(typed)
    if isinstance(field.kind, Count | Day):
        return typed  # type: ignore[no-any-return]
    return Sentence("{value}", value=field.kind.show(typed)).read()
