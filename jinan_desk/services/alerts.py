"""Alerts for the work desk: open cases whose programme declares that what they warn of cannot wait (article 22)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from jinan_desk.core.determination import sentences_of
from jinan_desk.core.determine import determine
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.services.cases import programme_of
from jinan_desk.services.judgement import ALERT, judge_waiting, kept_facts
from jinan_desk.services.parameters import office_parameters
from jinan_desk.store import CaseRow, Store


@dataclass(frozen=True, slots=True)
class Alert:
    """An open case and what its stored determination warns of, in the words of the day on which it was decided."""

    row: CaseRow
    messages: tuple[Sentence, ...]

    def sentence(self) -> Sentence:
        return Sentence(
            N_("{case}  {applicant}  {messages}"),
            case=self.row.case[:8], applicant=self.row.applicant or "—", messages=listed(self.messages, N_("；")),
        )


def alerts(store: Store) -> list[Alert]:
    """Every alert that nobody has dealt with yet, the newest first; closing the case ends it."""
    judge_waiting(store)
    return [_alert(store, case) for case in reversed(store.findings.marked(ALERT))]


def _alert(store: Store, case: str) -> Alert:
    row = store.case(case)
    keys = {warn.key for warn in programme_of(row.programme)[1].warnings if warn.alert}
    revision = store.revision(row.head)
    stored, kept = json.loads(store.content(revision.body["determination"])), kept_facts(store, revision)
    known = sentences_of(determine(*kept, office_parameters(store))) if kept is not None else {}
    messages = [warning["message"] for warning in stored["warnings"] if warning["key"] in keys]
    return Alert(row, tuple(known.get(message, Sentence(message)) for message in messages))
