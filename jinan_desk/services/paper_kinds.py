"""Kinds of paper: which there are, which cases have them, what they are called, which are numbered.

What stands on a paper is the business of its file in `forms/` and of `paper_context`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinan_desk.core.determination import Outcome
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import Stage

_APPLIED_FOR = frozenset({Route.APPROVE, Route.FORWARD})
_APPROVE = frozenset({Route.APPROVE})
_FORWARD = frozenset({Route.FORWARD})
_INFORM = frozenset({Route.INFORM})
_DECIDED = frozenset({Outcome.ELIGIBLE, Outcome.INELIGIBLE})
_ANY = frozenset(Outcome)

ADVANCE = "advance"
"""The action of a revision by which a case enters a stage."""


HISTORY = "history"
"""The paper of everything that happened to a case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of paper.

    `key` is its file in `forms/`. `title` is its name over the programme's `{name}`; where the programme itself names
    the paper, as its `form_name` (`owned`) or among the documents handed in (by one of the endings `listed`), that name
    counts. `tells_of` is the stage whose entry a letter tells of: it is of the revision that entered it, whatever
    became of the case later. `numbered` is the word in the numbers of an outgoing paper. `of_rows`: only where there is
    a roster; `of_many`: one paper lists several cases; `paid_anew`: it tells anew of what goes out again after the bank
    sent it back.
    """

    key: str
    title: str
    routes: frozenset[Route]
    outcomes: frozenset[Outcome] = _ANY
    tells_of: Stage | None = None
    numbered: str = ""
    owned: bool = False
    listed: tuple[str, ...] = ()
    of_rows: bool = False
    of_many: bool = False
    of_amount: bool = False
    paid_anew: bool = False

    def titled(self, programme: Programme) -> str:
        """The paper's own name."""
        if self.owned and programme.form_name:
            return programme.form_name
        for ending in self.listed:
            for document in programme.documents:
                if document.name.endswith(ending):
                    return document.name
        return _joined(programme.name, Sentence(self.title, name="").read())

    def revision(self, programme: Programme, history: Sequence[Revision]) -> Revision | None:
        """The revision that the paper of a case is of, None where the case has no such paper (yet)."""
        told = next((r for place, r in reversed([*enumerate(history)]) if self._tells_of(history, place)), None)
        if told is None or programme.route not in self.routes:
            return None
        if self.of_rows and not told.body["roster"]:
            return None
        if self.of_amount and not programme.has_amount:
            return None
        return told if Outcome(told.body["outcome"]) in self.outcomes else None

    def _tells_of(self, history: Sequence[Revision], place: int) -> bool:
        if self.tells_of is None or _enters(history[place], self.tells_of):
            return True
        again = self.paid_anew and place > 0 and history[place - 1].body["stage"] == Stage.REOPENED
        return again and _enters(history[place], Stage.FUNDING)


def _joined(name: str, kind: str) -> str:
    """The kind of paper behind the programme's name, without the same word twice: 重点群体就业服务 and 服务记录表."""
    twice = next((size for size in range(len(kind), 1, -1) if name.endswith(kind[:size])), 0)
    return name + kind[twice:]


def _enters(revision: Revision, stage: Stage) -> bool:
    return revision.action == ADVANCE and revision.body["stage"] == stage


NOTICES = (
    Notice("application", N_("{name}申请表"), _APPLIED_FOR, owned=True),
    Notice("undertaking", N_("{name}承诺书"), _APPROVE, listed=("承诺书",)),
    Notice("roster", N_("{name}名册"), _APPLIED_FOR, listed=("花名册", "汇总表", "名册"), of_rows=True),
    Notice("receipt", N_("{name}收件回执"), _APPLIED_FOR, tells_of=Stage.RECEIVED, numbered=N_("收件")),
    Notice("correction", N_("{name}补正告知书"), _APPLIED_FOR, tells_of=Stage.CORRECTION, numbered=N_("补正")),
    Notice(
        "not-accepted", N_("{name}不予受理通知书"), _APPLIED_FOR, tells_of=Stage.NOT_ACCEPTED, numbered=N_("不予受理")
    ),
    Notice("calculation", N_("{name}核算表"), _APPROVE, _DECIDED, of_amount=True),
    Notice("approval", N_("{name}审批表"), _APPROVE, _DECIDED),
    Notice("publicity", N_("{name}公示"), _APPROVE, tells_of=Stage.PUBLICITY, numbered=N_("公示"), of_many=True),
    Notice("refusal", N_("{name}不予批准决定书"), _APPROVE, tells_of=Stage.REJECTED, numbered=N_("不予批准")),
    Notice("notice", N_("{name}发放通知书"), _APPROVE, tells_of=Stage.APPROVED, numbered=N_("发放")),
    Notice("payment", N_("{name}发放汇总表"), _APPROVE, tells_of=Stage.APPROVED, of_many=True, paid_anew=True),
    Notice("recovery", N_("{name}资金追回通知书"), _APPROVE, tells_of=Stage.RECOVERY, numbered=N_("追回")),
    Notice("pre-check", N_("{name}预审表"), _FORWARD, _DECIDED),
    Notice("transfer", N_("{name}转办单"), _FORWARD, tells_of=Stage.TRANSFERRED, numbered=N_("转办")),
    Notice("withdrawal", N_("{name}申请撤回确认书"), _APPLIED_FOR, tells_of=Stage.WITHDRAWN, numbered=N_("撤回")),
    Notice("information", N_("{name}告知单"), _INFORM, tells_of=Stage.INFORMED, numbered=N_("告知"), owned=True),
    Notice("record", N_("{name}服务记录表"), frozenset({Route.SERVE})),
    Notice(HISTORY, N_("{name}办理过程记录"), frozenset(Route)),
)
"""In the order in which a case meets them."""

MONTH_LEDGER = "month-ledger"
"""The ledger of a month's service records: a paper of no single case."""

OWN_DATA = "own-data"
"""What is kept about one person: a paper for that person."""

OF_NO_CASE = frozenset({MONTH_LEDGER, OWN_DATA})
"""Papers that are of no single case."""

BY_KEY = {notice.key: notice for notice in NOTICES}


def additional(key: str, name: str) -> Notice:
    """A paper for which an office or a programme has a form of its own, under its own name."""
    return Notice(key, name, frozenset(Route))
