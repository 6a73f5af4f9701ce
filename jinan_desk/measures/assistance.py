"""For how long people in hardship are assisted: the term of 12A and 12B, and the claimed months inside it.

The term is three years; for whoever was recognised less than five years before retirement it ends on the eve of
retirement. A three-year end in 2020 moves on by a year, not past retirement, for whoever has no steady work yet.
"""

from __future__ import annotations

from datetime import MAXYEAR, date
from typing import NamedTuple

from jinan_desk.core.basis import Basis, circular, law
from jinan_desk.core.check import check
from jinan_desk.core.claim import MonthAgainst, claimed_from
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.dates import Month, end_of_term, month_of, plus_days, plus_months, plus_years
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Choice, Count, Day, Flag
from jinan_desk.core.retirement import RETIREMENT_CLASSES, day_of_class, retirement_day
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import RETIREMENT_AGE

PROLONGED = circular(
    "对2020年1月1日至12月31日从事公益性岗位政策期满仍未实现稳定就业的，以及就业困难人员享受灵活就业社会保险补贴政策期满"
    "仍未实现稳定就业的，政策享受期限延长1年"
)
TERM = law(N_("山东省就业促进条例第四十六条：期限最长不超过3年"), "阶段性延长就业援助政策")
TO_RETIREMENT = law(N_("山东省就业促进条例第四十六条：距法定退休年龄不足5年的可延长至退休"), TERM.quote)
SUPPORT_YEARS = policy("support_years", N_("援助政策期限"), Count(), 3, unit=N_("年"), basis=TERM)
NEAR_RETIREMENT_YEARS = policy(
    "near_retirement_years", N_("距法定退休年龄不足"), Count(), 5, unit=N_("年"), basis=TO_RETIREMENT
)
PROLONGED_FIRST_DAY = policy("prolonged_first_day", N_("期满可延长首日"), Day(), "2020-01-01", basis=PROLONGED)
PROLONGED_LAST_DAY = policy("prolonged_last_day", N_("期满可延长末日"), Day(), "2020-12-31", basis=PROLONGED)
EXTRA_YEARS = policy(
    "prolonged_years", N_("期满延长"), Count(), 1, unit=N_("年"), since=date(2020, 1, 1), basis=PROLONGED
)
TERM_PARAMETERS = (
    SUPPORT_YEARS, NEAR_RETIREMENT_YEARS, PROLONGED_FIRST_DAY, PROLONGED_LAST_DAY, EXTRA_YEARS, RETIREMENT_AGE,
)

CATEGORY = Field(
    "category",
    Choice(
        (
            ("zero_employment_family", N_("零就业家庭成员")),
            ("poor_household", N_("建档立卡适龄贫困劳动力")),
            ("age_40_50", N_("“4050”人员")),
            ("disabled", N_("残疾人")),
            ("minimum_living", N_("低保家庭成员")),
            ("long_unemployed", N_("连续失业一年以上人员")),
            ("landless", N_("失地人员")),
            ("single_parent", N_("单亲抚养未成年人的人员")),
            ("other", N_("其他就业困难人员")),
        )
    ),
    N_("困难类别"), required=False, help=N_("就业困难人员认定的类别"),
)
RECOGNISED_ON = Field("recognised_on", Day(), N_("认定日期"), help=N_("认定为就业困难人员的日期"))
NOT_STABLY_EMPLOYED = Field(
    "not_stably_employed", Flag(), N_("期满仍未稳定就业"), help=N_("政策在 2020 年期满的才需要填写")
)

# Where the term ends ------------------------------------------------------------------------------------------------


class End(NamedTuple):
    """The last day of the policy, and why it is that one."""

    day: date
    why: Basis


def ends_of_term(started_on: date, unsettled: bool | None, eve: date, values: Values) -> list[End]:
    """The end of the three years, moved on where that is due, to the eve of retirement at most.

    Both, the earlier first, where it is unknown whether the person is `unsettled`, which is to have no steady work yet,
    or by how much the end moves on.
    """
    end = End(end_of_term(started_on, 12 * values[SUPPORT_YEARS]), TERM)
    if unsettled is False or not values[PROLONGED_FIRST_DAY] <= end.day <= values[PROLONGED_LAST_DAY]:
        return [end]
    later = max(end, End(moved_on(end.day, eve, values), PROLONGED), key=lambda end: end.day)
    return [later] if unsettled and is_told_how_far(values) else [end, later]


def moved_on(end: date, eve: date, values: Values) -> date:
    """To where an end moves on, retirement permitting: as far as that as long as no number of years is in force."""
    return min(plus_years(end, values[EXTRA_YEARS]), eve) if is_told_how_far(values) else eve


def is_told_how_far(values: Values) -> bool:
    """Whether a number of years to move on is in force."""
    return values.has(EXTRA_YEARS, values.day)


def is_near(retirement: date, recognised_on: date, values: Values) -> bool:
    """Whether somebody was recognised less than so many years before retirement that the term lasts until then."""
    return retirement < plus_years(recognised_on, values[NEAR_RETIREMENT_YEARS])


def note_end(work: Worksheet) -> None:
    """Note the term's end where it is one day."""
    person, values = work.facts, work.values
    if person.lacking("id_number", "retirement_class", "recognised_on", "started_on"):
        return
    retirement = retirement_day(person, values, RETIREMENT_AGE)
    ends = [End(plus_days(retirement, -1), TO_RETIREMENT)]
    if not is_near(retirement, person.recognised_on, values):
        ends = ends_of_term(person.started_on, person.get("not_stably_employed"), ends[0].day, values)
    if len(ends) == 1:
        work.note(N_("政策期满日"), ends[0].day, Day(), by=ends[0].why)


# The months in which it may end -------------------------------------------------------------------------------------

_FIRST, _LAST = Month(1, 1), Month(MAXYEAR, 12)


class Months(NamedTuple):
    """Months first..last, of which one is meant; which one is not known."""

    first: Month
    last: Month

    def meets(self, first: Month, last: Month) -> bool:
        """Whether it may be one of first..last."""
        return max(self.first, first) <= min(self.last, last)


def last_claimed(person: Facts) -> Months:
    """The last month of the claim, which does not begin before the start."""
    ends = person.get("to_month")
    if ends is not None:
        return Months(ends, ends)
    begins, started_on = person.get("from_month"), person.get("started_on")
    if begins is None:
        begins = _FIRST if started_on is None else month_of(started_on)
    return Months(begins, _LAST)


def latest_start(person: Facts) -> date | None:
    """The last day on which the term may have begun, as far as the claimed months tell."""
    claimed = person.get("from_month") or person.get("to_month")
    return None if claimed is None else plus_days(claimed.plus(1).first_day, -1)


class Term(NamedTuple):
    """The months in which a term of years may end: `ends`, and `moved` those to which it may be moved on (None: it is
    not, or it is known whether it is)."""

    ends: Months
    moved: Months | None


def term_of_years(person: Facts, values: Values, eve: date) -> Term:
    """Whenever it began, if that is not known."""
    started_on, unsettled = person.get("started_on"), person.get("not_stably_employed")
    if started_on is not None:
        months = [month_of(end.day) for end in ends_of_term(started_on, unsettled, eve, values)]
        return Term(Months(months[0], months[-1]), Months(months[0].plus(1), months[-1]) if months[1:] else None)
    last_start = latest_start(person)
    of_last_moved = plus_months(plus_days(values[PROLONGED_LAST_DAY], 1), -12 * values[SUPPORT_YEARS])
    starts = [of_last_moved] if last_start is None else [min(last_start, of_last_moved), last_start]
    latest = [ends_of_term(start, unsettled, eve, values) for start in starts]
    last = _LAST if last_start is None else month_of(max(end.day for ends in latest for end in ends))
    if not latest[0][1:]:
        return Term(Months(_FIRST, last), None)
    first_moved = month_of(values[PROLONGED_FIRST_DAY]).plus(1)
    return Term(Months(_FIRST, last), Months(first_moved, month_of(moved_on(latest[0][0].day, eve, values))))


class Possible(NamedTuple):
    """The months in which the term may end: at retirement, or after the years. None: not so."""

    at_retirement: Months | None
    after_years: Term | None

    @property
    def ends(self) -> Months:
        """All of them."""
        after_years = self.after_years.ends if self.after_years is not None else None
        both = [months for months in (self.at_retirement, after_years) if months is not None]
        return Months(min(months.first for months in both), max(months.last for months in both))


def possible_ends(person: Facts, values: Values, retirement: date | None) -> Possible:
    """As far as it is known when the person retires, and was recognised."""
    recognised_on = person.get("recognised_on")
    if retirement is None:
        near = plus_years(recognised_on, values[NEAR_RETIREMENT_YEARS]) if recognised_on is not None else date.max
        return Possible(Months(_FIRST, month_of(plus_days(near, -2))), term_of_years(person, values, date.max))
    eve = plus_days(retirement, -1)
    at_retirement = Months(month_of(eve), month_of(eve))
    if recognised_on is None:
        return Possible(at_retirement, term_of_years(person, values, eve))
    if is_near(retirement, recognised_on, values):
        return Possible(at_retirement, None)
    return Possible(None, term_of_years(person, values, eve))


# What it decides ----------------------------------------------------------------------------------------------------


class EndedBeforeStart:
    """A term that was over before it began: there is no month to claim."""

    __slots__ = ("end", "exact", "holds", "start")

    def __init__(self, start: Month, end: Month) -> None:
        self.start, self.end = start, end
        self.holds = self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"start": self.start, "end": self.end}
        return Sentence(N_("自 {start} 起享受，政策在 {end} 已经期满，没有可申领的月份"), **gaps)


@check("months_from_start", N_("申领月份不早于上岗（就业）"), basis=TERM)
def months_follow_start(person: Facts, values: Values) -> MonthAgainst:  # noqa: ARG001
    """No month is claimed before that of the start."""
    start = person.get("started_on")
    first = None if start is None else month_of(start)
    return claimed_from(person, first, what=N_("起始月"), waiting="started_on")


@check("months_until_end", N_("申领月份在政策期限内"), basis=PROLONGED)
def months_precede_end(person: Facts, values: Values) -> MonthAgainst | EndedBeforeStart:
    """Decided where every end that is possible decides it the same way; else each class of retirement is tried."""
    possible, *others = {possible_ends(person, values, day) for day in possible_retirements(person, values)}
    if others:
        raise Unknown(*person.lacking("retirement_class"))
    claimed = last_claimed(person)
    earliest, latest = possible.ends
    if claimed.first > latest:
        if person.get("from_month") is None and person.get("to_month") is None:
            return EndedBeforeStart(claimed.first, latest)
        what = N_("政策期满月") if earliest == latest else N_("最晚的政策期满月")
        return MonthAgainst(claimed.first, latest, what=what, until=True)
    if claimed.last <= earliest:
        return MonthAgainst(claimed.last, earliest, what=N_("政策期满月"), until=True)
    retirement = ("id_number", "retirement_class") if person.get("id_number") is None else ()
    raise Unknown(*person.lacking("to_month", *retirement), *what_end_lacks(person, values, possible))


def possible_retirements(person: Facts, values: Values) -> list[date | None]:
    """The day of retirement, one for each class while that is unknown. None: it may be any."""
    id_number, known = person.get("id_number"), person.get("retirement_class")
    if id_number is None:
        return [None]
    words = [word for word, _ in RETIREMENT_CLASSES if known in (None, word)]
    try:
        return [day_of_class(id_number, word, values, RETIREMENT_AGE) for word in words]
    except Unknown as unknown:
        raise Unknown(*unknown.keys, *person.lacking("retirement_class")) from None


def what_end_lacks(person: Facts, values: Values, possible: Possible) -> tuple[str, ...]:
    """What is unknown and, beside retirement, still tells whether the claim ends in time: nothing where the term ends
    in one month whatever that is.
    """
    term = possible.after_years
    if term is None or possible.ends.first == possible.ends.last:
        return ()
    lacking = person.lacking("started_on", "recognised_on")
    if term.moved is None or not last_claimed(person).meets(*term.moved):
        return lacking
    how_far = () if is_told_how_far(values) else (f"parameter:{EXTRA_YEARS.key}",)
    return (*lacking, *person.lacking("not_stably_employed"), *how_far)
