"""What happened to a case, revision by revision, in words: the same in the window and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from jinan_desk.core.record import FOLLOW_UPS
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workflow import NEEDS_REASON, STAGE_LABELS, Stage

_ACTIONS = {
    "enter": N_("登记"), "change": N_("修改内容"), "settle": N_("处理冲突"), "clear": N_("排除疑点"),
    "follow_up": N_("跟进"), "import": N_("导入名单"), "undo_import": N_("撤销导入"),
    "hand_over": N_("移交办理"),
}  # fmt: skip


def what_happened(revision: Revision) -> Sentence:
    """The action: the stage a case was moved to, or what was done to its facts."""
    if revision.action == "advance":
        return Sentence(N_("转入“{stage}”"), stage=Sentence(STAGE_LABELS[Stage(revision.body["stage"])]))
    return Sentence(_ACTIONS.get(revision.action, revision.action))


def what_was_said(revision: Revision) -> Sentence | None:
    """The reason that was given for the action, or what was done for a record; None where nothing was said."""
    if revision.action == "follow_up":
        return Sentence(N_("{on} {what}"), **revision.body[FOLLOW_UPS][-1])
    if not revision.reason:
        return None
    is_result = revision.body["stage"] == Stage.CLOSED
    return Sentence(N_("结果：{reason}") if is_result else N_("理由：{reason}"), reason=revision.reason)


def still_to_be_known(history: Sequence[Revision]) -> tuple[Revision, ...]:
    """Of a case's revisions, oldest first, those whose reasons whoever opens it has to know: why it stands at its
    stage, where that is aside from the straight way, and what it was passed on with since it came to the stage."""
    found: list[Revision] = []
    for revision in reversed(history):
        is_passed_on = revision.action == "hand_over"
        entered = revision.action == "advance"
        aside = entered and Stage(revision.body["stage"]) in NEEDS_REASON - {Stage.CLOSED}
        if revision.reason and (is_passed_on or aside):
            found.append(revision)
        if entered:
            break
    return tuple(found)


def told_of(revision: Revision, day: str) -> Sentence:
    """What happened, who did it on which day, and why, in one line."""
    reason = listed((line.strip() for line in revision.reason.splitlines() if line.strip()), "；")
    words = N_("{what}（{account}，{day}）：{reason}")
    return Sentence(words, what=what_happened(revision), account=revision.account, day=day, reason=reason)
