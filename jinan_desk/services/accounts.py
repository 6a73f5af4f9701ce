"""Accounts: who may open the store, as what, and the keys that make it so.

The store's table says who may do what; the key ring beside the store opens it. A change is written into the table and
noted in the access log in one transaction, and into the ring as its last step: where that is interrupted, somebody may
be in the ring without an active account, which opens nothing, or the other way round, which a new password mends.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jinan_desk.core.role import KEEPS, ROLE_LABELS, Role, Roles
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.errors import DeskError
from jinan_desk.services.access import Access, Action
from jinan_desk.services.handlers import read_name
from jinan_desk.services.roles import demand, labels, roles_of
from jinan_desk.services.sign_in import open_with_recovery_code, refuse_of_another, sign_in
from jinan_desk.store import AccountRow, Store

if TYPE_CHECKING:  # an office without accounts need not wait for the ciphers
    from jinan_desk.store.keyring import Cost, KeyRing

_LOCK_AFTER = "lock_after"
_USUAL_MINUTES = 10
LEAST_MINUTES, MOST_MINUTES = 1, 120
SHORTEST_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works, or worked, at this desk. Times are UTC as `2020-03-20T08:15:00Z`. `given`: the password is
    one that an administrator gave, to be changed when they sign in."""

    name: str
    roles: Roles
    active: bool
    created_at: str
    changed_at: str
    given: bool

    def sentence(self) -> Sentence:
        """In one line."""
        words = N_("{name}  {roles}") if self.active else N_("{name}  {roles}  已停用")
        if self.active and self.given:
            words = N_("{name}  {roles}  首次登录时须改成自己的密码")
        return Sentence(words, name=self.name, roles=labels(self.roles))


class Accounts:
    """The accounts of an opened store, as `account` may see and change them; `now` is UTC.

    `before_rekey` saves what is there; `cost` is what guessing a password shall cost, None for the usual.
    """

    def __init__(
        self,
        store: Store,
        *,
        account: str,
        now: Callable[[], str],
        before_rekey: Callable[[], None] = lambda: None,
        cost: Cost | None = None,
    ) -> None:
        self._store = store
        self._before_rekey = before_rekey
        self._account = account
        self._now = now
        self._access = Access(store, account=account, now=now)
        self._cost = cost

    # Looking --------------------------------------------------------------------------------------------------------

    @property
    def protected(self) -> bool:
        """Whether this store has accounts at all; without them it opens for anybody, and knows people by name."""
        return self._store.keys.sealed

    @property
    def roles(self) -> Roles:
        """What the person at the desk may do now."""
        return roles_of(self._store, self._account)

    def all(self) -> list[Account]:
        """Every account, the active ones first."""
        return [_account(row) for row in self._store.accounts.all()]

    @property
    def lock_after(self) -> int:
        """After how many minutes without a key or a click the window locks itself."""
        return int(self._store.settings.get(_LOCK_AFTER, _USUAL_MINUTES))

    # Changing -------------------------------------------------------------------------------------------------------

    def begin(self, name: str, password: str) -> str:
        """Let the store have accounts from now on: this administrator's is the first. Answers the recovery code, which
        is shown once and kept nowhere.

        The data key, which lay open until now, is replaced: no copy of the old key file opens the store any more.
        Raises DeskError where it has accounts, for a name or password that cannot be one, or where the disk does not
        take it: then it has none.
        """
        from jinan_desk.store.keyring import new_ring

        name, password = read_name(name), read_password(password, name)
        if self.protected:
            raise DeskError(Sentence(N_("这里已经启用了账号，没有改动")))
        row = AccountRow(name, Role.ADMINISTRATOR.value, True, self._now(), self._now())
        self._put(row, Action.ACCOUNTS_BEGUN)
        ring, code = new_ring(self._store.keys.key, name, password, cost=self._spent)
        try:
            self._store.keys.put(ring)
            self._store.rekey()
        except DeskError:  # nobody has seen the code, and old copies of the key still open the store
            with suppress(DeskError):
                self._store.keys.lay_open()
                self._put(replace(row, active=False, changed_at=self._now()), Action.ACCOUNT_DISABLED)
            raise
        return code

    def add(self, name: str, roles: Roles, password: str) -> Account:
        """A new account, whose owner is asked for another password on signing in first. Raises DeskError where there is
        one of that name, it has no role, or the password cannot be one."""
        self._demand()
        name, password = read_name(name), read_password(password, name)
        if self._store.accounts.get(name) is not None:
            raise DeskError(Sentence(N_("已有名为 {name} 的账号，没有改动"), name=name))
        row = AccountRow(name, _words(roles), True, self._now(), self._now(), given=True)
        return self._with_ring(row, Action.ACCOUNT_ADDED, labels(roles).read(), self._sealed_for(name, password))

    def set_roles(self, name: str, roles: Roles) -> Account:
        """Let the account have these roles and no others. Raises DeskError where nobody could keep accounts then."""
        self._demand()
        row = self._row(name)
        if row.active and Role.ADMINISTRATOR not in roles:
            self._refuse_last(name)
        changed = replace(row, roles=_words(roles), changed_at=self._now())
        return self._put(changed, Action.ROLES_CHANGED, labels(roles).read())

    def disable(self, name: str) -> Account:
        """Let the account open nothing any more; what it has done goes on naming it. Raises DeskError where nobody
        could keep accounts then."""
        from jinan_desk.store.keyring import without_account

        self._demand()
        row = self._row(name)
        self._refuse_last(name)
        key = self._store.keys.key
        changed = replace(row, active=False, changed_at=self._now())
        return self._with_ring(
            changed, Action.ACCOUNT_DISABLED, "", lambda ring: without_account(ring, key, row.name)
        )

    def enable(self, name: str, password: str) -> Account:
        """Let a disabled account work again, with a new password, to be changed on signing in."""
        self._demand()
        row = self._row(name)
        changed = replace(row, active=True, changed_at=self._now(), given=True)
        sealed = self._sealed_for(row.name, read_password(password, row.name))
        return self._with_ring(changed, Action.ACCOUNT_ENABLED, "", sealed)

    def reset(self, name: str, password: str) -> Account:
        """Give an active account a new password, where the old one was forgotten; its owner is asked for another one on
        signing in."""
        self._demand()
        row = self._row(name)
        if not row.active:
            raise DeskError(Sentence(N_("账号 {name} 已停用，请先恢复"), name=name))
        sealed = self._sealed_for(row.name, read_password(password, row.name))
        changed = replace(row, changed_at=self._now(), given=row.name != self._account)
        return self._with_ring(changed, Action.PASSWORD_RESET, "", sealed)

    def change_password(self, old: str, new: str) -> None:
        """Change one's own password. Raises SignInError where the old one is wrong, DeskError as `add` does."""
        from jinan_desk.store.keyring import with_password

        self._refuse_unprotected()
        new = read_password(new, self._account)
        refuse_of_another(self._store, sign_in(self._store.directory, self._account, old, now=self._now()).opened)
        ring = with_password(self._store.keys.ring, self._account, old, new, cost=self._spent)
        assert ring is not None
        with self._store.transaction():
            self._access.note(Action.PASSWORD_CHANGED)
            self._store.accounts.put([replace(self._row(self._account), given=False)])
            self._store.keys.put(ring)

    def choose_password(self, own: str) -> None:
        """Put a password of one's own in the place of the one that was given, just after signing in with that. Raises
        DeskError as `add` does, and for the given one."""
        from jinan_desk.store.keyring import open_with_password

        row, own = self._row(self._account), read_password(own, self._account)
        if open_with_password(self._store.keys.ring, row.name, own) is not None:
            raise DeskError(Sentence(N_("新密码不能与管理员给的相同，请另设一个只有自己知道的")))
        with self._store.transaction():
            self._access.note(Action.PASSWORD_CHANGED)
            self._store.accounts.put([replace(row, given=False)])
            self._store.keys.put(self._sealed_for(row.name, own)(self._store.keys.ring))

    def new_code(self) -> str:
        """A new recovery code; the one before opens nothing any more."""
        self._demand()
        with self._store.transaction():
            self._access.note(Action.CODE_RENEWED)
            return self._renewed_code()

    def rekey(self) -> None:
        """Encrypt the store anew under another data key, sealed to everybody who may work here and to nobody else:
        needed where somebody who has left may have copied files. Raises DeskError where the disk does not take it."""
        from jinan_desk.store.keyring import with_accounts_alone

        self._demand()
        self._before_rekey()
        keys, active = self._store.keys, [one.name for one in self.all() if one.active]
        keys.put(with_accounts_alone(keys.ring, keys.key, active))
        self._store.rekey()
        self._access.note(Action.REKEYED)

    def set_lock_after(self, minutes: int) -> None:
        """Let the window lock itself after so many minutes. Raises DeskError for none or too many."""
        self._demand()
        if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
            words = N_("自动锁定的时间应在 {least} 到 {most} 分钟之间")
            raise DeskError(Sentence(words, least=LEAST_MINUTES, most=MOST_MINUTES))
        with self._store.transaction():
            self._store.settings.put(_LOCK_AFTER, minutes)
            self._access.note(Action.LOCK_CHANGED, minutes)

    def recover(self, code: str, name: str, password: str) -> str:
        """Give an administrator a new password for the recovery code. Answers the next code, since somebody has read
        the one that was used.

        Where no administrator is left, as after a restore from before there were accounts, the name becomes one.
        Raises SignInError for a wrong code, DeskError for a name that is no administrator's.
        """
        self._refuse_unprotected()
        opened = open_with_recovery_code(self._store.directory, code, now=self._now())
        refuse_of_another(self._store, opened)
        row = self._store.accounts.get(name.strip())
        able = [other for other in self.all() if other.active and Role.ADMINISTRATOR in other.roles]
        if not able:
            roles = _account(row).roles if row is not None else frozenset()
            created = self._now() if row is None else row.created_at
            row = AccountRow(read_name(name), _words(roles | KEEPS), True, created, self._now())
        elif row is None or name.strip() not in {other.name for other in able}:
            named = listed(other.name for other in able)
            raise DeskError(Sentence(N_("恢复码只能重设管理员的密码；管理员有：{names}"), names=named))
        sealed = self._sealed_for(row.name, read_password(password, row.name))
        self._with_ring(replace(row, changed_at=self._now(), given=False), Action.RECOVERED, "", sealed)
        return self._renewed_code()

    # The pieces -----------------------------------------------------------------------------------------------------

    def _demand(self) -> None:
        self._refuse_unprotected()
        demand(self._store, self._account, KEEPS)

    def _refuse_unprotected(self) -> None:
        if not self.protected:
            raise DeskError(Sentence(N_("这里尚未启用账号；请先由一位管理员启用")))

    @property
    def _spent(self) -> Cost:
        from jinan_desk.store.keyring import COST

        return self._cost or COST

    def _row(self, name: str) -> AccountRow:
        row = self._store.accounts.get(name.strip())
        if row is None:
            named = listed(other.name for other in self._store.accounts.all())
            raise DeskError(Sentence(N_("没有名为 {name} 的账号；现有：{names}"), name=name.strip(), names=named))
        return row

    def _refuse_last(self, name: str) -> None:
        others = (one for one in self.all() if one.name != name.strip())
        if not any(one.active and Role.ADMINISTRATOR in one.roles for one in others):
            raise DeskError(Sentence(N_("{name} 是唯一的管理员，请先让另一人成为管理员；没有改动"), name=name.strip()))

    def _sealed_for(self, name: str, password: str) -> Callable[[KeyRing], KeyRing]:
        from jinan_desk.store.keyring import with_account

        key, cost = self._store.keys.key, self._spent
        return lambda ring: with_account(ring, key, name, password, cost=cost)

    def _renewed_code(self) -> str:
        from jinan_desk.store.keyring import with_code

        ring, code = with_code(self._store.keys.ring, self._store.keys.key)
        self._store.keys.put(ring)
        return code

    def _put(self, row: AccountRow, action: Action, how: str = "") -> Account:
        with self._store.transaction():
            self._store.accounts.put([row])
            self._access.note(action, f"{row.name} {how}".strip())
        return _account(row)

    def _with_ring(self, row: AccountRow, action: Action, how: str, change: Callable[[KeyRing], KeyRing]) -> Account:
        with self._store.transaction():
            account = self._put(row, action, how)
            self._store.keys.put(change(self._store.keys.ring))
        return account


def read_password(password: str, name: str) -> str:
    """The password as it counts. Raises DeskError for one that is too short or the name itself."""
    if len(password) < SHORTEST_PASSWORD or password.strip().casefold() in ("", name.strip().casefold()):
        words = N_("密码至少 {least} 个字符，不能是姓名；字母、数字、汉字、符号都可以用")
        raise DeskError(Sentence(words, least=SHORTEST_PASSWORD))
    return password


def _account(row: AccountRow) -> Account:
    roles = frozenset(map(Role, row.roles.split()))
    return Account(row.name, roles, row.active, row.created_at, row.changed_at, row.given)


def _words(roles: Roles) -> str:
    """The roles as the table keeps them. Raises DeskError for none."""
    if not roles:
        named = labels(frozenset(Role))
        raise DeskError(Sentence(N_("请至少给一个角色：{roles}"), roles=named))
    return " ".join(role.value for role in Role if role in roles)


def role_named(word: str) -> Role:
    """The role of that word: its key, or its Chinese label, 审核 as well as 审核员. Raises DeskError for any other."""
    for role, label in ROLE_LABELS.items():
        if word in (role.value, label, label.removesuffix("员")):
            return role
    allowed = listed(role.value for role in Role)
    raise DeskError(Sentence(N_("没有角色 {word}；可用：{allowed}"), word=word, allowed=allowed))
