"""Sample cases: the examples of every programme with the shortest and the longest plausible values.

Nobody in here exists. They went through no store: revisions are made up so that a case has passed every stage that any
of its papers tells of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from stdnum.cn import ric

from jinan_desk.core.dated import ParameterSet, read_overrides
from jinan_desk.core.determination import Outcome, as_json
from jinan_desk.core.determine import determine
from jinan_desk.core.field import ROSTER, read_facts
from jinan_desk.core.kind import Text
from jinan_desk.core.measure import Example, Measure, Programme, Route
from jinan_desk.core.money import figures, yuan
from jinan_desk.core.record import CLOSING, FOLLOW_UPS
from jinan_desk.core.revision import Origin, Revision
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import Stage
from jinan_desk.measures import all_parameters
from jinan_desk.services.paper_case import PaperCase, up_to
from jinan_desk.services.paper_kinds import ADVANCE, Notice

LONG_NAME = "山东济南历下中小微企业稳就业人力资源综合服务与疫情防控重点物资生产制造股份有限公司"
SHORT_NAME = "济铁厂"
_LONG_PERSON, _SHORT_PERSON = "欧阳𬀩𫖯", "于兰"
_LONG_ROW_NAMES = ("王𬱖", "李𠅤𪩘", "张䶮", "欧阳𠮷", "𬀩𫖯𨱏", "孙志国", "阿卜杜拉·买买提江")
_LONG = {
    "contact": "欧阳𠮷𬀩",
    "phone": "0531-88886666转8001",
    "bank_name": "中国工商银行股份有限公司济南历下经十路支行营业部",
    "bank_account": "6222021602001234567",
}
_ROWS, _NINE_DIGITS = 18, 98765432198
"""A long roster has so many rows of so many fen: nine digits of yuan each."""
_LIMIT = timedelta(days=30)
_REFUSAL = N_("经审核，所列情况与规定条件不符，建议不予批准。")
_OPINION = N_("经审核，申请材料齐全，所列人员均符合规定条件，核定的人数和金额与材料一致，同意上报。")
_REASON = N_("申请人提交的劳动合同期限不足一年，补充材料仍不能证明在规定期间内吸纳就业并依法参加社会保险")
_COURSE = (
    (Stage.RECEIVED, ""), (Stage.CORRECTION, _REASON), (Stage.RECEIVED, ""), (Stage.NOT_ACCEPTED, _REASON),
    (Stage.WITHDRAWN, _REASON), (Stage.ACCEPTED, ""), (Stage.FIRST_REVIEW, _OPINION), (Stage.SECOND_REVIEW, _OPINION),
    (Stage.PRE_CHECKED, _OPINION), (Stage.TRANSFERRED, N_("济南市创业贷款担保中心")), (Stage.INFORMED, ""),
    (Stage.REJECTED, _REASON), (Stage.PUBLICITY, N_("公示期内未收到异议")), (Stage.APPROVED, N_("同意")),
    (Stage.FUNDING, N_("同意列支")), (Stage.PAID, N_("已拨付")), (Stage.RECOVERY, _REASON),
)  # fmt: skip
"""No case goes such a way: it is every stage of which some paper tells, so that one history serves all papers. A case
that is refused goes as far as that."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A case to fill papers with: `long` with the longest plausible values, else with the shortest."""

    case: PaperCase
    long: bool

    def of(self, notice: Notice) -> PaperCase | None:
        """The case as the paper has it, None where it has no such paper."""
        revision = notice.revision(self.case.programme, self.case.history)
        if revision is None:
            return None
        return replace(self.case, revision=revision, history=up_to(revision, self.case.history))


def samples(measure: Measure, programme: Programme) -> Iterator[Sample]:
    """A short and a long case of the programme, and where there is a refused example that one, too."""
    good = [e for e in programme.examples if e.outcome == Outcome.ELIGIBLE]
    bad = [e for e in programme.examples if e.outcome == Outcome.INELIGIBLE]
    yield _sample(measure, programme, good[0], long=False)
    yield _sample(measure, programme, good[-1], long=True)
    if bad:
        yield _sample(measure, programme, bad[0], long=True)


def _sample(measure: Measure, programme: Programme, example: Example, *, long: bool) -> Sample:
    given = _given(programme, example, long=long)
    facts, wrong = read_facts(programme.shape, programme.row_shape, given)
    assert not wrong, (programme.code, wrong)
    values = ParameterSet(overrides=read_overrides(all_parameters(), example.parameters)[0])
    answer = determine(programme, facts, date.fromisoformat(example.on), values)
    determination = json.loads(json.dumps(as_json(answer, measure.article)))
    amount = answer.amount
    if long and amount:
        amount = _enlarged(determination, amount)
    body = {
        "programme": programme.code,
        "article": measure.article,
        "on": example.on,
        "number": f"济历下泉办〔{example.on[:4]}〕{programme.code}-0001号",
        "facts": {key: value for key, value in given.items() if key != ROSTER},
        "roster": _HASH if given.get(ROSTER) else None,
        "determination": _HASH,
        "outcome": answer.outcome.value,
        "amount": amount,
        "received_on": example.on,
        "due_on": (date.fromisoformat(example.on) + _LIMIT).isoformat() if programme.limit else "",
    }
    history = tuple(_history(programme, body, long=long))
    return Sample(PaperCase(programme, history[-1], history, given, determination), long)


def _given(programme: Programme, example: Example, *, long: bool) -> dict[str, Any]:
    given = {key: value for key, value in example.facts.items() if value is not None}
    person = "id_number" in programme.fields
    name = (_LONG_PERSON if person else LONG_NAME) if long else (_SHORT_PERSON if person else SHORT_NAME)
    values = {"applicant_name": name, "account_name": name, **(_LONG if long else {})}
    given |= {key: value for key, value in values.items() if key in programme.fields}
    if long:
        for field in programme.facts:
            if type(field.kind) is Text:
                given.setdefault(field.key, _OPINION)
    rows = given.get(ROSTER)
    if rows:
        given[ROSTER] = [_row(rows, number, long=long) for number in range(_ROWS if long else len(rows))]
    return given


def _row(rows: Sequence[dict[str, Any]], number: int, *, long: bool) -> dict[str, Any]:
    """A row of the example again, under another name and a number that differs."""
    row = {key: value for key, value in rows[number % len(rows)].items() if value is not None}
    if long and "name" in row:
        row["name"] = _LONG_ROW_NAMES[number % len(_LONG_ROW_NAMES)]
        front = f"{row['id_number'][:14]}{100 + number:03}"  # born on the same day: age decides some of them
        row["id_number"] = front + ric.calc_check_digit(front + "0")
    return row


def _enlarged(determination: dict[str, Any], amount: int) -> int:
    """The determination with amounts of nine digits, as a form must have room for; the case's amount in fen."""
    rows = [row for row in determination.get("rows", ()) if row["amount"] not in (None, "0.00")]
    for row in rows:
        row["amount"] = yuan(_NINE_DIGITS)
    enlarged = _NINE_DIGITS * max(1, len(rows))
    for step in determination["steps"]:
        if step["unit"] == "元":
            step["value"] = figures(enlarged)
    determination["amount"] = yuan(enlarged)
    return enlarged if amount else 0


_HASH = "0" * 64
"""In place of a roster's and a determination's: nobody reads them here."""


def _history(programme: Programme, body: dict[str, Any], *, long: bool) -> Iterator[Revision]:
    """The revisions of a case with this body, a day for each."""
    on = date.fromisoformat(body["on"])
    way: tuple[tuple[Stage, str], ...] = ((Stage.DRAFT, ""), *_COURSE)
    if body["outcome"] == Outcome.INELIGIBLE:
        end = way.index((Stage.REJECTED, _REASON)) + 1
        way = tuple((stage, _REFUSAL if reason == _OPINION else reason) for stage, reason in way[:end])
    if programme.route is Route.SERVE:
        way = ((Stage.CLOSED if long else Stage.OPEN, ""),)
        event = {"on": body["on"], "what": _OPINION, "by": _LONG_PERSON}
        body = {**body, FOLLOW_UPS: [event] * 8, CLOSING: event} if long else body
    parents: tuple[str, ...] = ()
    for number, (stage, reason) in enumerate(way):
        revision = Revision(
            case="0" * 32,
            parents=parents,
            origin=Origin("370102001", "0" * 16, number + 1),
            account="苏敏",
            at=f"{body['on']}T08:00:00Z",
            action=ADVANCE if number else "enter",
            reason=reason if long or stage in _SAY_WHY else "",
            body={**body, "stage": stage.value, "stage_since": (on + timedelta(days=number)).isoformat()},
        )
        parents = (revision.id,)
        yield revision


_SAY_WHY = frozenset({Stage.CORRECTION, Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.REJECTED, Stage.RECOVERY})
