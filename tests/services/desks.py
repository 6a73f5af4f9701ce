"""An office with a store, as tests of exchanging use it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinan_desk.measures import find
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.corrections import Corrections
from jinan_desk.services.demo import Clock
from jinan_desk.services.holding import Holding
from jinan_desk.services.office import Office, found_office
from jinan_desk.services.offices import level_of
from jinan_desk.services.packages import Merged, Packages, Written
from jinan_desk.services.receipts import Acknowledged, Receipts
from jinan_desk.store import CaseFilter, open_store
from tests.services.conftest import KEY

EXAMPLE = find("06A")[1].examples[0]  # type: ignore[index]
FACTS = dict(EXAMPLE.facts)


class Desk:
    """An office with a store."""

    def __init__(self, directory: Path, code: str, name: str, clock: Clock) -> None:
        self.directory = directory
        self.office = Office(code, name, name, level=level_of(code))
        self._clock = clock
        self.open()
        found_office(self.store, self.office)
        self.open_services()

    def open(self) -> None:
        self.store = open_store(self.directory, KEY)
        self.open_services()

    def open_services(self) -> None:
        self.cases = Cases(
            self.store, self.office, workday_calendar(), account="苏敏", today=self._clock.today, now=self._clock.now
        )
        self.packages = Packages(self.store, self.office, account="苏敏", now=self._clock.now)
        self.partners = self.packages.partners
        self.receipts = Receipts(self.store, self.office, self.partners, account="苏敏", now=self._clock.now)
        self.corrections = Corrections(self.store, self.cases, self.partners)
        self.holding = Holding(self.store, self.office, self.cases)

    def close(self) -> None:
        self.store.close()

    def send(self, other: Desk, path: Path, *, everything: bool = False) -> Merged:
        """Export without a password, and let the other merge it."""
        self.packages.export(path, unlocked="测试", everything=everything)
        return other.packages.merge(path, trust=self.packages.fingerprint())

    def answer(self, other: Desk, path: Path) -> Acknowledged:
        """Write a receipt for what was merged last, and let the other read it."""
        self.receipts.write(path)
        return other.receipts.read(path)

    def enter(self, **facts: object) -> str:
        return self.cases.enter("06A", date(2020, 6, 10), {**FACTS, **facts}).row.case

    def change(self, case: str, dismissed: int) -> None:
        self.cases.change(case, date(2020, 6, 10), {**FACTS, "dismissed": dismissed})

    def call_up(self, case: str) -> None:
        self.holding.hand_over(case, self.office.code, reason="街道停电，由区里先办")

    def all(self) -> list[object]:
        """What can be told from outside: every case with its whole history."""
        rows = sorted(self.store.cases(CaseFilter(), limit=1000), key=lambda row: row.case)
        return [(row, {revision.id for revision in self.store.history(row.case)}) for row in rows]


def told(report: Merged | Written | Acknowledged) -> str:
    return "\n".join(sentence.read() for sentence in report.sentences())


def introduce(one: Desk, other: Desk, tmp_path: Path) -> None:
    """Exchange empty packages, so that the keys are enrolled."""
    for sender, receiver in ((one, other), (other, one)):
        sender.packages.export(tmp_path / "hello.xlsx", everything=True, unlocked="测试")
        receiver.packages.merge(tmp_path / "hello.xlsx", trust=sender.packages.fingerprint())
