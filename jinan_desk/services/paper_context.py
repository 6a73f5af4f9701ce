"""The fields of a paper: its title, number and date, the office, the applicant, the amount, who decided what and when.

All of it in Chinese, from the stored determination and revisions (see `paper_case`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import CIRCULAR, Mark
from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.identity import masked
from jinan_desk.core.money import WORDS_LIMIT, figures, in_words, parse_yuan
from jinan_desk.core.revision import digest
from jinan_desk.core.text import N_, Sentence, chinese
from jinan_desk.core.workday import Calendar
from jinan_desk.core.workflow import PUBLICITY_WORKDAYS, STAGE_LABELS, Stage
from jinan_desk.documents.context import Column, Context, Fields, OnDemand, Table
from jinan_desk.services.office import Office
from jinan_desk.services.paper_case import PaperCase
from jinan_desk.services.paper_tables import ACCOUNT, PEOPLE, all_checks, conditions, day, tables_of
from jinan_desk.services.particulars import SEAL, Details

CHECK_CODE_LENGTH = 12
"""Hexadecimal digits of a revision's id that stand on its paper."""


@dataclass(frozen=True)
class Letterhead:
    """What of the office stands on every paper, and the calendar by which it counts days."""

    office: Office
    details: Details
    calendar: Calendar

    @cached_property
    def fields(self) -> Fields:
        """The office as forms name it."""
        district = DISTRICTS.get(self.office.district)
        government = N_("济南市人民政府")
        if district is not None:
            government = Sentence(N_("济南市{district}人民政府"), district=district.name).read()
        details = {**asdict(self.details), "seal": self.details.seal or SEAL}
        told = [label + details[key] for key, label in _CONTACT.items() if details[key]]
        contact = "，".join(told) + "。" if told else ""
        return {"name": self.office.name, "reconsideration": government, "contact": contact, **details}


_CONTACT = {"phone": N_("电话："), "address": N_("地址：")}


def context_of(
    cases: Sequence[PaperCase], letterhead: Letterhead, *, title: str, number: str, lists: bool = False
) -> Context:
    """All that a form may say about the case; `lists` where it is a list of one or more cases of one programme."""
    first = cases[0]
    context = Context(
        fields=OnDemand(
            {
                "document": lambda: {"title": title, "number": number, "date": day(first.body["stage_since"])},
                "office": lambda: letterhead.fields,
                "check": lambda: {"code": check_code(cases)},
                "programme": partial(_programme, first),
                "applicant": partial(_applicant, first),
                "case": partial(_case, first),
                "amount": partial(_amount, cases),
                "asked": partial(asked, first),
                "opinions": lambda: {key: _opinion(first, stage) for key, stage in _OPINIONS.items()},
                "publicity": partial(_publicity, first, letterhead.calendar),
            }
        ),
        tables=tables_of(first),
        bookmark=f"{first.body['number'] or title} {first.facts.get('applicant_name', '')}".strip(),
    )
    if not lists:
        return context
    tables = {**context.tables, "cases": _listed(cases), "people": _everybody(cases)}
    return replace(context, tables=tables, bookmark=title)


def check_code(cases: Sequence[PaperCase]) -> str:
    """The beginning of the revision's id; for a list of several cases that of a digest over all of theirs."""
    identifiers = [case.revision.id for case in cases]
    whole = identifiers[0] if len(identifiers) == 1 else digest("\n".join(identifiers).encode())
    return whole[:CHECK_CODE_LENGTH]


# Fields -------------------------------------------------------------------------------------------------------------


def _programme(case: PaperCase) -> Fields:
    programme = case.programme
    article = Sentence(N_("第{article}条"), article=case.body["article"]).read()
    quote = _quotes(case)
    source = Sentence(
        N_("《济南市人民政府关于积极应对新冠肺炎疫情进一步做好稳就业工作的实施意见》（{circular}）{article}"),
        circular=CIRCULAR,
        article=article,
    ).read()
    return {
        "code": programme.code,
        "name": programme.name,
        "fund": programme.fund,
        "article": article,
        "quote": quote,
        "grounds": f"{source}：“{quote}”" if quote else source,
    }


def _quotes(case: PaperCase) -> str:
    """The circular's words that the checks rest on, each once; without any those of the parameters' programme."""
    quotes = [check["quote"] for check in all_checks(case.determination) if check["mark"] == Mark.CIRCULAR]
    quotes = quotes or [basis.quote for basis in case.programme.basis]
    return "；".join(dict.fromkeys(quote for quote in quotes if quote))


def _applicant(case: PaperCase) -> Fields:
    facts = case.facts
    person = case.programme.applicant is Applicant.PERSON
    number = facts.get("id_number" if person else "credit_code") or ""
    return {
        "name": facts.get("applicant_name", ""),
        "number": number,
        "number_label": N_("居民身份证号码") if person else N_("统一社会信用代码"),
        "number_posted": masked(number) if person else number,
        "district": case.shown("district"),
        **{key: facts.get(key, "") for key in ("contact", "phone", *ACCOUNT)},
        **(_PERSON if person else _UNIT),
    }


_UNIT = {
    "label": N_("申请单位"),
    "you": N_("你单位"),
    "self": N_("本单位"),
    "signer": N_("法定代表人（负责人）签字："),
    "seal": N_("（盖章）"),
}
_PERSON = {
    "label": N_("申请人"),
    "you": N_("你"),
    "self": N_("本人"),
    "signer": N_("申请人签字："),
    "seal": "",
}
"""How a letter speaks to the applicant and the applicant of themself, and how they sign."""


def _case(case: PaperCase) -> Fields:
    body = case.body
    return {
        "number": body["number"],
        "stage": STAGE_LABELS[Stage(body["stage"])],
        "received": day(body["received_on"]),
        "due": day(body["due_on"]),
        "on": day(body["on"]),
        "handler": next((r.account for r in case.history if r.body["stage"] == Stage.RECEIVED), ""),
        "decided_by": case.revision.account,
        "outcome": OUTCOME_LABELS[Outcome(body["outcome"])],
        "reason": case.revision.reason.rstrip("。；;"),
        "conditions": "；".join(f"（{number}）{label}" for number, label in enumerate(conditions(case), start=1)),
    }


def _amount(cases: Sequence[PaperCase]) -> Fields:
    first = cases[0]
    amounts = [case.body["amount"] for case in cases]
    amount = None if None in amounts or not first.programme.has_amount else sum(amounts)
    roster = first.programme.roster
    people = standard = ""
    if roster is not None and amount is not None:
        people = f"{sum(map(eligible_rows, cases))}{roster.unit}"
        entry = next(
            (p for p in first.determination["parameters"] if roster.standard and p["key"] == roster.standard.key), None
        )
        if entry is not None and roster.standard is not None:
            standard = f"{entry['label']} {figures(parse_yuan(entry['value']) or 0)} {chinese(roster.standard.unit)}"
    return {
        "figures": "" if amount is None else f"¥{figures(amount)}",
        "words": in_words(amount) if amount is not None and amount < WORDS_LIMIT else "",
        "people": people,
        "standard": standard,
        "cases": str(len(cases)),
    }


def asked(case: PaperCase) -> Fields:
    """What an applicant asks for; room to write it by hand while that is unknown, and where it comes to nothing."""
    amount = _amount([case])
    refused = case.body["outcome"] == Outcome.INELIGIBLE
    if case.programme.has_amount and (refused or not amount["figures"]):
        return {**amount, "figures": "¥", "words": _ROOM, "people": "", "standard": ""}
    return amount


_ROOM = "　" * 10
"""Room for an amount in words, in full-width blanks."""


def eligible_rows(case: PaperCase) -> int:
    """How many rows of the roster are paid: none where the case itself fails."""
    if case.body["outcome"] == Outcome.INELIGIBLE:
        return 0
    return sum(row["outcome"] == Outcome.ELIGIBLE for row in case.determination.get("rows", ()))


_OPINIONS = {
    "first_review": Stage.FIRST_REVIEW,
    "second_review": Stage.SECOND_REVIEW,
    "publicity": Stage.PUBLICITY,
    "approval": Stage.APPROVED,
    "finance": Stage.FUNDING,
    "payment": Stage.PAID,
    "pre_check": Stage.PRE_CHECKED,
    "transfer": Stage.TRANSFERRED,
}


def _opinion(case: PaperCase, stage: Stage) -> str:
    """What was written when the case entered the stage: the reason, where one was given."""
    entered = case.entered(stage)
    return entered.reason if entered is not None else ""


def _publicity(case: PaperCase, calendar: Calendar) -> Fields:
    """From which day to which the case is posted, "" while it is not."""
    entered = case.entered(Stage.PUBLICITY)
    since = parse_date(entered.body["stage_since"]) if entered is not None else None
    if since is None:
        return {"since": "", "until": "", "days": ""}
    until = calendar.plus(since, PUBLICITY_WORKDAYS)
    return {"since": day(since.isoformat()), "until": day(until.isoformat()), "days": str(PUBLICITY_WORKDAYS)}


# Lists of cases -----------------------------------------------------------------------------------------------------

_LISTED = (
    Column("name", N_("单位名称（姓名）"), 16),
    Column("number", N_("证件号码"), 19, "center"),
    Column("number_posted", N_("统一社会信用代码（身份证号）"), 19, "center"),
    Column("account_name", N_("户名"), 12),
    Column("case", N_("编号"), 10, "center"),
    Column("people", N_("人数"), 0, "center", spare=True),
    Column("bank_name", N_("开户银行"), 12),
    Column("bank_account", N_("银行账号"), 22, "center"),
    Column("amount", N_("金额（元）"), 10, "right", money=True),
)


def _listed(cases: Sequence[PaperCase]) -> Table:
    rows = []
    for case in cases:
        applicant = _applicant(case)
        amount = case.body["amount"]
        given = {
            **applicant,
            "case": case.body["number"],
            "account_name": N_("同左") if applicant["account_name"] == applicant["name"] else applicant["account_name"],
            "people": str(eligible_rows(case) or ""),
            "amount": "" if amount is None else figures(amount),
        }
        rows.append(tuple(str(given[column.key]) for column in _LISTED))
    return Table(_LISTED, rows)


def _everybody(cases: Sequence[PaperCase]) -> Table:
    """The people of all rosters, each behind the place in the list of the unit that applies for them."""
    place = Column("place", N_("名单序号"), 0, "center")
    rows = [
        (str(number), *row) for number, case in enumerate(cases, start=1) for row in tables_of(case)["people"].rows
    ]
    return Table((place, *PEOPLE), rows)
