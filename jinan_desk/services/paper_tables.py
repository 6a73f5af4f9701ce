"""The tables of a paper: what a case states, what was found, how its amount came about, who is on its roster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from jinan_desk.core.applicant import APPLICANT_FIELDS
from jinan_desk.core.basis import MARK_LABELS, Mark
from jinan_desk.core.dates import local_time, parse_date
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.determine import FOLLOWING
from jinan_desk.core.field import ROSTER, Field
from jinan_desk.core.identity import masked
from jinan_desk.core.kind import IdNumber, Money
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.money import figures, parse_yuan
from jinan_desk.core.record import record_of
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.documents.context import Column, OnDemand, Table
from jinan_desk.measures import all_parameters
from jinan_desk.services.course import what_happened, what_was_said
from jinan_desk.services.handed_in import handed_in
from jinan_desk.services.paper_case import PaperCase
from jinan_desk.services.paper_kinds import ADVANCE

_LABEL, _VALUE, _TEXT = Column("label", N_("项目")), Column("value", N_("内容")), Column("text", N_("情况"), 40)
_CHECKS = (
    Column("label", N_("审核内容"), 12),
    Column("result", N_("结果"), 4, "center"),
    Column("reason", N_("情况"), 18),
    Column("clause", N_("依据"), 22),
)
_STEPS = (
    Column("label", N_("项目"), 14),
    Column("value", N_("数值"), 10, "right"),
    Column("unit", N_("单位"), 4, "center"),
    Column("basis", N_("依据"), 26),
)
_PARAMETERS = (
    Column("label", N_("政策数值"), 14),
    Column("value", N_("数值"), 10, "right"),
    Column("since", N_("执行起始日"), 8, "center", spare=True),
    Column("source", N_("依据"), 26),
)
_REFUSED = (
    Column("number", N_("名册序号"), 0, "center"),
    Column("who", N_("姓名（名称）"), 8),
    Column("reason", N_("不符合的情况"), 24),
    Column("clause", N_("依据"), 20),
)
_TALLY = (
    Column("label", N_("审核内容"), 12),
    Column("pass", N_("符合"), 0, "center"),
    Column("fail", N_("不符合"), 0, "center"),
    Column("unknown", N_("待补充"), 0, "center"),
    Column("clause", N_("依据"), 30),
)
_DOCUMENTS = (
    Column("label", N_("材料名称"), 24),
    Column("copies", N_("份数"), 0, "center"),
    Column("form", N_("形式"), 0, "center"),
    Column("tick", N_("勾选"), 0, "center"),
)
_COURSE = (
    Column("stage", N_("环节"), 0, "center"),
    Column("day", N_("日期"), 0, "center"),
    Column("account", N_("办理人"), 0, "center"),
    Column("reason", N_("意见"), 30),
)
_HISTORY = (
    Column("at", N_("时间"), 9, "center"),
    Column("account", N_("办理人"), 0, "center"),
    Column("what", N_("办理事项"), 10),
    Column("said", N_("理由和改动"), 40),
)
_EVENTS = (
    Column("day", N_("日期"), 9, "center"),
    Column("what", N_("服务内容"), 40),
    Column("by", N_("服务人员"), 6, "center"),
)
_RESULTS = {"pass": N_("符合"), "fail": N_("不符合"), "unknown": N_("待补充")}
ACCOUNT = ("account_name", "bank_name", "bank_account")
_NAMED_ROWS = 12
"""So many rows are named one by one, the rest are counted."""


def tables_of(case: PaperCase) -> Mapping[str, Table]:
    """Every table, made when a form asks for it."""
    return OnDemand(
        {
            "applicant": partial(_pairs, case, _applicant_fields(case.programme)),
            "facts": partial(_pairs, case, case.programme.facts),
            "checks": partial(_checks, case, ("pass", "fail", "unknown")),
            "failed": partial(_checks, case, ("fail",)),
            "tally": partial(_tally, case),
            "refused": partial(_refused, case),
            "steps": partial(_steps, case),
            "parameters": partial(_parameters, case),
            "conditions": partial(_texts, lambda: conditions(case)),
            "documents": partial(_documents, case),
            "reasons": partial(_texts, lambda: (c["reason"] for c in case.determination["checks"])),
            "mend": partial(_texts, lambda: _to_mend(case)),
            "readings": partial(_texts, lambda: _readings(case.determination)),
            "warnings": partial(_texts, lambda: (w["message"] for w in case.determination["warnings"])),
            "course": partial(_course, case),
            "history": partial(_history, case),
            "events": partial(_events, case),
            ROSTER: partial(_roster, case),
            "people": partial(_people, case),
            "shares": partial(_shares, case),
        }
    )


def _texts(texts: Callable[[], Iterable[str]]) -> Table:
    return Table((_TEXT,), [(text,) for text in texts()])


# The case itself ----------------------------------------------------------------------------------------------------


def _applicant_fields(programme: Programme) -> tuple[Field, ...]:
    """What is asked of the applicant; the account only where money may go to it."""
    fields = APPLICANT_FIELDS[programme.applicant]
    return tuple(field for field in fields if programme.route is not Route.SERVE or field.key not in ACCOUNT)


def _pairs(case: PaperCase, fields: Iterable[Field]) -> Table:
    rows = [(field.label, _with_unit(field, case.shown(field.key))) for field in fields]
    return Table((_LABEL, _VALUE), rows)


def _with_unit(field: Field, shown: str) -> str:
    return f"{shown} {field.unit}" if shown and field.unit else shown


def _documents(case: PaperCase) -> Table:
    """What is to be handed in; what is here has its box ticked and its copies counted."""
    here = {document.name: document for document in handed_in(case.programme, case.body) if document.received}
    rows = []
    for asked in case.programme.documents:
        copies = (here[asked.name].copies if asked.name in here else 0) or asked.copies
        kind = N_("原件") if asked.original else N_("复印件")
        rows.append((asked.name, str(copies), kind, "√" if asked.name in here else "□"))
    return Table(_DOCUMENTS, rows)


def conditions(case: PaperCase) -> Sequence[str]:
    """What an applicant vouches for: the label of every check of the case itself and of its rows, each once. What came
    out of the rows is not theirs to vouch for."""
    return tuple(dict.fromkeys(c["label"] for c in all_checks(case.determination) if c["key"] not in FOLLOWING))


def _course(case: PaperCase) -> Table:
    rows = [
        (STAGE_LABELS[Stage(r.body["stage"])], day(r.body["stage_since"]), r.account, r.reason)
        for r in case.history
        if r.action == ADVANCE
    ]
    return Table(_COURSE, rows)


def _history(case: PaperCase) -> Table:
    changes = case.changes()
    rows = []
    for revision in case.history:
        said = what_was_said(revision)
        lines = [said.read()] if said is not None else []
        lines += [change.veiled().sentence().read() for change in changes.get(revision.id, ())]
        rows.append((local_time(revision.at), revision.account, what_happened(revision).read(), "\n".join(lines)))
    return Table(_HISTORY, rows)


def _events(case: PaperCase) -> Table:
    """The follow-ups of a service record, and its closing."""
    record = record_of(case.body)
    events = (*record.follow_ups, *((record.closing,) if record.closing is not None else ()))
    return Table(_EVENTS, [(day(event.on.isoformat()), event.what, event.by) for event in events])


# What was found -----------------------------------------------------------------------------------------------------


def all_checks(determination: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every check of the case, and those of a row, which are the same for all rows."""
    yield from determination["checks"]
    for row in determination.get("rows", [])[:1]:
        yield from row["checks"]


def _checks(case: PaperCase, results: tuple[str, ...]) -> Table:
    rows = [
        (c["label"], _RESULTS[c["result"]], c["reason"], clause(c))
        for c in case.determination["checks"]
        if c["result"] in results
    ]
    return Table(_CHECKS, rows)


def clause(check: dict[str, Any], *, quote: bool = True) -> str:
    """What a check rests on: article and words of the circular (unless without its `quote`), another rule, or a
    reading, which is marked as such."""
    if check["mark"] == Mark.CIRCULAR:
        source = Sentence(N_("{source}第{article}条"), source=check["source"], article=check["article"]).read()
        return f"{source}：“{check['quote']}”" if check["quote"] and quote else source
    return marked(check["source"], check["mark"])


def marked(source: str, mark: str) -> str:
    """The source, behind who answers for it where neither the circular nor another public rule does."""
    if mark in (Mark.READING, Mark.UNKNOWN):
        label = MARK_LABELS[Mark.READING] if mark == Mark.READING else N_("本机构录入")
        return f"{label}：{source}" if source else label
    return source


def _readings(determination: dict[str, Any]) -> Iterator[str]:
    """What was decided by a reading or a number of the office's own, each once."""
    told = [
        (entry["label"], entry["source"], entry["mark"])
        for entry in (*all_checks(determination), *determination["parameters"])
        if entry["mark"] in (Mark.READING, Mark.UNKNOWN)
    ]
    for label, source, mark in dict.fromkeys(told):
        yield f"{label}（{marked(source, mark)}）"


def _to_mend(case: PaperCase) -> Iterator[str]:
    """All that has to be added or put right, at once: what the clerk wrote, then every fact that is missing."""
    if case.revision.reason:
        yield from case.revision.reason.splitlines()
    by_field: dict[tuple[bool, str], list[int]] = {}
    for path in case.determination["missing"]:
        row, _, key = path.rpartition(".")
        if path.startswith("parameter:"):
            continue  # that is for the office to enter, not for the applicant
        places = by_field.setdefault((bool(row), key), [])
        if row:
            places.append(int(row[len(ROSTER) + 1 : -1]) + 1)
    for (in_row, key), places in by_field.items():
        shape = case.programme.row_shape if in_row else case.programme.shape
        label = next((f.label for f in shape.fields if f.key == key), key) if shape is not None else key
        if key == ROSTER and not in_row:
            yield N_("请提供名册")
        elif in_row:
            yield Sentence(N_("请补充名册中的“{label}”：{rows}"), label=label, rows=_rows_named(places)).read()
        else:
            yield Sentence(N_("请补充“{label}”"), label=label).read()


def _rows_named(places: list[int]) -> str:
    named = "、".join(map(str, places[:_NAMED_ROWS]))
    words = N_("第 {rows} 行") if len(places) <= _NAMED_ROWS else N_("第 {rows} 行等 {count} 行")
    return Sentence(words, rows=named, count=len(places)).read()


# The working --------------------------------------------------------------------------------------------------------


def _steps(case: PaperCase) -> Table:
    """Line by line; a number that rests on a reading or was entered by the office says so."""
    marks = {p["label"]: p["mark"] for p in case.determination["parameters"]}
    rows = [
        (s["label"], s["value"], s["unit"], marked(s["basis"], marks.get(s["label"], "")))
        for s in case.determination["steps"]
    ]
    return Table(_STEPS, rows)


def _parameters(case: PaperCase) -> Table:
    rows = []
    for entry in case.determination["parameters"]:
        since = "" if entry["since"] == _ALWAYS else day(entry["since"])
        rows.append((entry["label"], _parameter_value(entry), since, marked(entry["source"], entry["mark"])))
    return Table(_PARAMETERS, rows)


_ALWAYS = "0001-01-01"
"""The first day of a number that holds for every day."""


def _parameter_value(entry: dict[str, Any]) -> str:
    """The stored value in words; as it was stored where this version knows the parameter no longer."""
    parameter = all_parameters().get(entry["key"])
    if parameter is None:
        return str(entry["value"])
    value = Sentence("{value}", value=parameter.kind.show(parameter.kind.read(entry["value"]))).read()
    return f"{value} {parameter.unit}".rstrip()


# The roster ---------------------------------------------------------------------------------------------------------


def _roster(case: PaperCase) -> Table:
    """The roster with each row's verdict and amount, in the order it was handed in; without columns where the programme
    has none, so that one form can serve all."""
    shape = case.programme.row_shape
    if shape is None:
        return Table(())
    columns = [Column(f.key, f.label, 19 if isinstance(f.kind, IdNumber) else 0, _align(f)) for f in shape.fields]
    columns += [Column("verdict", N_("审核结果")), Column("amount", N_("金额（元）"), 10, "right", money=True)]
    rows = [
        (
            *(_cell(given, f) for f in shape.fields),
            OUTCOME_LABELS[Outcome(judged["outcome"])],
            "" if judged["amount"] is None else figures(parse_yuan(judged["amount"]) or 0),
        )
        for given, judged in _judged_rows(case)
    ]
    return Table(tuple(columns), rows)


def _judged_rows(case: PaperCase) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return zip(case.rows, case.determination.get("rows", []), strict=True)


def _align(field: Field) -> str:
    return "right" if isinstance(field.kind, Money) else "left"


def _cell(given: dict[str, Any], field: Field) -> str:
    value = given.get(field.key)
    return "" if value is None else Sentence("{value}", value=field.kind.show(field.kind.read(value))).read()


def _tally(case: PaperCase) -> Table:
    """What every row of the roster was checked for, and how many rows fare how."""
    counted: dict[str, dict[str, Any]] = {}
    for _, judged in _judged_rows(case):
        for check in judged["checks"]:
            counts = counted.setdefault(check["key"], {**check, "pass": 0, "fail": 0, "unknown": 0})
            counts[check["result"]] += 1
    rows = [
        (found["label"], *(str(found[result]) for result in _RESULTS), clause(found)) for found in counted.values()
    ]
    return Table(_TALLY, rows)


def _refused(case: PaperCase) -> Table:
    """The rows that fail, each with every reason and what that rests on; the words of a clause stand where it is first
    named, since all rows may fail for the same."""
    rows = []
    quoted: set[str] = set()
    for number, (given, judged) in enumerate(_judged_rows(case), start=1):
        failed = [check for check in judged["checks"] if check["result"] == "fail"]
        if failed:
            reasons = "；".join(check["reason"] for check in failed)
            clauses = "\n".join(dict.fromkeys(clause(c, quote=c["quote"] not in quoted) for c in failed))
            quoted.update(check["quote"] for check in failed)
            rows.append((str(number), row_name(case.programme, given), reasons, clauses))
    return Table(_REFUSED, rows)


def row_name(programme: Programme, given: dict[str, Any]) -> str:
    """Who or what a row is: its name, or the first of its facts."""
    shape = programme.row_shape
    assert shape is not None
    return str(given.get("name") or given.get(shape.fields[0].key) or "")


def _shares(case: PaperCase) -> Table:
    """What each eligible row comes to."""
    rows = [
        (row_name(case.programme, given), figures(parse_yuan(judged["amount"] or "0") or 0))
        for given, judged in _judged_rows(case)
        if judged["outcome"] == Outcome.ELIGIBLE
    ]
    return Table(_SHARES, rows)


_SHARES = (Column("who", N_("姓名（名称）"), 20), Column("amount", N_("金额（元）"), 10, "right", money=True))
PEOPLE = (Column("who", N_("姓名（名称）"), 12), Column("number", N_("身份证号（部分隐去）"), 19, "center", spare=True))


def _people(case: PaperCase) -> Table:
    """Those of the eligible rows, as they may be posted: a name and a masked number, nothing about their lives."""
    rows = [
        (row_name(case.programme, given), masked(given.get("id_number", "")))
        for given, judged in _judged_rows(case)
        if judged["outcome"] == Outcome.ELIGIBLE
    ]
    return Table(PEOPLE, rows)


@lru_cache(maxsize=1024)
def day(text: str | None) -> str:
    """An ISO date as 2020年3月20日, "" where there is none."""
    parsed = parse_date(text) if text else None
    return Sentence("{day}", day=parsed).read() if parsed is not None else ""

