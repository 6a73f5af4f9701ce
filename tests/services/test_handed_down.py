"""A superior's parameter values hold below, with their source and origin; nothing of one's own is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from jinan_desk.services.demo import Clock
from jinan_desk.services.packages import Merged, Packages
from jinan_desk.services.parameters import Proposals, State, office_parameters
from jinan_desk.store import connection
from tests.services.offices import Hall, alike
from tests.services.test_retention import destroyed, ended

KEY, SINCE = "average_unemployment_benefit", "2019-12-01"
PLACES = {"370102001": "泉城路街道", "370102": "历下区", "370103": "市中区", "370100": "济南市"}


class Office:
    """A hall that packs what it has into workbooks."""

    def __init__(self, hall: Hall, clock: Clock, folder: Path) -> None:
        self.hall = hall
        self.store = hall.store
        self.values = Proposals(hall.store, account="苏敏", now=clock.now)
        self.packages = Packages(hall.store, hall.office, account="苏敏", now=clock.now)
        self._folder = folder

    def lay_down(self, value: str, since: str = SINCE) -> None:
        self.values.enter(KEY, value, since=since, source="鲁人社字〔2019〕88号")

    def send(self, other: Office) -> Merged:
        path = self._folder / f"{self.hall.office.code}.xlsx"
        self.packages.export(path, everything=True, unlocked="测试")
        return other.packages.merge(path, trust=self.packages.fingerprint())

    def value(self, on: date = date(2020, 3, 20)) -> object:
        found = [dated.value for dated in office_parameters(self.store).added.get(KEY, ()) if dated.since <= on]
        return found[-1] if found else None


@pytest.fixture
def offices(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Office]]:
    monkeypatch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))
    with ExitStack() as stack:
        made = {}
        for code, name in PLACES.items():
            hall = Hall(tmp_path / code, code, name, clock)
            stack.callback(hall.store.close)
            made[code] = Office(hall, clock, tmp_path)
        yield made


def test_a_value_goes_down_through_the_levels_and_says_where_it_comes_from(offices: dict[str, Office]) -> None:
    city, district, street = (offices[code] for code in ("370100", "370102", "370102001"))
    city.lay_down("1503.40")
    report = city.send(district)
    assert "采用上级下发的政策参数 1 项" in [sentence.read() for sentence in report.sentences()]
    district.send(street)
    assert city.value() == district.value() == street.value() == 150340
    (kept,) = street.values.all()
    assert (kept.origin, kept.state, kept.alone) == ("370100", State.IN_FORCE, False)
    assert kept.dated.basis.source == "鲁人社字〔2019〕88号（济南市下发）"
    assert kept.settled().read() == "上级下发"


def test_the_same_again_or_by_another_way_is_one_value(offices: dict[str, Office]) -> None:
    city, district, street = (offices[code] for code in ("370100", "370102", "370102001"))
    city.lay_down("1503.40")
    city.send(district)
    city.send(street)
    district.send(street)
    city.send(street)
    assert len(street.values.all()) == 1


def test_a_value_of_ones_own_from_the_same_day_waits_for_a_person(offices: dict[str, Office]) -> None:
    city, district = offices["370100"], offices["370102"]
    district.lay_down("1400.00")
    city.lay_down("1503.40")
    city.lay_down("1600.00", since="2020-03-01")
    report = city.send(district)
    assert (report.handed_down.taken, report.handed_down.waiting) == (1, 1)
    assert district.value(date(2020, 1, 1)) == 140000
    assert district.value(date(2020, 3, 1)) == 160000
    (waiting,) = district.values.open()
    assert waiting.by == "济南市"
    district.values.withdraw(waiting.number, "本区另有文件")
    assert city.send(district).handed_down.waiting == 0
    assert district.value(date(2020, 1, 1)) == 140000


def test_a_superior_may_correct_what_it_handed_down(offices: dict[str, Office]) -> None:
    city, district = offices["370100"], offices["370102"]
    city.lay_down("1503.40")
    city.send(district)
    city.lay_down("1530.40")
    assert city.send(district).handed_down.taken == 1
    assert district.value() == 153040


@pytest.mark.parametrize(
    ("sender", "receiver"), [("370102001", "370102"), ("370103", "370102001"), ("370103", "370102")]
)
def test_nothing_is_taken_from_below_or_beside(offices: dict[str, Office], sender: str, receiver: str) -> None:
    offices[sender].lay_down("1.00")
    offices[sender].send(offices[receiver])
    assert offices[receiver].value() is None
    assert offices[receiver].values.all() == []


def test_looking_at_a_package_takes_nothing(offices: dict[str, Office], tmp_path: Path) -> None:
    city, district = offices["370100"], offices["370102"]
    city.send(district)  # which enrols it
    city.lay_down("1503.40")
    city.packages.export(tmp_path / "p.xlsx", everything=True, unlocked="测试")
    seen = district.packages.inspect(tmp_path / "p.xlsx")
    assert "将采用上级下发的政策参数 1 项" in [sentence.read() for sentence in seen.sentences()]
    assert district.values.all() == []
    district.packages.merge(tmp_path / "p.xlsx")
    assert district.packages.inspect(tmp_path / "p.xlsx").handed_down.taken == 0


def test_what_was_destroyed_is_told_in_the_package_so_that_nobody_waits(
    offices: dict[str, Office], clock: Clock
) -> None:
    district, street = offices["370102"], offices["370102001"]
    gone = ended(street.hall, "06A")
    destroyed(street.hall, clock, gone)
    later = street.hall.enter("06A")
    report = street.send(district)
    assert (report.received.new, report.received.waiting, report.received.gaps) == (1, 0, ())
    assert alike(street.hall, district.hall, later)
