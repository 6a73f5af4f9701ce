"""What of an office may change while it stays the same office: telephone, address, who signs, the words for its stamp.

Its code, its name and the beginning of its numbers are fixed (see `office`). A change counts for the papers of stages
that were entered on its day or later, so that an older paper printed again says what it said. Changes are only ever
added; one that is to correct an earlier one is made as of the same day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date

from jinan_desk.core.role import KEEPS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.services.office import Office
from jinan_desk.services.roles import demand
from jinan_desk.store import Store

_SETTING = "particulars"
SEAL = N_("（盖章）")
"""Stands where an office puts its stamp, until it says something else."""


@dataclass(frozen=True, slots=True)
class Details:
    """`head` answers for the office, `reviewer` checks its sums, `finance` its payments; `seal` are the words that
    stand where it is stamped. "" is what has not been said."""

    phone: str = ""
    address: str = ""
    head: str = ""
    reviewer: str = ""
    finance: str = ""
    seal: str = ""


LABELS = {
    "phone": N_("联系电话"),
    "address": N_("办公地址"),
    "head": N_("单位负责人"),
    "reviewer": N_("复核人"),
    "finance": N_("财务负责人"),
    "seal": N_("盖章处文字"),
}
LONGEST = {"phone": 40, "address": 60, "head": 20, "reviewer": 20, "finance": 20, "seal": 16}
"""Characters that fit on paper."""


@dataclass(frozen=True, slots=True)
class Change:
    """Details that count since a day, and who entered them when (UTC)."""

    since: date
    at: str
    account: str
    details: Details

    def sentences(self, earlier: Details) -> list[Sentence]:
        """What became of what, a line each."""
        return [
            Sentence(
                N_("{label}：{before} → {after}"),
                label=Sentence(LABELS[key]),
                before=getattr(earlier, key) or Sentence(N_("（空）")),
                after=getattr(self.details, key) or Sentence(N_("（空）")),
            )
            for key in LABELS
            if getattr(earlier, key) != getattr(self.details, key)
        ]


class Particulars:
    """The details of one office, today's and earlier ones. `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(self, store: Store, office: Office, *, account: str, now: Callable[[], str]) -> None:
        self._store = store
        self._first = Details(office.phone, office.address, office.head)
        self._account = account
        self._now = now

    def current(self) -> Details:
        """What was entered last."""
        return next((change.details for change in self.history()), self._first)

    def on(self, day: date) -> Details:
        """What counts for a paper of that day: of what is to count since then or earlier, the last that was entered."""
        return next((change.details for change in self.history() if change.since <= day), self._first)

    def history(self) -> list[Change]:
        """Every change, the latest first."""
        return [
            Change(date.fromisoformat(kept["since"]), kept["at"], kept["account"], Details(**kept["details"]))
            for kept in reversed(self._store.settings.get(_SETTING, []))
        ]

    def change(self, details: Details, *, since: date) -> Change:
        """Let other details count since a day. Raises DeskError for what does not fit on paper, or changes nothing, and
        for anybody but an administrator."""
        demand(self._store, self._account, KEEPS)
        for field in fields(details):
            text = getattr(details, field.name)
            if text != text.strip() or (text and not text.isprintable()) or len(text) > LONGEST[field.name]:
                words = N_("{label}应写在一行内，前后不留空格，不超过 {most} 个字")
                raise DeskError(Sentence(words, label=Sentence(LABELS[field.name]), most=LONGEST[field.name]))
        if details == self.on(since) == self.current():
            raise DeskError(Sentence(N_("机构信息没有变化，没有保存")))
        change = Change(since, self._now(), self._account, details)
        kept = {"since": since.isoformat(), "at": change.at, "account": change.account, "details": asdict(details)}
        with self._store.transaction():
            self._store.settings.put(_SETTING, [*self._store.settings.get(_SETTING, []), kept])
        return change
