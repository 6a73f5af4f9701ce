"""A stored case as an editor shows it: all that is read of it at once, where the store is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jinan_desk.core.determination import Determination
from jinan_desk.core.revision import Revision
from jinan_desk.services.cases import CaseView, programme_of
from jinan_desk.services.desk import Desk
from jinan_desk.services.drafts import Draft
from jinan_desk.services.entry import Entry, of_case
from jinan_desk.services.handed_in import DOCUMENTS, handed_in, typed
from jinan_desk.services.limits import Limit
from jinan_desk.services.steps import Step


@dataclass(frozen=True, slots=True)
class StoredCase:
    """`imported`: there is an import of its roster to undo; `held`: another office holds it; `kept` is what the person
    at the desk typed over it and has not saved; `again` is what its facts come to now, to read the stored answer in
    another language by, None where nobody does; `entry` is what it looks like typed, None where that is shown already.
    """

    view: CaseView
    steps: tuple[Step, ...]
    limits: tuple[Limit, ...]
    history: tuple[Revision, ...]
    imported: bool
    held: bool
    kept: Draft | None
    again: Determination | None
    entry: Entry | None


def read_case(desk: Desk, case: str, *, shown: CaseView | None = None, foreign: bool = False) -> StoredCase:
    """Read a case, for a window that is not Chinese (`foreign`) with what it takes to translate it. `shown` is what the
    window shows now. Raises DeskError where there is none."""
    cases = desk.cases
    view = cases.view(case)
    return StoredCase(
        view=view,
        steps=cases.steps(case),
        limits=cases.limits(case),
        history=cases.history(case),
        imported=desk.rosters.undoable(case) is not None,
        held=cases.held(case) is not None,
        kept=desk.drafts.of(case),
        again=cases.again(view) if foreign else None,
        entry=entry_of(view) if content_of(view) != content_of(shown) else None,
    )


def entry_of(view: CaseView) -> Entry:
    """A case as somebody would have typed it, with what is known of its documents."""
    programme = programme_of(view.row.programme)[1]
    stored = of_case(programme, view.row.on, view.facts)
    texts = typed(programme, handed_in(programme, view.revision.body))
    return replace(stored, texts={**stored.texts, **texts})


def content_of(view: CaseView | None) -> tuple[object, ...]:
    """What an editor shows of a case; the same again leaves the draft, its undo and the cursor alone."""
    return () if view is None else (view.row.case, view.row.on, view.facts, view.revision.body.get(DOCUMENTS))
