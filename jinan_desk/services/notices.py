"""Paper: which forms a case has, what they say, and printing them.

A form is filled from the *stored* determination and the revision it belongs to, never from the clock, so that the same
revision gives the same paper in three years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.field import ROSTER, Field, Shape
from jinan_desk.core.kind import IdNumber, Money
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.money import WORDS_LIMIT, figures, in_words, parse_yuan
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence, chinese
from jinan_desk.core.workflow import Stage
from jinan_desk.documents.band import Document
from jinan_desk.documents.context import Column, Context, Fields, Table
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.form import find_form, read_form
from jinan_desk.documents.layout import lay_out
from jinan_desk.documents.pdf import write_pdf
from jinan_desk.documents.xlsx import write_xlsx
from jinan_desk.errors import DeskError
from jinan_desk.services.cases import Cases, CaseView, programme_of
from jinan_desk.services.office import Office

CHECK_CODE_LENGTH = 12

GRANTED = frozenset({Stage.APPROVED, Stage.FUNDING, Stage.PAID, Stage.REOPENED, Stage.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of paper: its file in `forms/`, its title over the programme's name, and which cases have it."""

    key: str
    title: str
    fits: Callable[[Programme, CaseView], bool]

    def titled(self, programme: Programme) -> str:
        """The paper's own name."""
        if self.key == "application" and programme.form_name:
            return programme.form_name
        return Sentence(self.title, name=programme.name).read()


_APPLIED_FOR = frozenset({Route.APPROVE, Route.FORWARD})

NOTICES = (
    Notice("application", N_("{name}申请表"), lambda programme, view: programme.route in _APPLIED_FOR),
    Notice("roster", N_("{name}人员花名册"), lambda programme, view: bool(view.facts.get(ROSTER))),
    Notice(
        "approval",
        N_("{name}审批表"),
        lambda programme, view: programme.route is Route.APPROVE and view.row.outcome != Outcome.INCOMPLETE,
    ),
    Notice(
        "notice",
        N_("{name}发放通知书"),
        lambda programme, view: (
            programme.route is Route.APPROVE and view.row.outcome == Outcome.ELIGIBLE and view.stage in GRANTED
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Press:
    """What printing needs: folders of forms (the office's own first), the shipped fonts, a folder for unpacked ones."""

    forms: tuple[Path, ...]
    fonts: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of printing: pages, and what the person must know before signing (characters that no font has)."""

    pages: int
    remarks: list[Sentence]


class Notices:
    """Printing for the cases of one office."""

    def __init__(self, cases: Cases, office: Office, press: Press) -> None:
        self._cases = cases
        self._office = office
        self._press = press
        self._fonts = Fonts(press.fonts, press.cache)

    def available(self, case: str) -> tuple[Notice, ...]:
        """The forms that the case has at its stage."""
        view = self._cases.view(case)
        programme = programme_of(view.row.programme)[1]
        return tuple(notice for notice in NOTICES if notice.fits(programme, view))

    def write(self, case: str, key: str, path: Path) -> Printed:
        """Print a form as PDF or, where the path ends in .xlsx, as a workbook.

        Raises DeskError for a form that the case does not have, a path of another kind, or one that cannot be written.
        """
        write = _WRITERS.get(path.suffix.lower())
        if write is None:
            raise DeskError(Sentence(N_("文书只能存为 .pdf 或 .xlsx，不能是 {name}"), name=path.name))
        notice = self._notice(case, key)
        view = self._cases.view(case)
        context = context_of(notice, view, self._cases.history(case), self._office)
        form = read_form(find_form(key, view.row.programme, self._press.forms))
        document = lay_out(form, context, self._fonts)
        pages = write([document], path, self._fonts)
        return Printed(pages, self._lost(context))

    def font_file(self, name: str) -> Path:
        """The TrueType file of a shipped font: the window uses `hei` where the system has no Chinese."""
        return self._fonts.file(name)

    def _notice(self, case: str, key: str) -> Notice:
        available = self.available(case)
        for notice in available:
            if notice.key == key:
                return notice
        raise DeskError(
            Sentence(
                N_("该事项目前没有文书 {key}；可用：{all}"), key=key, all="、".join(notice.key for notice in available)
            )
        )

    def _lost(self, context: Context) -> list[Sentence]:
        """A sentence naming the characters that no font has, wherever they stand."""
        lost = dict.fromkeys(c for text in _texts(context) for c in self._fonts.missing(text, Style.TABLE))
        if not lost:
            return []
        named = "、".join(f"{character}（U+{ord(character):04X}）" for character in lost)
        return [Sentence(N_("以下字符没有字体可印，纸上以 〓 代替，请手写补正：{named}"), named=named)]


_WRITERS: dict[str, Callable[[list[Document], Path, Fonts], int]] = {".pdf": write_pdf, ".xlsx": write_xlsx}


def _texts(context: Context) -> Iterator[str]:
    """Every text of a context."""
    yield from _leaves(context.fields)
    for table in context.tables.values():
        for row in table.rows:
            yield from row


def _leaves(fields: Fields) -> Iterator[str]:
    for value in fields.values():
        if isinstance(value, str):
            yield value
        else:
            yield from _leaves(value)


def context_of(notice: Notice, view: CaseView, history: tuple[Revision, ...], office: Office) -> Context:
    """All that the form may say about the case, worded in Chinese."""
    programme = programme_of(view.row.programme)[1]
    facts = view.facts
    dates = {Stage(r.body["stage"]): r.body["stage_since"] for r in history if r.action == "advance"}
    return Context(
        fields={
            "document": {
                "title": notice.titled(programme),
                "number": view.row.number,
                "date": _day(dates.get(Stage.APPROVED) if notice.key == "notice" else view.row.on),
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
                **{key: facts.get(key, "") for key in _CONTACT},
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


_CONTACT = ("contact", "phone", "account_name", "bank_name", "bank_account")
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
            standard = f"{entry['label']} {figures(parse_yuan(entry['value']) or 0)} {chinese(roster.standard.unit)}"
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
    """A stored fact in words; empty where it is unknown or is not asked for."""
    kind = next((field.kind for field in shape.fields if field.key == key), None)
    value = given.get(key)
    return "" if kind is None or value is None else Sentence("{value}", value=kind.show(kind.read(value))).read()


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
