"""Documents handed in stand in the body, change nothing that is decided, and are told of in the history."""

from __future__ import annotations

from jinan_desk.core.workflow import Stage
from jinan_desk.services.cases import Cases, programme_of
from jinan_desk.services.handed_in import DOCUMENTS, HandedIn, handed_in, missing, read, typed
from jinan_desk.store import Store
from tests.services.test_cases import ON, hiring

PROGRAMME = programme_of("02B")[1]
FIRST, SECOND = (document.name for document in PROGRAMME.documents[:2])
HERE = HandedIn(FIRST, received=True, on="2020-03-20", copies=2, note="原件已核对")


def test_what_was_handed_in_is_kept_with_the_case_through_its_stages(cases: Cases) -> None:
    view = cases.enter("02B", ON, hiring(), documents=[HERE, HandedIn(SECOND)])
    assert [entry["name"] for entry in view.revision.body[DOCUMENTS]] == [FIRST]
    moved = cases.advance(view.row.case, Stage.RECEIVED)
    changed = cases.change(view.row.case, ON, hiring(contact="赵青"))
    for later in (moved, changed):
        assert handed_in(PROGRAMME, later.revision.body)[0] == HERE
    assert FIRST not in missing(handed_in(PROGRAMME, changed.revision.body))


def test_a_document_more_is_a_change_and_decides_nothing(cases: Cases, store: Store) -> None:
    view = cases.enter("02B", ON, hiring())
    same = cases.change(view.row.case, ON, hiring(), documents=[HandedIn(FIRST)])
    assert same.revision.id == view.revision.id
    more = cases.change(view.row.case, ON, hiring(), documents=[HERE])
    assert more.revision.body["determination"] == view.revision.body["determination"]
    (change,) = cases.changes(view.row.case)[more.revision.id]
    assert change.sentence().read() == f"材料“{FIRST}”：未收 → 已收 2020-03-20 2 份，原件已核对"
    assert store.check() == []


def test_typed_and_read_again_they_are_the_same_and_what_is_not_asked_for_stays() -> None:
    other = HandedIn("居住证", received=True)
    documents, wrong = read(PROGRAMME, typed(PROGRAMME, [HERE, other]), [HERE, other])
    assert (documents[0], documents[-1], wrong) == (HERE, other, {})
    assert len(documents) == len(PROGRAMME.documents) + 1


def test_a_day_or_a_number_that_cannot_be_read_is_named() -> None:
    _, wrong = read(PROGRAMME, {"document.0.on": "三月", "document.1.copies": "-1"}, ())
    assert set(wrong) == {"document.0.on", "document.1.copies"}
