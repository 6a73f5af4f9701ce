"""Signing in: a name and a password, or the recovery code, against the key ring beside the store.

Wrong ones are counted before they are tried, and slow down the next. Which of name and password was wrong is not said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.store import Opened, Store
from jinan_desk.store.attempts import Attempts
from jinan_desk.store.keyfile import is_sealed, read_ring
from jinan_desk.store.places import key_path
from jinan_desk.store.recovery_code import read_code

_UNKNOWN = "unknown"
_CODE = "recovery"


class SignInError(DeskError):
    """A name, password or code that opened nothing. `seconds` are to be waited before the next try."""

    def __init__(self, sentence: Sentence, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who knew their password: what it opens, and how often it was wrong before."""

    account: str
    opened: Opened
    failed: int


def has_accounts(directory: Path) -> bool:
    """Whether somebody has to say who they are before the store of the directory opens."""
    return is_sealed(key_path(directory))


def sign_in(directory: Path, account: str, password: str, *, now: str, key_file: Path | None = None) -> SignedIn:
    """Open the key ring with the account's password. `now` is UTC; `key_file` lies elsewhere than in the directory.

    Raises SignInError where the password is wrong or it is too early to try again, DeskError for a damaged ring.
    """
    from jinan_desk.store.keyring import has_account, open_with_password, slot_name

    name = account.strip()
    if not name:
        raise DeskError(Sentence(N_("请写明姓名：--account 姓名")))
    ring = read_ring(key_file or key_path(directory))
    who = slot_name(ring, name) if has_account(ring, name) else _UNKNOWN
    wrong = N_("姓名或密码不对，没有打开")
    opened, failed = _tried(directory, who, now, wrong, lambda: open_with_password(ring, name, password))
    return SignedIn(name, opened, failed)


def open_with_recovery_code(directory: Path, code: str, *, now: str, key_file: Path | None = None) -> Opened:
    """Open the key ring with the recovery code. Raises as `sign_in` does, and DeskError for a code copied wrong."""
    from jinan_desk.store.keyring import open_with_code

    read_code(code)  # one that was copied wrong is no attempt
    ring = read_ring(key_file or key_path(directory))
    wrong = N_("恢复码不对，没有打开；换过的旧恢复码不再有效")
    return _tried(directory, _CODE, now, wrong, lambda: open_with_code(ring, code))[0]


def refuse_of_another(store: Store, opened: Opened) -> None:
    """Raises DeskError where what was opened is not the key of the store: somebody has put another key file there."""
    if store.keys.key not in opened.keys:
        raise DeskError(Sentence(N_("密钥文件与打开着的数据不符，请关闭程序后重新打开")))


def _tried(
    directory: Path, who: str, now: str, wrong: str, attempt: Callable[[], Opened | None]
) -> tuple[Opened, int]:
    """What the attempt opened, and how many failed before it."""
    attempts = Attempts(directory)
    seconds = attempts.wait(who, now)
    if seconds:
        raise SignInError(Sentence(N_("密码连续输错，请等 {time}后再试"), time=waiting_time(seconds)), seconds)
    failed = attempts.failed(who)
    try:
        attempts.count(who, now)
        opened = attempt()
        if opened is not None:
            attempts.forget(who)
            return opened, failed
    except OSError as error:
        words = N_("数据目录 {path} 无法读写：{why}")
        raise DeskError(Sentence(words, path=str(directory), why=reason(error))) from None
    seconds = attempts.wait(who, now)
    told = Sentence(wrong)
    if seconds:
        told = Sentence(N_("{wrong}；请等 {time}后再试"), wrong=told, time=waiting_time(seconds))
    raise SignInError(told, seconds)


def waiting_time(seconds: int) -> Sentence:
    """How long there is to wait, in words."""
    if seconds < 60:
        return Sentence(N_("{count} 秒"), count=seconds)
    return Sentence(N_("{count} 分钟"), count=-(-seconds // 60))
