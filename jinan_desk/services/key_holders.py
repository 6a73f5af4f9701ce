"""Key holders: the accounts in the store against the slots of the key ring beside it, in words where they do not agree.

What somebody may do is in the store alone, so that both can only disagree about who there is. An interrupted change, a
key file from a safe, or a backup of another time leaves them so; every sentence says what mends it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinan_desk.core.role import Role
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.errors import DeskError
from jinan_desk.store import Store


def wrong_holders(store: Store) -> Iterator[Sentence]:
    """Every account that the store and the key file know differently; nothing where they agree."""
    active = [row for row in store.accounts.all() if row.active]
    if not store.keys.sealed:
        if active:
            words = N_("账号 {names} 已登记，但密钥文件没有启用账号，谁都能打开数据；请启用：accounts begin {first}")
            yield Sentence(words, names=listed(row.name for row in active), first=active[0].name)
        return
    try:
        yield from _disagreeing(store)
    except DeskError as error:  # the file was damaged since the store was opened
        yield error.sentence


def _disagreeing(store: Store) -> Iterator[Sentence]:
    from jinan_desk.store.keyring import RingError, accounts_in, has_code, holders, is_proven, slot_name

    ring = store.keys.ring
    if not is_proven(ring, store.keys.key):
        raise RingError
    holding = holders(ring)
    rows = {slot_name(ring, row.name): row for row in store.accounts.all()}
    for slot, row in rows.items():
        if row.active and slot not in holding:
            words = N_("账号 {name} 在用，但密钥文件里没有其密码，不能登录；请管理员重设密码：accounts password {name}")
            yield Sentence(words, name=row.name)
        elif not row.active and slot in accounts_in(ring):
            words = N_("账号 {name} 已停用，但密钥文件里还有其密码；请管理员再停用一次：accounts disable {name}")
            yield Sentence(words, name=row.name)
    strange = len(accounts_in(ring) - rows.keys())
    if strange:
        words = N_("密钥文件里有 {count} 个密码不属于任何账号；请管理员更换数据密钥，一并清除：accounts rekey")
        yield Sentence(words, count=strange)
    able = (row.active and Role.ADMINISTRATOR in row.roles.split() for slot, row in rows.items() if slot in holding)
    if not any(able):
        yield Sentence(N_("没有一位管理员能够登录；请凭恢复码重设：accounts recover 管理员姓名"))
    if not has_code(ring):
        words = N_("密钥文件里没有恢复码，管理员忘记密码时无法找回；请管理员换一个恢复码：accounts recovery-code")
        yield Sentence(words)
