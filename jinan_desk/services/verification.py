"""Whether a paper in somebody's hand is one of ours, and whether it still says what the case says.

A check code is the beginning of a revision's id, or, on a list, of a digest over the ids of all that it lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinan_desk.core.dates import local_time
from jinan_desk.core.identity import compact
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.cases import programme_of
from jinan_desk.services.paper_context import CHECK_CODE_LENGTH
from jinan_desk.services.paper_kinds import BY_KEY
from jinan_desk.store import CaseRow, Print, Store

_CODE = re.compile(rf"[0-9a-f]{{{CHECK_CODE_LENGTH},64}}")
_SAYS = ("facts", "roster", "determination", "outcome", "amount")
"""What of a body decides what a paper says of the matter itself."""


def verify(store: Store, code: str) -> list[Sentence]:
    """What there is to say about the paper with that check code. Raises DeskError where it is no code, or none of
    ours."""
    sign = compact(code).replace("-", "").lower()
    if not _CODE.fullmatch(sign):
        raise DeskError(Sentence(N_("校验码是纸张页脚的 12 位数字和字母 a 至 f，不是 {code}"), code=code.strip()))
    listed = store.prints.with_code(sign[:CHECK_CODE_LENGTH])
    found = _revision(store, sign)
    if found is not None:
        return [*_paper(store, *found), *(_printed(one) for one in listed)]
    if listed:
        return list(_list(store, listed))
    raise DeskError(Sentence(N_("没有校验码为 {code} 的文书：不是本机构所印，或者内容被改动过"), code=sign))


def _revision(store: Store, sign: str) -> tuple[CaseRow, Revision] | None:
    try:
        row = store.find(sign)
    except DeskError:
        return None
    revision = next((r for r in store.history(row.case) if r.id.startswith(sign)), None)
    return None if revision is None else (row, revision)


def _paper(store: Store, row: CaseRow, revision: Revision) -> Iterator[Sentence]:
    yield Sentence(
        N_("校验码属实：{number} {programme} {name}，申请人 {applicant}"),
        number=revision.body["number"] or revision.case[:8],
        programme=row.programme,
        name=Sentence(programme_of(row.programme)[1].name),
        applicant=revision.body["facts"].get("applicant_name") or "—",
    )
    yield Sentence(
        N_("纸上是 {at} 由 {account} 办理的版本，当时的阶段是“{stage}”"),
        at=local_time(revision.at),
        account=revision.account,
        stage=Sentence(STAGE_LABELS[Stage(revision.body["stage"])]),
    )
    yield _latest(store, row, revision)


def _latest(store: Store, row: CaseRow, revision: Revision) -> Sentence:
    """Whether the revision is still what the case is."""
    if row.conflict:
        return Sentence(N_("该办件有两个不同的最新版本尚未处理，请先处理冲突再核对"))
    if row.head == revision.id:
        return Sentence(N_("这是最新版本"))
    now = store.revision(row.head).body
    same = all(now.get(key) == revision.body.get(key) for key in _SAYS)
    words = N_("不是最新版本：此后填报内容或认定结果有变化，现在的阶段是“{stage}”，以最新版本为准")
    if same:
        words = N_("不是最新版本，但填报内容和认定结果没有变化，现在的阶段是“{stage}”")
    return Sentence(words, stage=Sentence(STAGE_LABELS[Stage(row.stage)]))


def _list(store: Store, listed: list[Print]) -> Iterator[Sentence]:
    """A list of several cases."""
    first = listed[0]
    cases = {one.case: one for one in listed}
    title = first.form
    if first.form in BY_KEY:
        title = BY_KEY[first.form].titled(programme_of(store.case(first.case).programme)[1])
    yield Sentence(N_("校验码属实：{title}，列有 {count} 个办件"), title=title, count=len(cases))
    for one in cases.values():
        row = store.case(one.case)
        told = _latest(store, row, store.revision(one.revision))
        yield Sentence(N_("{number} {applicant}：{told}"), number=row.number, applicant=row.applicant, told=told)
    yield _printed(first)


def _printed(one: Print) -> Sentence:
    words = N_("{at} 由 {account} 打印：{form} {number}")
    return Sentence(words, at=local_time(one.at), account=one.account, form=one.form, number=one.number)
