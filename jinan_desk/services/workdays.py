"""Working days as this office counts them: the shipped calendar, and what was imported for the years since.

An import says where it comes from, counts at once, and is never taken back: a later one may say otherwise of its days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinan_desk.core.role import KEEPS
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workday import SATURDAY, Calendar
from jinan_desk.errors import DeskError
from jinan_desk.services.roles import demand
from jinan_desk.store import Store

if TYPE_CHECKING:
    from jinan_desk.exchange.workdays import Arrangement

_SETTING = "workdays"
LONGEST_SOURCE = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file arranges; nothing is changed yet. `worked` are the days, and whether they are worked."""

    arrangements: tuple[Arrangement, ...]
    worked: Mapping[date, bool]

    def sentences(self) -> Iterator[Sentence]:
        """A line an arrangement."""
        for one in self.arrangements:
            words = N_("{first} 至 {last}　{what}　{name}") if one.last > one.first else N_("{first}　{what}　{name}")
            what = Sentence(N_("上班") if one.worked else N_("放假"))
            yield Sentence(words, first=one.first.isoformat(), last=one.last.isoformat(), what=what, name=one.name)


@dataclass(frozen=True, slots=True)
class Import:
    """Days that were imported: when (UTC), by whom, and the notice (文号) that they come from."""

    at: str
    account: str
    source: str
    worked: Mapping[date, bool]

    def sentence(self) -> Sentence:
        off = sum(not worked for worked in self.worked.values())
        return Sentence(
            N_("{source}：放假 {off} 天，上班 {worked} 天（{account}）"),
            source=self.source, off=off, worked=len(self.worked) - off, account=self.account,
        )


@dataclass(frozen=True, slots=True)
class Year:
    """What a year is known for: how many days off that are no weekend, and the weekend days that are worked."""

    year: int
    off: int
    worked: tuple[date, ...]

    def sentence(self) -> Sentence:
        if not self.off:
            return Sentence(N_("{year} 年的节假日安排尚未导入，时限按普通周末计算"), year=self.year)
        days = listed([f"{day.month}-{day.day}" for day in self.worked])
        words = N_("{year} 年：周末以外放假 {off} 天；调休上班 {days}")
        return Sentence(words, year=self.year, off=self.off, days=days if self.worked else "—")


def office_calendar(store: Store, shipped: Calendar) -> Calendar:
    """The calendar that the office counts by."""
    for one in _imports(store):
        shipped = shipped.with_days(one.worked)
    return shipped


class Workdays:
    """The calendar of one office. `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(self, store: Store, shipped: Calendar, *, account: str, now: Callable[[], str]) -> None:
        self._store = store
        self._shipped = shipped
        self._account = account
        self._now = now

    def calendar(self) -> Calendar:
        """What the office counts by now."""
        return office_calendar(self._store, self._shipped)

    def imports(self) -> list[Import]:
        """What was imported, the last first."""
        return list(reversed(list(_imports(self._store))))

    def year(self, year: int) -> Year:
        """What is known of a year."""
        calendar = self.calendar()
        off = [day for day in calendar.days_off if day.year == year and day.weekday() < SATURDAY]
        return Year(year, len(off), tuple(sorted(day for day in calendar.make_up_days if day.year == year)))

    def inspect(self, path: Path) -> Plan:
        """What the file would arrange. Raises ArrangementError with every place that is wrong, and DeskError where the
        file cannot be read."""
        from jinan_desk.exchange.workdays import ArrangementError, read_arrangements

        arrangements = read_arrangements(path)
        calendar = self.calendar()
        worked: dict[date, bool] = {}
        wrong: list[Sentence] = []
        for one in arrangements:
            days = [one.first + timedelta(days=number) for number in range((one.last - one.first).days + 1)]
            for day in days:
                if worked.setdefault(day, one.worked) is not one.worked:
                    words = N_("第 {row} 行：{day} 在前面的行里是另一种安排")
                    wrong.append(Sentence(words, row=one.row, day=day.isoformat()))
            if one.worked and all(day not in calendar.days_off and day.weekday() < SATURDAY for day in days):
                words = N_("第 {row} 行：{day} 本来就是工作日，请核对日期")
                wrong.append(Sentence(words, row=one.row, day=one.first.isoformat()))
        if wrong:
            raise ArrangementError(wrong)
        return Plan(arrangements, worked)

    def take(self, plan: Plan, source: str) -> Import:
        """Let the days of a plan count from now on. Raises DeskError without a source, or for who may not."""
        demand(self._store, self._account, KEEPS)
        if not source.strip() or not source.isprintable() or len(source) > LONGEST_SOURCE:
            words = N_("请写明依据的通知（例如 国办发明电〔2019〕16号），不超过 {most} 个字")
            raise DeskError(Sentence(words, most=LONGEST_SOURCE))
        taken = Import(self._now(), self._account, source.strip(), plan.worked)
        kept = {
            "at": taken.at, "account": taken.account, "source": taken.source,
            "worked": {day.isoformat(): worked for day, worked in sorted(plan.worked.items())},
        }  # fmt: skip
        with self._store.transaction():
            self._store.settings.put(_SETTING, [*self._store.settings.get(_SETTING, []), kept])
        return taken


def _imports(store: Store) -> Iterator[Import]:
    kept: list[dict[str, Any]] = store.settings.get(_SETTING, [])
    for one in kept:
        worked = {date.fromisoformat(day): is_worked for day, is_worked in one["worked"].items()}
        yield Import(one["at"], one["account"], one["source"], worked)
