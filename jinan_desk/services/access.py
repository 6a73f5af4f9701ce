"""The access log: who looked at, took out or let in what leaves no revision, for an administrator to read.

Subjects are numbers of cases, counts and names of accounts, never a person of a case or their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from jinan_desk.core.dates import local_time
from jinan_desk.core.identity import read_credit_code, read_id_number
from jinan_desk.core.role import KEEPS
from jinan_desk.core.text import N_, Sentence, Translate, listed
from jinan_desk.errors import DeskError
from jinan_desk.file import placing
from jinan_desk.services.roles import demand
from jinan_desk.store import AccessFilter, AccessRow, Store

_PAGE = 1000

Note = Callable[["Action", "str | int"], object]
"""How a service tells the log: an action, and of what."""


def unnoted(action: Action, subject: str | int) -> None:
    """For services that stand alone."""


class Action(StrEnum):
    """What is noted."""

    SIGN_IN = "sign_in"
    FAILED_SIGN_IN = "failed_sign_in"
    UNMASK = "unmask"
    SEARCH_BY_ID = "search_by_id"
    PRINT = "print"
    EXPORT = "export"
    LEDGER = "ledger"
    MERGE = "merge"
    PARTNER_ENROLLED = "partner_enrolled"
    PARTNER_WITHDRAWN = "partner_withdrawn"
    PURGE = "purge"
    OWN_DATA = "own_data"
    BACKUP = "backup"
    RESTORE = "restore"
    ACCOUNTS_BEGUN = "accounts_begun"
    ACCOUNT_ADDED = "account_added"
    ROLES_CHANGED = "roles_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    PASSWORD_RESET = "password_reset"  # noqa: S105  (what was done, no secret)
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    CODE_RENEWED = "code_renewed"
    RECOVERED = "recovered"
    REKEYED = "rekeyed"
    LOCKED = "locked"
    LOCK_CHANGED = "lock_changed"
    LOG_EXPORTED = "log_exported"


ACTION_LABELS = {
    Action.SIGN_IN: N_("登录"),
    Action.FAILED_SIGN_IN: N_("此前密码错误次数"),
    Action.UNMASK: N_("查看完整号码"),
    Action.SEARCH_BY_ID: N_("按证件号码查找"),
    Action.PRINT: N_("打印文书"),
    Action.EXPORT: N_("导出数据包"),
    Action.LEDGER: N_("导出台账报表"),
    Action.MERGE: N_("合并数据包"),
    Action.PARTNER_ENROLLED: N_("登记往来机构"),
    Action.PARTNER_WITHDRAWN: N_("停用往来机构"),
    Action.PURGE: N_("销毁到期办件"),
    Action.OWN_DATA: N_("打印本人信息"),
    Action.BACKUP: N_("手工备份"),
    Action.RESTORE: N_("从备份恢复"),
    Action.ACCOUNTS_BEGUN: N_("启用账号"),
    Action.ACCOUNT_ADDED: N_("增加账号"),
    Action.ROLES_CHANGED: N_("更改角色"),
    Action.ACCOUNT_DISABLED: N_("停用账号"),
    Action.ACCOUNT_ENABLED: N_("恢复账号"),
    Action.PASSWORD_RESET: N_("重设密码"),
    Action.PASSWORD_CHANGED: N_("更改密码"),
    Action.CODE_RENEWED: N_("更换恢复码"),
    Action.RECOVERED: N_("用恢复码重设密码"),
    Action.REKEYED: N_("更换数据密钥"),
    Action.LOCKED: N_("锁定"),
    Action.LOCK_CHANGED: N_("更改锁定时间"),
    Action.LOG_EXPORTED: N_("导出访问记录"),
}


_COUNTED = {
    Action.LEDGER: N_("{count} 件"),
    Action.OWN_DATA: N_("{count} 件"),
    Action.LOCK_CHANGED: N_("{count} 分钟"),
}
"""What a subject counts that is a bare number."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of an account, of an action, of these days as the wall's calendar counts them (both counted)."""

    account: str = ""
    action: Action | None = None
    first: date | None = None
    last: date | None = None


EVERYTHING = Wanted()


class Access:
    """The access log as `account` writes and reads it; `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(self, store: Store, *, account: str, now: Callable[[], str]) -> None:
        self._store = store
        self._account = account
        self._now = now
        self._searched = ""

    def note(self, action: Action | str, subject: str | int = "") -> None:
        """Add a line. The subject must not say who a person of a case is. Raises ValueError for no such action."""
        with self._store.transaction():
            self._store.access.add(self._now(), self._account, Action(action).value, str(subject))

    def searched(self, text: str) -> None:
        """Note a search whose text is somebody's whole number; the next pages of the same search are not another."""
        if text != self._searched and (read_id_number(text) or read_credit_code(text)):
            self.note(Action.SEARCH_BY_ID)
        self._searched = text

    # Reading --------------------------------------------------------------------------------------------------------

    def page(self, wanted: Wanted = EVERYTHING, *, before: int | None = None, limit: int = 100) -> list[AccessRow]:
        """Up to `limit` lines, the latest first, beginning below that place. Raises DeskError for anybody but an
        administrator."""
        demand(self._store, self._account, KEEPS)
        return self._store.access.page(_filter(wanted), before=before, limit=limit)

    def accounts(self) -> list[str]:
        """Everybody who is named in it. Raises DeskError as `page` does."""
        demand(self._store, self._account, KEEPS)
        return self._store.access.accounts()

    def export(self, path: Path, wanted: Wanted = EVERYTHING, *, translate: Translate) -> int:
        """Write those lines as a workbook and answer how many they are, which is itself noted. Raises DeskError as
        `page` does, and where the file cannot be written."""
        from jinan_desk.exchange.access_book import Line, write_access_book

        demand(self._store, self._account, KEEPS)
        with placing(path) as fresh, self._store.transaction():
            self.note(Action.LOG_EXPORTED)
            lines = [
                Line(local_time(row.at), row.account, translate(action_label(row.action)), subject.read(translate))
                for row in self._all(wanted)
                for subject in [subject_of(row)]
            ]
            write_access_book(fresh, lines, translate)
        return len(lines)

    def _all(self, wanted: Wanted) -> Iterator[AccessRow]:
        last: int | None = None
        while page := self._store.access.page(_filter(wanted), before=last, limit=_PAGE):
            yield from page
            last = page[-1].place


def action_label(action: str) -> str:
    """What the action is called; one of a later version by its own word."""
    return ACTION_LABELS[Action(action)] if action in set(Action) else action


def subject_of(row: AccessRow) -> Sentence:
    """What the action was done to; a bare number with its unit."""
    words = _COUNTED.get(Action(row.action)) if row.action in set(Action) and row.subject.isdecimal() else None
    return Sentence("{subject}", subject=row.subject) if words is None else Sentence(words, count=int(row.subject))


def action_named(word: str) -> Action:
    """The action of that word, English key or Chinese label. Raises DeskError for any other."""
    for action, label in ACTION_LABELS.items():
        if word in (action.value, label):
            return action
    allowed = listed(action.value for action in Action)
    raise DeskError(Sentence(N_("没有操作 {word}；可用：{allowed}"), word=word, allowed=allowed))


def sentence_of(row: AccessRow) -> Sentence:
    """A line of the log in words."""
    return Sentence(
        N_("{at}  {account}  {action}  {subject}"),
        at=local_time(row.at), account=row.account, action=Sentence(action_label(row.action)), subject=subject_of(row),
    )


def _filter(wanted: Wanted) -> AccessFilter:
    given = AccessFilter(account=wanted.account, action="" if wanted.action is None else wanted.action.value)
    if wanted.first is not None:
        given = replace(given, since=_midnight(wanted.first))
    if wanted.last is not None:
        given = replace(given, before=_midnight(wanted.last + timedelta(days=1)))
    return given


def _midnight(day: date) -> str:
    return datetime.combine(day, time()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
