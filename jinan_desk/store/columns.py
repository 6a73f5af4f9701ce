"""The query columns of a case: what lists show, sort and filter by, derived from its newest revision alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import product
from operator import itemgetter
from typing import Any, get_args, get_type_hints

from jinan_desk.core.grant import GRANTED_ON, PAID_ON, granted_on, paid_on
from jinan_desk.core.revision import HOLDER, Revision
from jinan_desk.core.workflow import Stage
from jinan_desk.store.tokens import ending


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as lists show it. `amount` is in fen, None while it is unknown; dates are ISO texts, "" where there is
    none; `updated_at` is UTC. `office` made the newest revision; `holder` is the code of the office that holds the
    case, "" as long as that is not said. `conflict`: there is more than one newest revision, and this is the latest of
    them."""

    case: str
    number: str
    programme: str
    article: int
    stage: str
    outcome: str
    amount: int | None
    applicant: str
    id_number: str
    credit_code: str
    district: str
    on: str
    received_on: str
    stage_since: str
    due_on: str
    updated_at: str
    updated_by: str
    office: str
    head: str
    conflict: bool
    holder: str


ROW_FIELDS = tuple(field.name for field in fields(CaseRow))
SELECT_ROW = ", ".join(f'"{name}"' for name in ROW_FIELDS)

_FROM_BODY = (
    "number", "programme", "article", "stage", "outcome", "amount", "on", "received_on", "stage_since", "due_on"
)
_FROM_FACTS = {
    "applicant": "applicant_name", "id_number": "id_number", "credit_code": "credit_code", "district": "district"
}
_STAGES = frozenset(stage.value for stage in Stage)
_SOMETIMES = frozenset({HOLDER, GRANTED_ON, PAID_ON})
_TYPES = get_type_hints(CaseRow)
_EXACT = {name: frozenset(get_args(kind) or (kind,)) for name, kind in _TYPES.items()}
"""The types as JSON has them, to be looked up rather than asked for."""
_IN_BODY = itemgetter(*_FROM_BODY, "facts")
_EXACT_IN_BODY = frozenset(product(*(_EXACT[name] for name in _FROM_BODY), (dict,)))
"""All that the types of those may be, one after the other: a merge asks a hundred thousand times."""
_TEXTS_IN_FACTS = tuple(_FROM_FACTS.values())


def read_row(values: Iterable[Any]) -> CaseRow:
    """The row of values that were selected with SELECT_ROW."""
    row = dict(zip(ROW_FIELDS, values, strict=True))
    return CaseRow(**{**row, "conflict": bool(row["conflict"])})


def row_of(columns: Mapping[str, Any]) -> CaseRow:
    """The row of columns that `derive` has answered."""
    return CaseRow(**{name: columns[name] for name in ROW_FIELDS} | {"conflict": bool(columns["conflict"])})


def refuse_unfit(revision: Revision) -> None:
    """Raises ValueError where the columns of a case could not be derived from the revision."""
    if not _is_usual(revision.body):
        derive((revision,))


def _is_usual(body: Mapping[str, Any]) -> bool:
    """Whether a look at the types is enough."""
    try:
        values = _IN_BODY(body)
    except KeyError:
        return False
    if tuple(map(type, values)) not in _EXACT_IN_BODY or body["stage"] not in _STAGES:
        return False
    facts = values[-1]
    for key in _TEXTS_IN_FACTS:
        value = facts.get(key)
        if type(value) is not str and value:
            return False
    return _SOMETIMES.isdisjoint(body)


def derive(heads: tuple[Revision, ...]) -> dict[str, Any]:
    """The columns of the case with these newest revisions, of which the last counts.

    Raises ValueError where its body is not a case's: it came from elsewhere and must not be taken.
    """
    head = heads[-1]
    facts = head.body.get("facts")
    if not isinstance(facts, Mapping):
        raise ValueError("no facts")
    columns = {name: _typed(name, head.body.get(name)) for name in _FROM_BODY}
    columns |= {name: _typed(name, facts.get(key) or "") for name, key in _FROM_FACTS.items()}
    Stage(columns["stage"])
    return columns | {
        "case": head.case,
        "number_end": ending(columns["number"]),
        "updated_at": head.at,
        "updated_by": head.account,
        "office": head.origin.office,
        HOLDER: _typed(HOLDER, head.body.get(HOLDER) or ""),
        GRANTED_ON: granted_on(head.body),
        PAID_ON: paid_on(head.body),
        "roster": roster_hash(head),
        "head": head.id,
        "heads": " ".join(revision.id for revision in heads),
        "conflict": int(len(heads) > 1),
    }


def _typed(name: str, value: Any) -> Any:
    if type(value) in _EXACT[name]:
        return value
    if isinstance(value, bool) or not isinstance(value, _TYPES[name]):
        raise ValueError(f"{name} is {type(value).__name__}")
    return value


def roster_hash(revision: Revision) -> str:
    """The hash of the revision's roster, "" where it has none."""
    return _hash(revision, "roster")


def content_hashes(revision: Revision) -> dict[str, str]:
    """The hashes of the contents that the revision rests on, each with its kind."""
    found = {_hash(revision, kind): kind for kind in CONTENT_KINDS}
    found.pop("", None)
    return found


CONTENT_KINDS: dict[str, type[Any]] = {"roster": list, "determination": dict}
"""What is kept beside revisions, and what its JSON is."""


def _hash(revision: Revision, kind: str) -> str:
    value = revision.body.get(kind) or ""
    if not isinstance(value, str):
        raise ValueError(f"{kind} is no hash")
    return value
