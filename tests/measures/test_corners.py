"""Corners of the catalogue: limits met and missed by one, halves that decide, what unknown facts can still change.

Each case changes an example of its programme, in the case or in the only row of its roster, and says what that must
come to by the catalogue's words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from jinan_desk.core.field import ROSTER
from jinan_desk.core.money import yuan
from jinan_desk.measures import find
from tests.measures.asking import ask, read

NOTHING: Mapping[str, Any] = MappingProxyType({})
ELIGIBLE, INELIGIBLE, INCOMPLETE = "eligible", "ineligible", "incomplete"


class Corner(NamedTuple):
    """`case` and `row` replace facts of the programme's first example; `also` are further rows, changed likewise."""

    code: str
    note: str
    outcome: str
    amount: str | None
    case: Mapping[str, Any] = NOTHING
    row: Mapping[str, Any] = NOTHING
    also: tuple[Mapping[str, Any], ...] = ()
    on: str = ""
    parameters: Mapping[str, Any] = NOTHING
    missing: tuple[str, ...] = ()
    is_all: bool = False


def yes(code: str, note: str, amount: str | None, **more: Any) -> Corner:
    return Corner(code, note, ELIGIBLE, amount, **more)


def no(code: str, note: str, **more: Any) -> Corner:
    return Corner(code, note, INELIGIBLE, "0.00", **more)


def open_(code: str, note: str, *missing: str, **more: Any) -> Corner:
    return Corner(code, note, INCOMPLETE, None, missing=missing, **more)


def exactly(code: str, note: str, *missing: str, **more: Any) -> Corner:
    """`missing` names what could still change the answer, and nothing else."""
    return Corner(code, note, INCOMPLETE, None, missing=missing, is_all=True, **more)


def first(*keys: str) -> tuple[str, ...]:
    return tuple(f"{ROSTER}[0].{key}" for key in keys)


CORNERS = [
    # 02A: 200 a day inside 2020-01-24..2020-02-09
    yes("02A", "the last day counts, whenever duty ended", "200.00", row={"duty_from": "2020-02-09", "duty_to": None}),
    yes("02A", "the first day counts, whenever duty began", "200.00", row={"duty_from": None, "duty_to": "2020-01-24"}),
    no("02A", "duty after the festival, its end unknown", row={"duty_from": "2020-02-10", "duty_to": None}),
    no("02A", "no day on duty, whatever the period", row={"duty_from": None, "duty_to": None, "duty_days": 0}),
    yes("02A", "more days than the festival has", "3400.00", row={"duty_days": 30}),
    yes("02A", "one day of an unknown number", "200.00", row={"duty_to": None, "duty_days": 1}),
    open_("02A", "how many days is unknown", *first("duty_to"), row={"duty_to": None}),
    no("02A", "granted above the cap already", case={"already_granted": "500000.01"}),
    open_("02A", "no roster", ROSTER, case={ROSTER: None}),
    no("02A", "no roster, but not on the list", case={ROSTER: None, "on_key_supplies_list": False}),
    no("02A", "an empty roster, production unknown", case={ROSTER: [], "produced_in_window": None}),
    no("02A", "every row fails, production unknown", case={"produced_in_window": None}, row={"insured": False}),
    open_(
        "02A", "an open row although the other reaches the cap", f"{ROSTER}[1].insured",
        case={"already_granted": "499800.00"}, also=({"id_number": "370102199211053229", "insured": None},),
    ),
    no("02A", "the later of a pair fails although the earlier did", row={"insured": False}, also=({},)),
    # 02B
    no("02B", "a day after the month", row={"hired_on": "2020-03-11"}),
    yes("02B", "the first day, asked for on it", "1000.00", row={"hired_on": "2020-02-10"}, on="2020-02-10"),
    no("02B", "a day before it", row={"hired_on": "2020-02-09"}),
    yes("02B", "a year to the end of February", "1000.00",
        row={"contract_start": "2020-03-01", "contract_end": "2021-02-28"}),
    open_("02B", "nobody unnamed is paid", *first("id_number"), row={"id_number": None}),
    no("02B", "unnamed, but refused anyway", row={"id_number": None, "prior_record": True}),
    open_("02B", "before the window opened there is no amount", "parameter:hiring_grant", on="2020-02-09"),
    yes("02B", "a contract without a real end", "1000.00", row={"contract_end": "9999-12-31"}),
    # 02C
    no("02C", "introduced a day too early", row={"introduced_on": "2020-02-03"}),
    yes("02C", "on the last day", "300.00", row={"introduced_on": "2020-05-04"}),
    no("02C", "a day after it", row={"introduced_on": "2020-05-05"}),
    yes("02C", "asked for on the first day", "300.00", row={"introduced_on": "2020-02-04"}, on="2020-02-04"),
    yes("02C", "any category, since a certificate is there", "300.00",
        row={"category": None, "certificate_no": "1915001234300567"}),
    open_("02C", "skilled or not, no certificate", *first("category", "certificate_no"), row={"category": None}),
    open_("02C", "a blank certificate is unknown", *first("certificate_no"),
          row={"category": "skilled", "certificate_no": "  "}),
    # 06A, 06B
    yes("06A", "no premium, whatever the category", "0.00", case={"premium_paid": "0.00", "category": None}),
    exactly("06A", "the premium, where every category has one share", "premium_paid",
            case={"premium_paid": None, "category": None},
            parameters={"refund_share_key_project": "50", "refund_share_capacity_cut": "50"}),
    open_("06A", "premium and category", "premium_paid", "category", case={"premium_paid": None, "category": None}),
    no("06A", "seven of thirty", case={"year_end_headcount": 30, "dismissed": 7}),
    no("06A", "six of 29", case={"year_end_headcount": 29, "dismissed": 6}),
    no("06A", "a hair above 5.5 %", case={"year_end_headcount": 18181, "dismissed": 1000}),
    no("06A", "the limit itself where a notice says below",
       case={"year_end_headcount": 200, "dismissed": 11}, parameters={"layoff_comparison": "below"}),
    yes("06A", "nobody dismissed, whatever the headcount", "79200.00",
        case={"year_end_headcount": None, "dismissed": 0}),
    yes("06A", "nobody of thirty, below the limit of a small firm", "79200.00", case={
        "year_end_headcount": 30, "dismissed": 0}, parameters={"layoff_comparison": "below", "layoff_limit": "0"}),
    no("06A", "nobody of 31, but none is not below none", case={
        "year_end_headcount": 31, "dismissed": 0}, parameters={"layoff_comparison": "below", "layoff_limit": "0"}),
    exactly("06A", "five of an unknown number", "year_end_headcount",
            case={"year_end_headcount": None, "dismissed": 5}),
    exactly("06A", "nobody of few or many, where only few may", "year_end_headcount", case={
        "year_end_headcount": None, "dismissed": 0}, parameters={"layoff_comparison": "below", "layoff_limit": "0"}),
    yes("06B", "nobody insured, whatever the benefit", "0.00", case={"insured_headcount": 0}),
    no("06B", "a day before the year", on="2019-12-31"),
    yes("06B", "the first day", "793795.20", on="2020-01-01"),
    no("06B", "too many dismissed", case={"dismissed": 6}),
    open_("06B", "all that is wanted at once", "insured_headcount", "parameter:average_unemployment_benefit",
          case={"insured_headcount": None}, parameters={"average_unemployment_benefit": None}),
    # 07A, 07B: months 2019-05..2021-04 and 2020-03..2020-12
    yes("07A", "the first month alone", "9375.00", case={"from_month": None, "to_month": "2019-05"}),
    no("07A", "over before the window", case={"from_month": None, "to_month": "2019-04"}),
    no("07A", "begins after the window", case={"from_month": "2021-05", "to_month": None}),
    open_("07A", "may or may not reach the window", "to_month", case={"from_month": "2019-04", "to_month": None}),
    exactly("07A", "a base of nothing, but perhaps no month", "to_month",
            case={"wage_base": "0.00", "from_month": "2019-04", "to_month": None}),
    exactly("07A", "or no month known at all", "from_month", "to_month",
            case={"wage_base": "0.00", "from_month": None, "to_month": None}),
    exactly("07A", "no rate before, so the later one is not asked for", "wage_base",
            case={"wage_base": None, "injury_rate_before": "0", "injury_rate_after": None}),
    yes("07A", "a fen at least, and at most", "0.01", case={
        "wage_base": "2.00", "injury_rate_before": "0.1", "injury_rate_after": None, "from_month": "2020-05",
        "to_month": "2020-05"}),
    yes("07A", "nothing to save on nothing", "0.00", case={"wage_base": "0.00", "injury_rate_before": None}),
    # catalogue 3 of the injury rates: "after ≤ before"
    yes("07A", "no rate before, so none after", "30000.00", case={"injury_rate_before": "0", "injury_rate_after": None}),
    open_("07A", "a rate before, the later one unknown", "injury_rate_after", case={"injury_rate_after": None}),
    yes("07A", "a base so small that neither the first month nor the later rate makes a fen", "0.00", case={
        "wage_base": "0.04", "injury_rate_before": "0.4", "injury_rate_after": None, "from_month": None,
        "to_month": "2020-03"}),
    exactly("07A", "a base for which they may", "injury_rate_after", "from_month", case={
        "wage_base": "0.08", "injury_rate_before": "0.4", "injury_rate_after": None, "from_month": None,
        "to_month": "2020-03"}),
    exactly("07A", "a rate before without an upper bound", "injury_rate_before", case={
        "wage_base": "0.01", "injury_rate_before": None, "injury_rate_after": "0"}),
    exactly("07A", "rates and parameter at once", "injury_rate_before", "injury_rate_after",
            "parameter:unemployment_rate_employer", on="2019-04-30",
            case={"injury_rate_before": None, "injury_rate_after": None}),
    yes("07B", "the last month, the end unknown", "3865.12", case={"from_month": "2020-12", "to_month": None}),
    open_("07B", "the point is not known before it falls", "parameter:medical_reduction", on="2020-02-29"),
    yes("07B", "a fen for one month, and for two", "0.01", case={
        "wage_base": "0.60", "from_month": "2020-11", "to_month": None}),
    exactly("07B", "a fen for one month, two for two", "to_month", case={
        "wage_base": "0.80", "from_month": "2020-11", "to_month": None}),
    # 08A
    yes("08A", "January does not count", "34200.00", case={"from_month": "2020-01", "to_month": "2020-02"}),
    no("08A", "July, a day before the relief is prolonged", on="2020-06-21",
       case={"from_month": "2020-07", "to_month": "2020-12"}),
    yes("08A", "July to December once it is prolonged", "205200.00", on="2020-06-22",
        case={"from_month": "2020-07", "to_month": "2020-12"}),
    yes("08A", "large, five months at half", "85500.00", on="2020-06-22", case={"size_class": "large"}),
    no("08A", "no month left, whatever the size", case={"size_class": None, "from_month": "2021-01", "to_month": "2021-02"}),
    open_("08A", "July is for all but the large", "size_class", on="2020-06-22",
          case={"size_class": None, "from_month": "2020-07", "to_month": "2020-12"}),
    yes("08A", "299 are medium at most in other industries", "171000.00",
        case={"size_class": None, "industry": "other", "employees": 299}),
    yes("08A", "one bound of two is missed by a hair", "171000.00",
        case={"size_class": None, "industry": "industry", "employees": 1000, "revenue_wan": "39999.99"}),
    yes("08A", "large only if all bounds are met", "171000.00",
        case={"size_class": None, "industry": "construction", "assets_wan": "79999"}),
    open_("08A", "any industry may be large", "size_class", "industry", case={"size_class": None, "employees": 5}),
    yes("08A", "the assigned class wins", "171000.00", case={"industry": "other", "employees": 9000}),
    open_("08A", "no amount before the relief begins", "parameter:relief_share", on="2020-01-31"),
    exactly("08A", "rate and parameters at once", "injury_rate", "parameter:relief_share",
            "parameter:pension_rate_employer", "parameter:unemployment_rate_employer", on="2019-04-30",
            case={"injury_rate": None}),
    # 09A
    yes("09A", "thirty, but no enterprise", "3060.00", case={
        "is_enterprise": False, "employees": 30, "disabled_employed": 0, "average_wage": "68000.00"}),
    open_("09A", "thirty, perhaps an enterprise", "is_enterprise",
          case={"is_enterprise": None, "employees": 30, "disabled_employed": 0}),
    yes("09A", "thirty and a little more, an enterprise or not", "4501.50",
        case={"is_enterprise": None, "employees": "30.01", "disabled_employed": 0}),
    yes("09A", "a hundredth, met by fractions", "62625.00", case={"employees": "250.5", "disabled_employed": "2.505"}),
    yes("09A", "the wage is capped at twice the average", "44000.00", parameters={"social_average_wage": "40000.00"}),
    yes("09A", "the last year", "55000.00", case={"payable_year": 2022}),
    no("09A", "the year before the first", case={"payable_year": 2019, "employees": None}),
    yes("09A", "rounded once, on what is saved", "1233.55",
        case={"employees": 41, "disabled_employed": 0, "average_wage": "20057.77"}),
    exactly("09A", "staff unknown, so perhaps thirty", "employees", "is_enterprise",
            case={"employees": None, "is_enterprise": None, "disabled_employed": "0.449"}),
    exactly("09A", "staff unknown, but thirty would lack nobody", "employees",
            case={"employees": None, "is_enterprise": None, "disabled_employed": "0.45"}),
    exactly("09A", "thirty, and nothing else", "is_enterprise", "disabled_employed",
            case={"is_enterprise": None, "employees": 30, "disabled_employed": None}),
    exactly("09A", "more than thirty, and nothing else", "disabled_employed",
            case={"is_enterprise": None, "employees": 31, "disabled_employed": None}),
    yes("09A", "thirty that lack nobody, an enterprise or not", "0.00",
        case={"is_enterprise": None, "employees": 30, "disabled_employed": "0.45"}),
    yes("09A", "a fen a year for each of a hundred, however many are disabled", "0.00",
        case={"employees": 100, "disabled_employed": None, "average_wage": "0.01"}),
    exactly("09A", "two fen", "disabled_employed",
            case={"employees": 100, "disabled_employed": None, "average_wage": "0.02"}),
    yes("09A", "no wage counts above twice nothing", "0.00", case={"average_wage": None},
        parameters={"social_average_wage": "0.00"}),
    exactly("09A", "no wage counts above twice something", "average_wage", case={"average_wage": None},
            parameters={"social_average_wage": "1.00"}),
    yes("09A", "nobody lacking, before the grades are known", "0.00", on="2019-12-31",
        case={"disabled_employed": "7.5"}),
    exactly("09A", "somebody lacking, before the grades are known", "employees", "is_enterprise",
            "parameter:levy_exempt_headcount", "parameter:levy_tier_ratio", "parameter:levy_payable_half",
            "parameter:levy_payable_upper", on="2019-12-31", case={"employees": None, "is_enterprise": None}),
    exactly("09A", "perhaps nobody lacking, before the grades are known", "disabled_employed",
            "parameter:levy_exempt_headcount", "parameter:levy_tier_ratio", "parameter:levy_payable_half",
            "parameter:levy_payable_upper", on="2019-12-31", case={"disabled_employed": None}),
    yes("09A", "one in a hundred of thirty: a fen for an enterprise, and for another", "0.01", case={
        "is_enterprise": None, "employees": 30, "disabled_employed": "0.3", "average_wage": "0.07"}),
    exactly("09A", "a fen for an enterprise of thirty without anybody disabled", "disabled_employed",
            case={"employees": 30, "disabled_employed": None, "average_wage": "0.02"}),
    yes("09A", "none for another, however many are", "0.00", case={
        "is_enterprise": False, "employees": 30, "disabled_employed": None, "average_wage": "0.02"}),
    # 09B
    no("09B", "as high as now", case={"requested_rate": "12"}),
    no("09B", "too low whatever the present rate", case={"requested_rate": "4.99", "current_rate": None}),
    no("09B", "the lowest now, whatever is asked for", case={"requested_rate": None, "current_rate": "5"}),
    open_("09B", "to lower or to defer", "kind", "requested_rate", case={"kind": None, "requested_rate": None}),
    open_("09B", "to lower fails, to defer would do", "kind", case={"kind": None, "requested_rate": "13"}),
    no("09B", "large, whatever else", case={"size_class": "large", "kind": None, "months": None}),
    yes("09B", "to defer asks for no rate", "604800.00", case={"kind": "defer", "requested_rate": "99"}),
    # 10A
    no("10A", "a day after 24 months", row={"graduated_on": "2018-02-16"}),
    no("10A", "hired before graduation", row={"graduated_on": "2020-02-18"}),
    yes("10A", "24 months from a leap day", "6248.40", row={
        "graduated_on": "2020-02-29", "contract_start": "2022-02-28", "contract_end": "2023-02-27",
        "from_month": "2022-03", "to_month": "2022-03"}),
    no("10A", "twelve months enjoyed, the claim unknown",
       row={"months_enjoyed": 12, "from_month": None, "to_month": None}),
    yes("10A", "the month in which the contract ends", "6248.40", row={
        "contract_end": "2021-02-16", "from_month": "2021-02", "to_month": "2021-02"}),
    yes("10A", "eleven months enjoyed, and one more", "6248.40",
        row={"months_enjoyed": 11, "from_month": "2020-03", "to_month": "2020-03"}),
    no("10A", "a month after it", row={"contract_end": "2021-02-16", "from_month": "2021-03", "to_month": None}),
    no("10A", "over before the contract began", row={"from_month": None, "to_month": "2020-01"}),
    no("10A", "claimed before graduation, and no contract begins before it",
       row={"contract_start": None, "from_month": "2019-05"}),
    open_("10A", "claimed from the month of graduation", *first("contract_start"),
          row={"contract_start": None, "from_month": "2019-06", "to_month": "2019-08"}),
    no("10A", "a day short of a year even from graduation", row={
        "contract_start": None, "contract_end": "2020-06-28", "from_month": "2020-03", "to_month": "2020-03"}),
    open_("10A", "a year if it began on the day of graduation", *first("contract_start"), row={
        "contract_start": None, "contract_end": "2020-06-29", "from_month": "2020-03", "to_month": "2020-03"}),
    open_("10A", "neither end of the contract", *first("contract_start", "contract_end"),
          row={"contract_start": None, "contract_end": None}),
    no("10A", "every row fails, the size unknown", case={"size_class": None}, row={"back_payment": True}),
    open_("10A", "small or medium", "size_class", "revenue_wan",
          case={"size_class": None, "industry": "software", "employees": 120}),
    # 10B
    no("10B", "employed a day after 24 months", case={"graduated_on": "2017-10-07"}),
    no("10B", "a month before flexible employment", case={"from_month": "2019-09"}),
    no("10B", "a month before graduation, whenever flexible employment began",
       case={"flexible_since": None, "from_month": "2019-05"}),
    exactly("10B", "neither the first month nor when it began", "from_month", "flexible_since",
            case={"from_month": None, "flexible_since": None}),
    no("10B", "all before graduation", case={"flexible_since": None, "from_month": None, "to_month": "2019-05"}),
    open_("10B", "the month of graduation", "flexible_since", case={"flexible_since": None, "from_month": "2019-06"}),
    yes("10B", "an office's own share", "3000.00", parameters={"flexible_share": "60"}),
    yes("10B", "two thirds of a fen", "0.01", case={"paid": "0.01"}),
    no("10B", "24 months enjoyed, the claim unknown", case={"months_enjoyed": 24, "to_month": None}),
    yes("10B", "months of which nothing is known to have been enjoyed", "3333.33", case={"months_enjoyed": None}),
    # 10C
    open_("10C", "June, if the contract lasts", *first("contract_end"),
          row={"subsidy_end": "2020-05-31", "contract_end": None}),
    no("10C", "the contract ends with the subsidy", row={"subsidy_end": "2020-05-31", "contract_end": "2020-05-31"}),
    no("10C", "the contract ends before any prolonged month", row={"subsidy_end": None, "contract_end": "2020-02-20"}),
    no("10C", "a medium enterprise", case={"size_class": "medium"}),
    yes("10C", "one month", "812.55", row={"subsidy_end": "2020-05-31"}),
    # 10D: 60 % of 1910 are 1146
    yes("10D", "months from 31 January begin on 29 February and 31 March", "2292.00",
        row={"started_on": "2020-01-31", "ended_on": "2020-03-30"}),
    yes("10D", "two months, and 27 days of the third", "3323.40", row={"ended_on": "2020-06-05"}),
    yes("10D", "thirty days are no month", "3438.00", row={"ended_on": "2020-06-08", "months_enjoyed": 10}),
    exactly("10D", "a youth, neither number nor first day", *first("id_number", "started_on"),
            row={"trainee": "youth", "id_number": None, "started_on": None}),
    exactly("10D", "a youth, no day known", *first("started_on", "ended_on"),
            row={"trainee": "youth", "id_number": "370114199503118536", "started_on": None, "ended_on": None}),
    exactly("10D", "a graduate, no day known", *first("started_on", "ended_on"),
            row={"started_on": None, "ended_on": None}),
    exactly("10D", "the eve of 25 leaves two months and some days", *first("started_on"), row={
        "trainee": "youth", "id_number": "370114199503118536", "started_on": None, "ended_on": "2020-06-08",
        "months_enjoyed": 10}),
    exactly("10D", "a graduate may be older", *first("started_on", "graduated_on"), row={
        "id_number": "370114199503118536", "graduated_on": None, "started_on": None, "ended_on": "2020-06-09",
        "months_enjoyed": 10}),
    yes("10D", "a month and two days", "1222.40", row={"ended_on": "2020-04-11"}),
    yes("10D", "ten days after twelve months enjoyed", "382.00", row={"ended_on": "2020-03-19", "months_enjoyed": 12}),
    no("10D", "thirteen enjoyed, whatever the dates", row={"ended_on": None, "months_enjoyed": 13}),
    yes("10D", "days after the twelfth month do not count against it", "14134.00",
        row={"started_on": "2020-01-01", "ended_on": "2021-01-10"}),
    yes("10D", "one wage for all tiers needs no district", "3600.00", case={"district": None},
        parameters={"minimum_wage": "2000.00"}),
    yes("10D", "graduate or youth, both may", "3438.00", row={"trainee": None}),
    open_("10D", "a youth, or a graduate too late", *first("trainee"),
          row={"trainee": None, "graduated_on": "2018-03-09"}),
    open_("10D", "neither kind nor number", *first("trainee", "id_number"), row={"trainee": None, "id_number": None}),
    # "incomplete only if something unknown could still change it" (1.5), of two checks together
    no("10D", "began at the latest two years after graduation, which leaves four months after nine", row={
        "graduated_on": "2018-02-10", "started_on": None, "ended_on": "2020-06-09", "months_enjoyed": 9}),
    open_("10D", "which leaves three", *first("started_on"), row={
        "graduated_on": "2018-03-10", "started_on": None, "ended_on": "2020-06-09", "months_enjoyed": 9}),
    no("10D", "began at the latest on the eve of 25, three months before the end, after ten", row={
        "trainee": "youth", "id_number": "370114199503118536", "started_on": None, "ended_on": "2020-06-09",
        "months_enjoyed": 10}),
    open_("10D", "after nine", *first("started_on"), row={
        "trainee": "youth", "id_number": "370114199503118536", "started_on": None, "ended_on": "2020-06-09",
        "months_enjoyed": 9}),
    no("10D", "graduate or youth, too long for both", row={
        "trainee": None, "id_number": "370114199503118536", "graduated_on": "2018-02-10", "started_on": None,
        "ended_on": "2020-06-09", "months_enjoyed": 10}),
    no("10D", "began a day before graduation", row={"graduated_on": "2020-03-11"}),
    no("10D", "over before graduation, whenever it began", row={"graduated_on": "2020-06-10", "started_on": None}),
    open_("10D", "over on the day of graduation", *first("started_on"),
          row={"graduated_on": "2020-06-09", "started_on": None}),
    no("10D", "not yet 16 when it was over", row={
        "trainee": "youth", "id_number": "370112200406105175", "started_on": None}),
    open_("10D", "16 on the day on which it was over", *first("started_on"), row={
        "trainee": "youth", "id_number": "370112200406095175", "started_on": None}),
    no("10D", "25 on 28 February, born on the 29th", row={
        "trainee": "youth", "id_number": "370112199602295175", "started_on": "2021-02-28", "ended_on": "2021-03-27"}),
    yes("10D", "24 on the 27th", "1146.00", row={
        "trainee": "youth", "id_number": "370112199602295175", "started_on": "2021-02-27", "ended_on": "2021-03-26"}),
    yes("10D", "days left over by the wage of their first day", "1188.00", row={
        "graduated_on": "2020-06-30", "started_on": "2021-09-01", "ended_on": "2021-10-01"}),
    open_("10D", "dates and district at once", *first("ended_on"), "district", case={"district": None},
          row={"ended_on": None}),
    exactly("10D", "no district where one wage holds for all", *first("ended_on"), case={"district": None},
            row={"ended_on": None}, parameters={"minimum_wage": "2000.00"}),
    # 12A
    yes("12A", "within the three years it does not matter whether work is steady", "8146.80", row={
        "started_on": "2017-07-01", "not_stably_employed": None}),
    no("12A", "past even the extra year", row={
        "started_on": "2017-05-01", "not_stably_employed": None, "from_month": "2021-05", "to_month": "2021-06"}),
    no("12A", "a three-year end on the last day of 2019", row={
        "started_on": "2017-01-01", "not_stably_employed": True}),
    yes("12A", "a three-year end on the last day of 2020", "8336.80", row={
        "recognised_on": "2014-01-01", "started_on": "2018-01-01", "not_stably_employed": True, "from_month": "2021-10",
        "to_month": "2021-12", "employer_paid": "2036.80"}),
    yes("12A", "a three-year end on the first day of 2020", "4326.80", row={
        "started_on": "2017-01-02", "not_stably_employed": True, "from_month": "2021-01", "to_month": "2021-01"}),
    yes("12A", "moved on from the first day on which that is law", "4326.80", on="2020-01-01", row={
        "started_on": "2017-05-01", "not_stably_employed": True, "from_month": "2021-04", "to_month": "2021-04"}),
    yes("12A", "retired before the three years ended, which are not cut", "4326.80", row={
        "id_number": "370102196009157351", "retirement_class": "men60", "recognised_on": "2015-09-15",
        "started_on": "2017-12-01", "not_stably_employed": True, "from_month": "2020-11", "to_month": "2020-11"}),
    no("12A", "a three-year end on the first day of 2021", row={
        "recognised_on": "2014-01-01", "started_on": "2018-01-02", "not_stably_employed": True, "from_month": "2021-02",
        "to_month": "2021-02"}),
    yes("12A", "the extra year stops at retirement: its month", "4326.80", row={
        "id_number": "370102196009157351", "retirement_class": "men60", "recognised_on": "2015-09-15",
        "started_on": "2017-05-01", "not_stably_employed": True, "from_month": "2020-09", "to_month": "2020-09"}),
    no("12A", "the extra year stops at retirement: a month later", row={
        "id_number": "370102196009157351", "retirement_class": "men60", "recognised_on": "2015-09-15",
        "started_on": "2017-05-01", "not_stably_employed": True, "from_month": "2020-10", "to_month": "2020-10"}),
    yes("12A", "three years are not cut at retirement", "4326.80", row={
        "id_number": "370102196009157351", "retirement_class": "men60", "recognised_on": "2015-09-15",
        "started_on": "2018-12-01", "from_month": "2021-09", "to_month": "2021-09"}),
    no("12A", "near retirement it ends the day before", row={
        "id_number": "370102196009017352", "retirement_class": "men60", "recognised_on": "2016-01-01",
        "started_on": "2018-12-01", "from_month": "2020-09", "to_month": "2020-09"}),
    yes("12A", "recognised whenever: both ends are later", "8146.80", row={"recognised_on": None}),
    yes("12A", "whatever the class", "8146.80", row={"retirement_class": None}),
    yes("12A", "an office's own rate, no district", "8416.80", case={"district": None},
        parameters={"public_post_rate": "2000.00"}),
    yes("12A", "the minimum wage overridden", "8416.80", case={"district": None}, parameters={"minimum_wage": "2000.00"}),
    yes("12A", "each month by its own wage", "6416.80", row={
        "started_on": "2020-01-06", "from_month": "2021-09", "to_month": "2021-10", "employer_paid": "2406.80"}),
    open_("12A", "what the post pays and what was paid", *first("to_month", "employer_paid"), "district",
          case={"district": None}, row={"to_month": None, "employer_paid": None}),
    no("12A", "the claim ends before the post begins", row={"from_month": None, "to_month": "2018-03"}),
    exactly("12A", "no district where one rate holds for all", *first("to_month"), case={"district": None},
            row={"to_month": None}, parameters={"public_post_rate": "2000.00"}),
    exactly("12A", "nor where one minimum wage does", *first("to_month"), case={"district": None},
            row={"to_month": None}, parameters={"minimum_wage": "2000.00"}),
    exactly("12A", "no roster, and the district", ROSTER, "district", case={"district": None, ROSTER: None}),
    yes("12A", "within three years that end in 2020, before it is known by how much they move on", "8146.80",
        on="2019-12-20", row={
            "started_on": "2017-05-01", "not_stably_employed": True, "from_month": "2019-10", "to_month": "2019-12"}),
    exactly("12A", "past them, before it is known", "parameter:prolonged_years", on="2019-12-20", row={
        "started_on": "2017-05-01", "not_stably_employed": True, "from_month": "2020-05", "to_month": "2020-07"}),
    # 12B
    open_("12B", "neither birth nor class", "id_number", "retirement_class",
          case={"id_number": None, "retirement_class": None}),
    open_("12B", "in force at 60 or 55, over at 50", "retirement_class", case={
        "recognised_on": "2017-01-01", "started_on": "2019-01-01", "retirement_class": None, "from_month": "2021-09",
        "to_month": "2021-10"}),
    no("12B", "past the three years, and past any retirement that is near enough", case={
        "id_number": None, "recognised_on": "2015-02-01", "from_month": "2021-07", "to_month": "2021-07"}),
    open_("12B", "the last month in which a retirement may be near enough", "id_number", case={
        "id_number": None, "recognised_on": "2018-06-11", "from_month": "2023-06", "to_month": "2023-06"}),
    no("12B", "a month after it", case={
        "id_number": None, "recognised_on": "2018-06-11", "from_month": "2023-07", "to_month": None}),
    open_("12B", "recognised on a second: the eve of the last such day is the day before the first", "id_number", case={
        "id_number": None, "recognised_on": "2018-07-02", "from_month": "2023-06", "to_month": "2023-06"}),
    no("12B", "so that its month is not reached", case={
        "id_number": None, "recognised_on": "2018-07-01", "from_month": "2023-07", "to_month": "2023-07"}),
    open_("12B", "a year more, perhaps", "id_number", "not_stably_employed", case={
        "id_number": None, "recognised_on": "2015-02-01", "started_on": "2017-07-01", "not_stably_employed": None,
        "from_month": "2021-06", "to_month": "2021-06"}),
    exactly("12B", "three years from the last day of the first month", "started_on",
            case={"started_on": None, "from_month": "2018-01", "to_month": "2021-01"}),
    no("12B", "longer than any three years", case={"started_on": None, "from_month": "2018-01", "to_month": "2021-02"}),
    no("12B", "longer than any, and nothing else is known", case={
        "started_on": None, "from_month": "2018-01", "to_month": "2021-02", "paid": None}),
    exactly("12B", "four years, if they began on the first of the month", "started_on", "not_stably_employed", case={
        "started_on": None, "not_stably_employed": None, "from_month": "2018-01", "to_month": "2021-12"}),
    exactly("12B", "or before the first month", "started_on", "not_stably_employed", case={
        "started_on": None, "not_stably_employed": None, "from_month": "2018-03", "to_month": "2021-12"}),
    no("12B", "longer than any four years", case={
        "started_on": None, "not_stably_employed": None, "from_month": "2018-01", "to_month": "2022-01"}),
    exactly("12B", "three years that end in the first month of 2020", "started_on", "not_stably_employed", case={
        "started_on": None, "not_stably_employed": None, "from_month": "2017-01", "to_month": "2021-01"}),
    no("12B", "which they cannot do from December", case={
        "started_on": None, "not_stably_employed": None, "from_month": "2016-12", "to_month": "2020-01"}),
    exactly("12B", "the start unknown, and over before any term moves on", "started_on", case={
        "started_on": None, "not_stably_employed": None, "from_month": "2019-06", "to_month": "2020-01"}),
    exactly("12B", "in the first month to which one may have moved on", "started_on", "not_stably_employed", case={
        "started_on": None, "not_stably_employed": None, "from_month": "2019-06", "to_month": "2020-02"}),
    no("12B", "retired before it began, whatever is claimed", case={
        "id_number": "370104196809023867", "recognised_on": "2018-09-03", "started_on": "2023-10-01",
        "from_month": None, "to_month": None}),
    exactly("12B", "retired in the month in which it began", "from_month", "to_month", case={
        "id_number": "370104196809023867", "recognised_on": "2018-09-03", "started_on": "2023-09-15",
        "from_month": None, "to_month": None}),
    exactly("12B", "past three years, unless it lasts until retirement", "recognised_on",
            case={"recognised_on": None, "from_month": "2021-07", "to_month": "2021-07"}),
    exactly("12B", "past retirement, unless it lasts for three years", "recognised_on", case={
        "id_number": "370104196509023860", "recognised_on": None, "from_month": "2020-10", "to_month": "2020-10"}),
    no("12B", "past retirement and three years", case={
        "id_number": "370104196509023860", "recognised_on": None, "from_month": "2021-07", "to_month": "2021-07"}),
    exactly("12B", "the eve of the last day that is near may be the first of a month", "id_number", case={
        "id_number": None, "recognised_on": "2018-07-03", "from_month": "2023-07", "to_month": "2023-07"}),
    exactly("12B", "no age for the class", "parameter:retirement_age", parameters={"retirement_age": {"men60": 60}}),
    exactly("12B", "an age for one class, and which is it", "retirement_class", "parameter:retirement_age",
            case={"retirement_class": None}, parameters={"retirement_age": {"men60": 60}}),
    exactly("12B", "nor does whoever has steady work", "started_on", on="2019-12-20", case={
        "started_on": None, "not_stably_employed": False, "from_month": "2018-01", "to_month": "2020-06"}),
    exactly("12B", "three years that end after 2020 do not wait for how far others move", "to_month", on="2019-12-20",
            case={"to_month": None, "not_stably_employed": None}),
    exactly("12B", "no class comes near retirement", "to_month", case={
        "id_number": "370104197309023860", "retirement_class": None, "to_month": None}),
    exactly("12B", "one class does", "to_month", "retirement_class",
            case={"retirement_class": None, "to_month": None}),
    exactly("12B", "one class stops the extra year", "retirement_class", case={
        "id_number": "370104196109023860", "recognised_on": "2005-01-01", "started_on": "2017-12-31",
        "retirement_class": None, "not_stably_employed": True, "from_month": "2021-09", "to_month": "2021-09"}),
    exactly("12B", "retired before any term moves on", "started_on", case={
        "id_number": "370104195909023860", "recognised_on": "2005-01-01", "retirement_class": "men60",
        "started_on": None, "not_stably_employed": None, "from_month": "2019-06", "to_month": "2020-02"}),
    exactly("12B", "retirement stops the extra year, as it would end a term that is near it", "to_month", case={
        "id_number": "370102196008177353", "retirement_class": "men60", "recognised_on": None,
        "started_on": "2017-05-03", "not_stably_employed": True, "from_month": "2018-05", "to_month": None}),
    exactly("12B", "but not the three years", "recognised_on", "to_month", case={
        "id_number": "370102196008177353", "retirement_class": "men60", "recognised_on": None,
        "started_on": "2017-05-03", "not_stably_employed": False, "from_month": "2018-05", "to_month": None}),
    exactly("12B", "in time for both, the claim's end unknown", "to_month", "recognised_on",
            case={"recognised_on": None, "to_month": None}),
    no("12B", "a term of no years, from the calendar's first day",
       case={"started_on": "0001-01-01", "recognised_on": "0001-01-01"}, parameters={"support_years": 0}),
    exactly("12B", "a term longer than the calendar", "started_on", case={"started_on": None},
            parameters={"support_years": 90000}),
    # 12C, 14A, 14B
    no("12C", "two enjoyed, two asked for", row={"months_enjoyed": 2}),
    yes("14A", "a standard of nothing", "0.00", row={"standard": "0.00"}),
    yes("14A", "who is counted needs no name", "11040.00", row={"course": None}),
    open_("14B", "some groups are served", *first("group"), row={"group": None}),
    no("14B", "a fourth time, whatever the group", row={"group": None, "times_this_year": 3}),
    open_("14B", "how often is not nothing", *first("times_this_year"), row={"times_this_year": None}),
    # 15A
    yes("15A", "both classes the same", "5000.00", case={"competition_class": None},
        parameters={"competition_subsidy": {"first": "5000.00", "second": "5000.00"}}),
    exactly("15A", "listed or not, both classes the same", "listed", case={"competition_class": None, "listed": None},
            parameters={"competition_subsidy": {"first": "5000.00", "second": "5000.00"}}),
    open_("15A", "the class matters", "competition_class", case={"competition_class": None}),
    open_("15A", "no amount for the second", "parameter:competition_subsidy", case={"competition_class": "second"},
          parameters={"competition_subsidy": {"first": "5000.00"}}),
    open_("15A", "neither class nor amount", "competition_class", "parameter:competition_subsidy",
          case={"competition_class": None}, parameters={"competition_subsidy": None}),
    # 17A
    open_("17A", "the district's share is not enough", "parameter:district_rent_cap", case={"level": "district"},
          parameters={"district_rent_share": "20"}),
    yes("17A", "any level, where the district does as the city", "7380.00", case={"level": None},
        parameters={"district_rent_share": "30", "district_rent_cap": "500000.00"}),
    open_("17A", "the level", "level", case={"level": None}),
    exactly("17A", "the rent, where the district does as the city", *first("waived_per_month"), case={"level": None},
            row={"waived_per_month": None}, parameters={"district_rent_share": "30", "district_rent_cap": "500000.00"}),
    exactly("17A", "and the level, where it does not", "level", *first("waived_per_month"), case={"level": None},
            row={"waived_per_month": None}, parameters={"district_rent_share": "30", "district_rent_cap": "1000.00"}),
    yes("17A", "nothing waived, whatever the district's share and cap", "0.00", case={"level": "district"},
        row={"waived_per_month": "0.00"}),
    yes("17A", "nothing waived, whatever the level", "0.00", case={"level": None}, row={"waived_per_month": "0.00"}),
    yes("17A", "nothing waived for those that count, whatever the cap", "0.00", case={"level": "district"},
        row={"waived_per_month": "0.00"}, also=({"is_sme": False},), parameters={"district_rent_share": "20"}),
    yes("17A", "a share of nothing, whatever the cap", "0.00", case={"level": "district"},
        parameters={"district_rent_share": "0"}),
    yes("17A", "too little for a fen, one month or three", "0.00", case={"level": "district"},
        row={"waived_per_month": "0.01", "months": None}, parameters={"district_rent_share": "10"}),
    exactly("17A", "a fen in three months", *first("months"), row={"waived_per_month": "0.01", "months": None}),
    exactly("17A", "a tenant that may reach the cap, which depends on the level", "level", *first("claimed_elsewhere"),
            case={"level": None}, row={"waived_per_month": "600000.00", "claimed_elsewhere": None},
            parameters={"district_rent_share": "30", "district_rent_cap": "100000.00"}),
    exactly("17A", "a tenant that reaches no cap", *first("claimed_elsewhere"), case={"level": None},
            row={"waived_per_month": "100.00", "claimed_elsewhere": None},
            parameters={"district_rent_share": "30", "district_rent_cap": "100000.00"}),
    exactly("17A", "one that may just pass the smaller", "level", *first("claimed_elsewhere"), case={"level": None},
            row={"waived_per_month": "100.00", "months": 3, "claimed_elsewhere": None},
            parameters={"district_rent_share": "30", "district_rent_cap": "89.99"}),
    exactly("17A", "one that may just reach it", *first("claimed_elsewhere"), case={"level": None},
            row={"waived_per_month": "100.00", "months": 3, "claimed_elsewhere": None},
            parameters={"district_rent_share": "30", "district_rent_cap": "90.00"}),
    exactly("17A", "nothing waived by a tenant of whom little is known", *first("claimed_elsewhere"),
            case={"level": "district"}, row={"waived_per_month": "0.00", "claimed_elsewhere": None}),
    exactly("17A", "no roster, and a district's own numbers", ROSTER, "parameter:district_rent_share",
            "parameter:district_rent_cap", case={"level": "district", ROSTER: None}),
    no("17A", "every tenant fails, the level unknown", case={"level": None}, row={"is_sme": False}),
    yes("17A", "tenants are not people", "14760.00", also=({},)),
    # 18A
    no("18A", "a medium enterprise", case={"size_class": "medium"}),
    no("18A", "nobody hired, whatever the staff", case={"new_hires": 0, "staff": None}),
    yes("18A", "nobody hired of 101, where none need be", "2000000.00", case={"new_hires": 0, "staff": 101},
        parameters={"loan_hire_ratio_larger": "0"}),
    exactly("18A", "five hired of an unknown number", "staff", case={"new_hires": 5, "staff": None}),
    exactly("18A", "nobody hired of few or many, where only many need none", "staff",
            case={"new_hires": 0, "staff": None}, parameters={"loan_hire_ratio_larger": "0"}),
    no("18A", "a hundred staff need a fifth", case={"staff": 100, "new_hires": 19}),
    yes("18A", "ten of 125 from April 2020", "2000000.00", on="2020-04-15", case={"staff": 125, "new_hires": 10}),
    no("18A", "ten of 126", on="2020-04-15", case={"staff": 126, "new_hires": 10}),
    yes("18A", "ten of 200 from February 2024", "2000000.00", on="2024-02-01", case={"staff": 200, "new_hires": 10}),
    no("18A", "ten of 201", on="2024-02-01", case={"staff": 201, "new_hires": 10}),
    no("18A", "ten of 101", case={"staff": 101, "new_hires": 10}),
    yes("18A", "from February 2024 a tenth", "2000000.00", on="2024-02-01", case={"new_hires": 4}),
    no("18A", "in January 2024 not yet", on="2024-01-31", case={"new_hires": 4}),
    yes("18A", "a loan of nothing", "0.00", case={"requested": "0.00"}),
    yes("18A", "at most nothing, whatever is asked for", "0.00", case={"requested": None},
        parameters={"small_firm_loan_cap": "0.00"}),
    # 18B
    yes("18B", "three partners reach the cap", "600000.00", case={"partners": 3, "requested": "600000.01"}),
    open_("18B", "all at once", "partners", "requested", case={"partners": None, "requested": None}),
    yes("18B", "nothing for each, whatever is asked for", "0.00", case={"requested": None},
        parameters={"partner_loan_each": "0.00"}),
    # 19A
    no("19A", "no year and no returnee, whoever set it up",
       case={"service_years": 0, ROSTER: None, "set_up_by_district": None}),
    open_("19A", "a reward, and unknown years", "service_years", case={"service_years": None}),
    open_("19A", "no year, but perhaps a reward", *first("rewarded_before"),
          case={"service_years": 0}, row={"rewarded_before": None}),
    yes("19A", "the reward fails, the year stays", "50000.00", row={"rewarded_before": True}),
    no("19A", "no year, and the reward fails", case={"service_years": 0}, row={"rewarded_before": True}),
    # 23A
    yes("23A", "staff and planned decide nothing", None, case={"staff": None, "planned": None}),
    Corner("23A", "laid off before it was explained", INELIGIBLE, None, {"first_layoff_on": "2020-03-01"}),
    # 24A
    yes("24A", "59 months paid are twelve", "20628.00", case={"paid_months": 59}),
    yes("24A", "60 months paid are eighteen", "30942.00", case={"paid_months": 60}),
    yes("24A", "119 months paid are eighteen", "30942.00", case={"paid_months": 119}),
    yes("24A", "120 months paid are 24, seven of them by the wage of October 2021", "42453.00",
        case={"paid_months": 120, "from_month": "2020-05"}),
    yes("24A", "one month left", "1719.00", case={"months_drawn": 17}),
    no("24A", "none left", case={"months_drawn": 18}),
    open_("24A", "before the first wage", "parameter:minimum_wage", case={"from_month": "2018-05"}),
    yes("24A", "rounded each month", "14346.48", case={"district": None, "paid_months": 12},
        parameters={"minimum_wage": "1910.33", "unemployment_benefit_share": "62.583"}),
    open_("24A", "all at once", "paid_months", "from_month", "district",
          case={"paid_months": None, "from_month": None, "district": None}),
    exactly("24A", "before the first wage, and no district", "parameter:minimum_wage", "district",
            "parameter:unemployment_benefit_share", case={"from_month": "2018-05", "district": None}),
    exactly("24A", "a wage for one tier, and no district", "district", case={"district": None},
            parameters={"minimum_wage": {"1": "2000.00"}}),
    exactly("24A", "a wage for the other tier", "parameter:minimum_wage",
            parameters={"minimum_wage": {"2": "2000.00"}}),
    yes("24A", "a wage of nothing, whichever months", "0.00", case={"from_month": None, "district": None},
        parameters={"minimum_wage": "0.00"}),
    exactly("24A", "a wage of nothing in one tier, whichever months", "from_month", "district",
            case={"from_month": None, "district": None}, parameters={"minimum_wage": {"1": "0.00", "2": "1.00"}}),
    yes("24A", "one wage and one share, whichever months", "28800.00", case={"from_month": None, "district": None},
        parameters={"minimum_wage": "2000.00", "unemployment_benefit_share": "80"}),
    exactly("24A", "one wage, but the share depends on the month", "from_month",
            case={"from_month": None, "district": None}, parameters={"minimum_wage": "2000.00"}),
    exactly("24A", "one share, but the wage depends on month and place", "from_month", "district",
            case={"from_month": None, "district": None}, parameters={"unemployment_benefit_share": "80"}),
    yes("24A", "a share of nothing, whichever months and place", "0.00", case={"from_month": None, "district": None},
        parameters={"unemployment_benefit_share": "0"}),
    exactly("24A", "how many months are left, whichever they are", "paid_months",
            case={"from_month": None, "paid_months": None},
            parameters={"minimum_wage": "2000.00", "unemployment_benefit_share": "80"}),
    exactly("24A", "before the first wage and the first share", "parameter:minimum_wage",
            "parameter:unemployment_benefit_share", case={"from_month": "2018-05"}),
    # 24B
    no("24B", "retires in the month in which it expired", case={"expired_on": "2020-08-01"}),
    no("24B", "retires on the day on which it expired", case={"expired_on": "2020-08-17"}),
    yes("24B", "one month left", "1719.00", case={"expired_on": "2020-07-31"}),
    exactly("24B", "when it expired, and where", "expired_on", "district",
            case={"expired_on": None, "district": None}),
    no("24B", "expired a day too early", case={"expired_on": "2019-11-30"}),
    no("24B", "no class comes near", case={"retirement_class": None, "id_number": "370102196108177353"}),
    open_("24B", "one class does", "retirement_class", case={"retirement_class": None}),
    no("24B", "retired before any benefit can have expired",
       case={"id_number": "370102195911307353", "expired_on": None}),
    no("24B", "retires in the first month in which one can have expired",
       case={"id_number": "370102195912317355", "expired_on": None}),
    open_("24B", "retires in the month after", "expired_on",
          case={"id_number": "370102196001017358", "expired_on": None}),
    # 24C
    open_("24C", "paid before or not", "paid_before", case={"paid_before": None}),
]


@pytest.mark.parametrize("corner", CORNERS, ids=[f"{c.code}-{c.note}" for c in CORNERS])
def test_corner(corner: Corner) -> None:
    pair = find(corner.code)
    assert pair is not None
    example = pair[1].examples[0]
    given = {**example.facts, **corner.case}
    if given.get(ROSTER):
        (row,) = given[ROSTER]
        row = {**row, **corner.row}
        given[ROSTER] = [row, *({**example.facts[ROSTER][0], **other} for other in corner.also)]
    assert read(pair[1], given)[1] == {}
    determination = ask(pair[1], given, corner.on or example.on, {**(example.parameters or {}), **corner.parameters})
    amount = None if determination.amount is None else yuan(determination.amount)
    assert (determination.outcome.value, amount) == (corner.outcome, corner.amount)
    assert set(corner.missing) <= set(determination.missing)
    assert not corner.is_all or set(determination.missing) == set(corner.missing)
    assert len(set(determination.missing)) == len(determination.missing)
