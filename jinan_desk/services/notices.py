"""Paper: which forms a case has, what they say, and printing them.

A form is filled from the *stored* determination and the revision it belongs to, never from the clock, so that the same
revision gives the same paper in three years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.field import ROSTER, Field, Shape
from jinan_desk.core.kind import IdNumber, Money
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import WORDS_LIMIT, figures, in_words, parse_yuan
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence, chinese
from jinan_desk.core.workflow import Stage
from jinan_desk.documents.context import Column, Context, Table
from jinan_desk.errors import DeskError
from jinan_desk.services.cases import CaseView, programme_of
from jinan_desk.services.office import Office

CHECK_CODE_LENGTH = 12

GRANTED = frozenset({Stage.APPROVED, Stage.FUNDING, Stage.PAID, Stage.REOPENED, Stage.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper: its file in `forms/`, its title over the programme's name, and which cases have it."""

    key: str
    title: str
    fits: Callable[[Programme, CaseView], bool]

    def titled(self, programme: Programme) -> str:
        """The paper's own name."""
        if self.key == "application" and programme.form_name:
            return programme.form_name
        return Sentence(self.title, name=programme.name).read()


FORMS = (
    Form("application", N_("{name}申请表"), lambda programme, view: True),
    Form("roster", N_("{name}人员花名册"), lambda programme, view: bool(view.facts.get(ROSTER))),
    Form("approval", N_("{name}审批表"), lambda programme, view: view.row.outcome != Outcome.INCOMPLETE),
    Form(
        "notice",
        N_("{name}发放通知书"),
        lambda programme, view: view.row.outcome == Outcome.ELIGIBLE and view.stage in GRANTED,
    ),
)


def form_named(key: str) -> Form:
    """The form of that key. Raises DeskError for any other."""
    for form in FORMS:
        if form.key == key:
            return form
    raise DeskError(Sentence(N_("没有文书 {key}；可用：{all}"), key=key, all="、".join(f.key for f in FORMS)))


def context_of(form: Form, view: CaseView, history: tuple[Revision, ...], office: Office) -> Context:
    """All that a form may say about the case, worded in Chinese."""
    programme = programme_of(view.row.programme)[1]
    facts = view.facts
    dates = {Stage(r.body["stage"]): r.body["stage_since"] for r in history if r.action == "advance"}
    return Context(
        fields={
            "document": {
                "title": form.titled(programme),
                "number": view.row.number,
                "date": _day(dates.get(Stage.APPROVED) if form.key == "notice" else view.row.on),
            },
            "office": {"name": office.name, "phone": office.phone, "address": office.address},
            "check": {"code": view.revision.id[:CHECK_CODE_LENGTH]},
            "programme": {
                "code": programme.code,
                "name": programme.name,
                "fund": programme.fund,
                "article": Sentence(N_("第{article}条"), article=view.row.article).read(),
                "quote": _quotes(view.determination),
            },
            "applicant": {
                "name": facts.get("applicant_name", ""),
                **_number_of(programme, facts),
                "district": _shown(programme.shape, facts, "district"),
                **{key: facts.get(key, "") for key in ("contact", "phone", "account_name", "bank_name", "bank_account")},
            },
            "case": {
                "number": view.row.number,
                "received": _day(view.row.received_on),
                "handler": next((r.account for r in history if r.body["stage"] == Stage.RECEIVED), ""),
                "outcome": OUTCOME_LABELS[Outcome(view.row.outcome)],
            },
            "amount": _amount(programme, view),
            "opinions": {key: _opinion(history, stage) for key, stage in _OPINIONS.items()},
        },
        tables={
            "facts": _pairs(programme, facts),
            "checks": Table(
                (
                    Column("label", N_("审核内容"), 12),
                    Column("result", N_("结果"), 4, "center"),
                    Column("reason", N_("情况"), 18),
                    Column("clause", N_("依据"), 22),
                ),
                [(c["label"], _RESULTS[c["result"]], c["reason"], _clause(c)) for c in view.determination["checks"]],
            ),
            "steps": Table(
                (
                    Column("label", N_("项目"), 14),
                    Column("value", N_("数值"), 10, "right"),
                    Column("unit", N_("单位"), 4, "center"),
                    Column("basis", N_("依据"), 26),
                ),
                [(s["label"], s["value"], s["unit"], s["basis"]) for s in view.determination["steps"]],
            ),
            "documents": Table((Column("label", N_("材料")),), [(d.name,) for d in programme.documents]),
            "reasons": Table((Column("text", N_("情况")),), [(c["reason"],) for c in view.determination["checks"]]),
            **({ROSTER: _roster(programme, view)} if programme.roster is not None else {}),
        },
    )


_OPINIONS = {
    "first_review": Stage.FIRST_REVIEW,
    "second_review": Stage.SECOND_REVIEW,
    "publicity": Stage.PUBLICITY,
    "approval": Stage.APPROVED,
    "finance": Stage.FUNDING,
    "payment": Stage.PAID,
}
_RESULTS = {"pass": N_("符合"), "fail": N_("不符合"), "unknown": N_("待补充")}


def _opinion(history: tuple[Revision, ...], stage: Stage) -> str:
    """What was written when the case entered the stage: the reason, where one was given."""
    return next((r.reason for r in reversed(history) if r.action == "advance" and r.body["stage"] == stage), "")


def _day(text: str | None) -> str:
    day = parse_date(text) if text else None
    return Sentence("{day}", day=day).read() if day is not None else ""


def _quotes(determination: dict[str, Any]) -> str:
    """The circular's words that the checks rest on, each once; for a programme without checks those of its amount."""
    quotes = dict.fromkeys(check["quote"] for check in _all_checks(determination) if check["mark"] == "C")
    return "；".join(quotes)


def _all_checks(determination: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from determination["checks"]
    for row in determination.get("rows", [])[:1]:
        yield from row["checks"]


def _clause(check: dict[str, Any]) -> str:
    source = check["source"]
    if check["mark"] == "C":
        source = Sentence(N_("{source}第{article}条"), source=source, article=check["article"]).read()
    return f"{source}：“{check['quote']}”" if check["quote"] and check["mark"] == "C" else source


def _number_of(programme: Programme, facts: dict[str, Any]) -> dict[str, str]:
    if programme.applicant is Applicant.PERSON:
        return {"number_label": N_("居民身份证号码"), "number": facts.get("id_number", "")}
    return {"number_label": N_("统一社会信用代码"), "number": facts.get("credit_code", "")}


def _amount(programme: Programme, view: CaseView) -> dict[str, str]:
    amount = view.row.amount
    roster = programme.roster
    people = standard = ""
    if roster is not None and amount is not None:
        eligible = sum(row["outcome"] == Outcome.ELIGIBLE for row in view.determination["rows"])
        people = f"{eligible}{roster.unit}"
        used = {p["key"]: p for p in view.determination["parameters"]}
        if roster.standard is not None and roster.standard.key in used:
            entry = used[roster.standard.key]
            standard = f"{entry['label']} {entry['value']} {chinese(roster.standard.unit)}"
    return {
        "figures": "" if amount is None else f"¥{figures(amount)}",
        "words": in_words(amount) if amount is not None and amount < WORDS_LIMIT else "",
        "people": people,
        "standard": standard,
    }


def _pairs(programme: Programme, facts: dict[str, Any]) -> Table:
    rows = [(field.label, _with_unit(field, _shown(programme.shape, facts, field.key))) for field in programme.facts]
    return Table((Column("label", N_("项目")), Column("value", N_("内容"))), rows)


def _with_unit(field: Field, shown: str) -> str:
    return f"{shown} {field.unit}" if shown and field.unit else shown


def _shown(shape: Shape, given: dict[str, Any], key: str) -> str:
    """A stored fact in words; empty where it is unknown."""
    kind = next(field.kind for field in shape.fields if field.key == key)
    value = given.get(key)
    return "" if value is None else Sentence("{value}", value=kind.show(kind.read(value))).read()


def _roster(programme: Programme, view: CaseView) -> Table:
    """The roster with each row's verdict and amount, in the order it was handed in."""
    shape = programme.row_shape
    assert shape is not None
    columns = [Column(f.key, f.label, 19 if isinstance(f.kind, IdNumber) else 0, _align(f)) for f in shape.fields]
    columns += [Column("verdict", N_("审核结果")), Column("amount", N_("金额（元）"), 10, "right", money=True)]
    rows = [
        (
            *(_shown(shape, given, f.key) for f in shape.fields),
            _verdict(judged),
            "" if judged["amount"] is None else figures(parse_yuan(judged["amount"]) or 0),
        )
        for given, judged in zip(view.facts.get(ROSTER, []), view.determination["rows"], strict=True)
    ]
    return Table(tuple(columns), rows)


def _align(field: Field) -> str:
    return "right" if isinstance(field.kind, Money) else "left"


def _verdict(judged: dict[str, Any]) -> str:
    """A row's outcome and, where it is refused, every reason."""
    outcome = OUTCOME_LABELS[Outcome(judged["outcome"])]
    failed = [check["reason"] for check in judged["checks"] if check["result"] == "fail"]
    return f"{outcome}：{'；'.join(failed)}" if failed else outcome
