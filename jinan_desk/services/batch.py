"""One action over many cases: each is a case's own transaction, so that what stands in one's way stops no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinan_desk.core.text import N_, Sentence, Translate
from jinan_desk.core.workflow import STAGE_LABELS, Stage, next_stages
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.cases import Cases
from jinan_desk.store import CaseFilter, CaseRow, Store

_PLACES = {stage: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one case: done, or skipped with what stood in its way."""

    row: CaseRow
    skipped: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all of them. `cancelled`: somebody stopped it, and the rest were left alone."""

    to: Stage
    every: tuple[Done, ...]
    cancelled: int = 0

    @property
    def skipped(self) -> tuple[Done, ...]:
        return tuple(one for one in self.every if one.skipped is not None)

    def sentence(self) -> Sentence:
        """The result in one line."""
        words = N_("已转入“{stage}” {done} 件，跳过 {skipped} 件")
        if not self.skipped:
            words = N_("已转入“{stage}” {done} 件")
        if self.cancelled:
            words = N_("已转入“{stage}” {done} 件，跳过 {skipped} 件；已停止，其余 {left} 件未办理")
        return Sentence(
            words, stage=Sentence(STAGE_LABELS[self.to]), done=len(self.every) - len(self.skipped),
            skipped=len(self.skipped), left=self.cancelled,
        )  # fmt: skip


class Batch:
    """Actions over the cases of one desk."""

    def __init__(self, store: Store, cases: Cases) -> None:
        self._store = store
        self._cases = cases

    def steps(self, numbers: Sequence[int], wanted: CaseFilter | None = None) -> dict[Stage, int]:
        """The stages to which some of the cases in these rows may go by their routes, each with how many of them; of
        all that are `wanted`, where that is given. What else stands in the way of one shows when it is tried."""
        lists = self._store.lists
        return _steps(lists.groups_at(numbers) if wanted is None else lists.groups(wanted))

    def advance(self, numbers: Sequence[int], to: Stage, *, reason: str = "", on: date | None = None) -> list[Done]:
        """Take the cases in these rows to a stage, one after the other."""
        return [self._advance(row, to, reason, on) for row in self._cases.at(numbers) if row is not None]

    def _advance(self, row: CaseRow, to: Stage, reason: str, on: date | None) -> Done:
        try:
            return Done(self._cases.advance(row.case, to, reason=reason, on=on).row)
        except DeskError as error:
            return Done(row, error.sentence)


def _steps(groups: Mapping[tuple[str, str], int]) -> dict[Stage, int]:
    """How many may go where: the straight ways first, as with a single case."""
    found: Counter[Stage] = Counter()
    straight: set[Stage] = set()
    for (code, stage), count in groups.items():
        pair = find(code)
        if pair is not None:
            ways = next_stages(pair[1].route, Stage(stage))
            found.update(dict.fromkeys(ways, count))
            straight.update(ways[:1])
    return {stage: found[stage] for stage in sorted(found, key=lambda stage: (stage not in straight, _PLACES[stage]))}


def write_report(path: Path, report: Report, translate: Translate) -> None:
    """Write what came of every case as a workbook. Raises DeskError where the file cannot be written."""
    from jinan_desk.exchange.batch_book import Line, write_batch_book

    lines = [
        Line(
            number=one.row.number,
            programme=one.row.programme,
            applicant=one.row.applicant,
            stage=translate(STAGE_LABELS[Stage(one.row.stage)]),
            told=(one.skipped or Sentence(N_("已办理"))).read(translate),
        )
        for one in report.every
    ]
    write_batch_book(path, report.sentence().read(translate), lines, translate)
