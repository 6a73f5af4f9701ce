"""Five offices exchange for a while, and everything goes wrong: packages and receipts are lost, repeated and come in
any order, clocks are wrong, processes are killed, stores are put back from backups, by the program and behind its back.

In the end everybody hands everybody everything. Then all see the same, nothing is lost that any office still had, and
every fault is named: a number that nobody has, a number that stands for two revisions, a store that was put back.

Packages and receipts travel as values, now and then through real workbooks. Guards: `_reached` and `overtaken` in
`receive`, `_compare_with_witness` in the store, `Partners.heard`.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import count, permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.exchange.package import Package, read_package, write_package
from jinan_desk.exchange.receipt import Receipt, read_receipt, write_receipt
from jinan_desk.exchange.signing import public_half
from jinan_desk.measures import find
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import Clock
from jinan_desk.services.holding import Holding
from jinan_desk.services.office import Office, found_office
from jinan_desk.services.offices import level_of
from jinan_desk.services.packages import Packages
from jinan_desk.services.receipts import Receipts
from jinan_desk.store import CaseFilter, connection, open_store
from jinan_desk.store.places import store_path, witness_path
from jinan_desk.store.restore import put_back
from tests.services.conftest import KEY

CODES = ("370102001", "370102002", "370103001", "370102", "370100")
PLACES = st.integers(0, len(CODES) - 1)
ANY = st.integers(0, 10_000)
FACTS = dict(find("06A")[1].examples[0].facts)  # type: ignore[index]
ON = date(2020, 6, 10)


@dataclass
class Snapshot:
    """A backup, the witness as it stood then, and what the store held."""

    file: Path
    witness: bytes
    held: frozenset[str]


class Hall:
    """One office: its directory, its clock, and what it must still have."""

    def __init__(self, directory: Path, code: str) -> None:
        self.directory = directory
        self.office = Office(code, f"机构{code}", f"字{code}", level=level_of(code))
        self.clock = Clock(ON)
        self.snapshots: list[Snapshot] = []
        self.known: frozenset[str] = frozenset()
        self.rewound = 0
        self.open()

    def open(self) -> None:
        self.store = open_store(self.directory, KEY)
        told = {"account": "苏敏", "now": self.clock.now}
        self.cases = Cases(self.store, self.office, workday_calendar(), today=self.clock.today, **told)
        self.packages = Packages(self.store, self.office, **told)
        self.receipts = Receipts(self.store, self.office, self.packages.partners, **told)
        self.holding = Holding(self.store, self.office, self.cases)

    def held(self) -> frozenset[str]:
        """The ids of all revisions that are here."""
        return frozenset(row[0] for row in self.store._db.conn.execute("SELECT id FROM revisions"))

    def waiting(self) -> int:
        return int(self.store._db.conn.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def told_rewound(self) -> int:
        return len(self.packages.troubles().rewound)

    def picture(self) -> list[object]:
        """What an office shows of every case, and its history."""
        rows = sorted(self.store.cases(CaseFilter(), limit=1000), key=lambda row: row.case)
        return [(row, frozenset(r.id for r in self.store.heads(row.case))) for row in rows]


@cache
def founded(code: str) -> Path:
    """The directory of an office that has just been founded: copied, since founding takes long."""
    directory = Path(tempfile.mkdtemp(prefix="jinan-desk-hall-"))
    hall = Hall(directory, code)
    found_office(hall.store, hall.office)
    hall.packages.fingerprint()
    hall.store.close()
    return directory


class Exchange(RuleBasedStateMachine):
    """The offices, and what is under way between them."""

    def __init__(self) -> None:
        super().__init__()
        self._promises = connection._PROMISES
        connection._PROMISES = (*self._promises, "synchronous=OFF")
        self.folder = Path(tempfile.mkdtemp(prefix="jinan-desk-offices-"))
        self.sent: list[Package] = []
        self.receipts: list[Receipt] = []
        self.numbers = count(1)

    @initialize()
    def found(self) -> None:
        self.halls = [Hall(Path(shutil.copytree(founded(code), self.folder / code)), code) for code in CODES]
        for one, other in permutations(self.halls, 2):
            office = other.office
            one.packages.partners.admit(public(other), office.code, office.name, level=office.level.value)

    # Work -----------------------------------------------------------------------------------------------------------

    @rule(place=PLACES, dismissed=st.integers(0, 9))
    def enter(self, place: int, dismissed: int) -> None:
        hall = self.halls[place]
        hall.cases.enter("06A", ON, {**FACTS, "dismissed": dismissed})
        hall.known = hall.held()

    @rule(place=PLACES, pick=ANY, dismissed=st.integers(0, 9))
    def change(self, place: int, pick: int, dismissed: int) -> None:
        hall = self.halls[place]
        rows = hall.store.cases(CaseFilter(), limit=1000)
        if rows:
            with suppress(DeskError):  # held elsewhere, or in conflict
                hall.cases.change(rows[pick % len(rows)].case, ON, {**FACTS, "dismissed": dismissed})
            hall.known = hall.held()

    @rule(place=PLACES, pick=ANY, to=PLACES)
    def hand_over(self, place: int, pick: int, to: int) -> None:
        hall = self.halls[place]
        rows = hall.store.cases(CaseFilter(), limit=1000)
        if rows:
            case = rows[pick % len(rows)].case
            with suppress(DeskError):  # held elsewhere, in conflict, or not at this stage
                hall.cases.advance(case, Stage.RECEIVED)
                hall.holding.hand_over(case, self.halls[to].office.code)
            hall.known = hall.held()

    @rule(place=PLACES, days=st.integers(-400, 400))
    def set_clock(self, place: int, days: int) -> None:
        self.halls[place].clock.day = ON + timedelta(days=days)

    # Exchange -------------------------------------------------------------------------------------------------------

    @rule(place=PLACES, to=PLACES, everything=st.booleans(), on_paper=st.sampled_from([False] * 9 + [True]))
    def export(self, place: int, to: int, everything: bool, on_paper: bool) -> None:
        hall, receiver = self.halls[place], self.halls[to]
        if hall is receiver:
            return
        package = hall.packages.compose(to=receiver.office.code, everything=everything)
        if on_paper:
            path = self.folder / "package.xlsx"
            write_package(path, hall.packages.partners.sender(), package, unlocked="测试")
            package = read_package(path)
        else:
            package = replace(package, digest=f"{next(self.numbers):064x}")
        self.sent.append(package)

    @rule(place=PLACES, pick=ANY)
    def deliver(self, place: int, pick: int) -> None:
        """Any package that was ever sent, to anybody, once more or never."""
        if self.sent:
            self.hand(self.sent[pick % len(self.sent)], self.halls[place])

    def hand(self, package: Package, hall: Hall) -> None:
        before, incarnation = hall.held(), hall.store.incarnation
        received = hall.packages.take(package).received
        after = hall.held()
        assert before <= after
        assert received.refused == {}
        assert len(after - before) == received.new
        assert (hall.store.incarnation != incarnation) == received.overtaken or received.overtaken
        hall.known = after
        if package.office != hall.office.code:
            self.receipts.append(replace(hall.receipts.make(package.digest), digest=f"{next(self.numbers):064x}"))

    @rule(pick=ANY, on_paper=st.sampled_from([False] * 9 + [True]))
    def deliver_receipt(self, pick: int, on_paper: bool) -> None:
        """Any receipt that was ever written, once more or never."""
        if self.receipts:
            receipt = self.receipts[pick % len(self.receipts)]
            hall = next(hall for hall in self.halls if hall.office.code == receipt.to)
            writer = next(hall for hall in self.halls if hall.office.code == receipt.office)
            if on_paper and writer.store.incarnation == receipt.incarnation:
                path = self.folder / "receipt.xlsx"
                write_receipt(path, writer.packages.partners.sender(), receipt)
                receipt = read_receipt(path)
            lost = hall.receipts.take(receipt).lost
            assert hall.told_rewound() == hall.rewound + lost
            hall.rewound += lost

    # Faults ---------------------------------------------------------------------------------------------------------

    @rule(place=PLACES)
    def kill(self, place: int) -> None:
        """In the middle of saving: nothing of it is there, and nobody takes it for a store that was put back."""
        hall = self.halls[place]
        context = hall.store.transaction()
        context.__enter__()
        hall.cases.enter("06A", ON, FACTS)
        self.reopen(hall)
        assert hall.held() == hall.known
        assert hall.told_rewound() == hall.rewound

    @rule(place=PLACES)
    def kill_before_the_witness_is_written(self, place: int) -> None:
        hall = self.halls[place]
        witness = witness_path(hall.directory).read_bytes()
        hall.cases.enter("06A", ON, FACTS)
        hall.known = hall.held()
        witness_path(hall.directory).write_bytes(witness)
        self.reopen(hall)
        assert hall.told_rewound() == hall.rewound

    def reopen(self, hall: Hall) -> None:
        hall.store.close()
        hall.open()

    @rule(place=PLACES)
    def back_up(self, place: int) -> None:
        hall = self.halls[place]
        file = self.folder / f"{hall.office.code}-{len(hall.snapshots)}.db"
        hall.store.backup(file)
        hall.snapshots.append(Snapshot(file, witness_path(hall.directory).read_bytes(), hall.held()))

    @rule(place=PLACES, pick=ANY)
    def restore(self, place: int, pick: int) -> None:
        """By the program; twice from the same backup, too."""
        hall = self.halls[place]
        if hall.snapshots:
            snapshot = hall.snapshots[pick % len(hall.snapshots)]
            incarnation = hall.store.incarnation
            hall.store.close()
            put_back(hall.directory, KEY, snapshot.file, at="2020-06-11T08:00:00Z")
            self.after_restoring(hall, snapshot)
            assert hall.store.incarnation != incarnation
            hall.rewound = hall.told_rewound()

    @rule(place=PLACES, pick=ANY)
    def put_back_behind_our_back(self, place: int, pick: int) -> None:
        """The database alone: the witness knows better wherever the store has given out numbers since."""
        hall = self.halls[place]
        if hall.snapshots:
            snapshot = hall.snapshots[pick % len(hall.snapshots)]
            made = {r for r in hall.held() - snapshot.held if self.is_own(hall, r)}
            incarnation = hall.store.incarnation
            self.replace_database(hall, snapshot)
            self.after_restoring(hall, snapshot)
            assert hall.told_rewound() > 0 or not made
            assert hall.store.incarnation != incarnation or not made
            hall.rewound = hall.told_rewound()

    @rule(place=PLACES, pick=ANY)
    def put_back_with_its_witness(self, place: int, pick: int) -> None:
        """A picture of the whole disk: only others can find that out."""
        hall = self.halls[place]
        if hall.snapshots:
            snapshot = hall.snapshots[pick % len(hall.snapshots)]
            self.replace_database(hall, snapshot)
            witness_path(hall.directory).write_bytes(snapshot.witness)
            self.after_restoring(hall, snapshot)
            hall.rewound = hall.told_rewound()

    def replace_database(self, hall: Hall, snapshot: Snapshot) -> None:
        hall.store.close()
        for path in hall.directory.glob("desk.db*"):
            path.unlink()
        shutil.copyfile(snapshot.file, store_path(hall.directory))

    def after_restoring(self, hall: Hall, snapshot: Snapshot) -> None:
        hall.open()
        assert hall.held() == snapshot.held
        hall.known = hall.held()

    def is_own(self, hall: Hall, identifier: str) -> bool:
        return hall.store.revision(identifier).origin.incarnation == hall.store.incarnation

    # What holds -----------------------------------------------------------------------------------------------------

    @invariant()
    def nothing_that_was_saved_is_gone(self) -> None:
        for hall in getattr(self, "halls", ()):
            assert hall.held() == hall.known

    def teardown(self) -> None:
        try:
            if hasattr(self, "halls"):
                self.converge()
        finally:
            connection._PROMISES = self._promises
            for hall in getattr(self, "halls", ()):
                hall.store.close()
            shutil.rmtree(self.folder)

    def converge(self) -> None:
        """Everybody hands everybody everything; what nobody has is named, and nothing else is missing."""
        everything = frozenset().union(*(hall.held() for hall in self.halls))
        for _ in range(2):
            for sender, receiver in permutations(self.halls, 2):
                package = replace(sender.packages.compose(everything=True), digest=f"{next(self.numbers):064x}")
                self.hand(package, receiver)
        first = self.halls[0]
        for hall in self.halls:
            assert hall.held() >= everything
            assert hall.held() == first.held()
            assert hall.picture() == first.picture()
            self.every_fault_is_named(hall)

    def every_fault_is_named(self, hall: Hall) -> None:
        used: dict[tuple[str, str], dict[int, int]] = {}
        for revision in hall.store.revisions_since({}):
            line = used.setdefault((revision.origin.office, revision.origin.incarnation), {})
            line[revision.origin.sequence] = line.get(revision.origin.sequence, 0) + 1
        twice = {(*line, n) for line, numbers in used.items() for n, uses in numbers.items() if uses > 1}
        troubles = hall.packages.troubles()
        assert {(fork.office, fork.incarnation, fork.sequence) for fork in troubles.forks} == twice
        missing = {(*line, n) for line, numbers in used.items() for n in range(1, max(numbers)) if n not in numbers}
        named = {(g.office, g.incarnation, n) for g in troubles.gaps for n in range(g.first, g.last + 1)}
        assert missing <= named
        assert bool(hall.waiting()) <= bool(troubles.gaps)
        assert hall.store.check() == [] or troubles.forks or troubles.gaps


def public(hall: Hall) -> bytes:
    return public_half(hall.packages.partners.sender().private_key)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_whatever_goes_wrong_all_offices_come_to_see_the_same() -> None:
    run_state_machine_as_test(
        Exchange,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
