"""Findings of a store: listed, and cleared by a person with a reason.

A clearance is a revision of every case that the finding names, so that it stands in their histories and travels with
them: `"cleared": {finding's id: {"on": day, "by": account, "reason": …}}` in the body, for ever. A finding is cleared
as soon as one of its cases says so. The id is taken of its ground, and another ground is another finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinan_desk.core.finding import FINDING_LABELS, Finding, decode_finding
from jinan_desk.core.role import CLEARS
from jinan_desk.core.text import N_, Sentence, Translate
from jinan_desk.errors import DeskError
from jinan_desk.services.cases import Cases
from jinan_desk.services.judgement import CLEARED, judge_waiting
from jinan_desk.services.roles import demand
from jinan_desk.store import CaseRow, FindingRow, Store

_PAGE = 200


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with the cases it names. `cleared` is who cleared it, when and why, or None."""

    id: str
    finding: Finding
    cases: tuple[CaseRow, ...]
    cleared: dict[str, str] | None

    def sentence(self) -> Sentence:
        """The finding in one line, with its cases and how it stands."""
        one, other = (*(row.number or row.case[:8] for row in self.cases), "—")[:2]
        state = Sentence(N_("待核实")) if self.cleared is None else Sentence(
            N_("{by} {on} 已排除：{reason}"), **self.cleared
        )
        return Sentence(
            N_("{id}  {what}  〔{one}，{other}〕  {state}"),
            id=self.id[:8], what=self.finding.sentence(), one=one, other=other, state=state,
        )

    def as_json(self, translate: Translate) -> dict[str, Any]:
        return {
            "finding": self.id,
            "kind": self.finding.kind.value,
            "label": translate(FINDING_LABELS[self.finding.kind]),
            "message": self.finding.sentence().read(translate),
            "cases": [row.case for row in self.cases],
            "numbers": [row.number for row in self.cases],
            "cleared": self.cleared,
        }


class Findings:
    """The findings of a store. What has come from elsewhere and was not judged yet is judged before it is told of."""

    def __init__(self, store: Store, cases: Cases, *, account: str, today: Callable[[], date]) -> None:
        self._store = store
        self._cases = cases
        self._account = account
        self._today = today

    def all(self, *, cleared: bool | None = False) -> Iterator[FindingView]:
        """Every finding that is still open, or that was `cleared`, or of both kinds (None)."""
        judge_waiting(self._store)
        last = ""
        while page := self._store.findings.all(cleared=cleared, after=last, limit=_PAGE):
            yield from map(self._view, page)
            last = page[-1].id

    def of(self, case: str, *, cleared: bool | None = False) -> list[FindingView]:
        """The findings that name the case."""
        judge_waiting(self._store)
        return [self._view(row) for row in self._store.findings.of(case, cleared=cleared)]

    def count(self) -> int:
        """How many are still open."""
        judge_waiting(self._store)
        return self._store.findings.count(cleared=False)

    def judge_again(self, tell: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Judge the whole store anew; answers how many findings are open. `tell` hears how many cases are done."""
        with self._store.transaction():
            self._store.findings.judge_all_again()
        judge_waiting(self._store, tell)
        return self._store.findings.count(cleared=False)

    def clear(self, beginnings: Sequence[str], reason: str) -> list[FindingView]:
        """Clear the findings whose ids begin like these, in one transaction. Raises DeskError without a reason, where
        there is no such finding, or where one of its cases is in conflict."""
        demand(self._store, self._account, CLEARS)
        if not reason.strip():
            raise DeskError(Sentence(N_("排除疑点须写明核实的情况和理由")))
        judge_waiting(self._store)
        found = [row for row in map(self._store.findings.find, beginnings) if row.cleared is None]
        note = {"on": self._today().isoformat(), "by": self._account, "reason": reason.strip()}
        with self._store.transaction():
            for case in self._to_note({case for row in found for case in row.cases}):
                cleared = dict(self._cases.view(case).revision.body.get(CLEARED, {}))
                cleared |= {row.id: note for row in found if case in row.cases}
                self._cases.note(case, "clear", {CLEARED: cleared}, reason=reason)
        return [self._view(self._store.findings.find(beginning)) for beginning in beginnings]

    def _to_note(self, cases: set[str]) -> list[str]:
        """Those of the cases in which a clearance is noted: not where another office works on one, unless on all."""
        here = sorted(case for case in cases if self._cases.held(case) is None)
        return here or sorted(cases)

    def _view(self, row: FindingRow) -> FindingView:
        cases = tuple(map(self._store.case, row.cases))
        return FindingView(row.id, decode_finding(row.told), cases, None if row.cleared is None else dict(row.cleared))
