"""Where the accounts in the store and the key file do not agree, each difference is named with what mends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jinan_desk.core.role import Role
from jinan_desk.services.demo import Clock
from jinan_desk.services.key_holders import wrong_holders
from jinan_desk.services.sign_in import sign_in
from jinan_desk.store import AccountRow, Store
from jinan_desk.store.keyfile import is_sealed
from jinan_desk.store.keyring import KeyRing, with_account, without_account
from jinan_desk.store.places import key_path
from tests.services.test_accounts import CHEAP, CHIEF, CLERK, SECRET, Hall

AT = "2020-03-20T08:00:00Z"


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Hall:
    return Hall(tmp_path / "hall", clock)


def told(store: Store) -> list[str]:
    return [sentence.read() for sentence in wrong_holders(store)]


def without_codes_key(ring: KeyRing) -> KeyRing:
    """As by somebody who can write the file: the proof, which is about public halves, still holds."""
    (wrapped,) = ring.keys
    sealed = {name: box for name, box in wrapped.sealed.items() if name != "recovery"}
    return replace(ring, keys=(replace(wrapped, sealed=sealed),))


def another_proof(ring: KeyRing) -> KeyRing:
    (wrapped,) = ring.keys
    return replace(ring, keys=(replace(wrapped, proof=bytes(32)),))


def test_nothing_is_said_where_both_agree_nor_where_there_are_no_accounts(hall: Hall, store: Store) -> None:
    assert told(store) == []
    with hall.open() as opened:
        assert told(opened) == []
        hall.accounts(opened).disable(CLERK)
        assert told(opened) == []


def test_an_account_without_a_password_is_named_and_a_new_password_mends_it(hall: Hall) -> None:
    with hall.open() as store:
        keys = store.keys
        keys.put(without_account(keys.ring, keys.key, CLERK))
        (wrong,) = told(store)
        assert f"账号 {CLERK} 在用，但密钥文件里没有其密码" in wrong
        assert f"accounts password {CLERK}" in wrong
        hall.accounts(store).reset(CLERK, SECRET)
        assert told(store) == []


def test_a_disabled_account_whose_password_still_opens_is_named_and_disabling_it_again_mends_it(hall: Hall) -> None:
    with hall.open() as store:
        hall.accounts(store).disable(CLERK)
        keys = store.keys
        keys.put(with_account(keys.ring, keys.key, CLERK, SECRET, cost=CHEAP))
        (wrong,) = told(store)
        assert f"账号 {CLERK} 已停用，但密钥文件里还有其密码" in wrong
        hall.accounts(store).disable(CLERK)
        assert told(store) == []


def test_passwords_of_nobody_are_counted_and_another_data_key_leaves_them_behind(hall: Hall) -> None:
    with hall.open() as store:
        keys = store.keys
        keys.put(with_account(keys.ring, keys.key, "旧人", SECRET, cost=CHEAP))
        (wrong,) = told(store)
        assert "有 1 个密码不属于任何账号" in wrong
        assert sign_in(hall.directory, "旧人", SECRET, now=AT).opened.keys == (keys.key,)
        hall.accounts(store).rekey()
        assert told(store) == []
    with hall.open(CLERK):
        pass


def test_that_no_administrator_can_sign_in_is_named_and_the_recovery_code_mends_it(hall: Hall) -> None:
    with hall.open() as store:
        keys = store.keys
        keys.put(without_account(keys.ring, keys.key, CHIEF))
        assert [f"账号 {CHIEF} 在用" in wrong or "没有一位管理员能够登录" in wrong for wrong in told(store)] == [True, True]
        hall.accounts(store, "").recover(hall.code, CHIEF, SECRET)
        assert told(store) == []


def test_a_clerk_who_can_sign_in_is_no_administrator(hall: Hall) -> None:
    with hall.open() as store:
        store.accounts.put([AccountRow(CHIEF, Role.CLERK.value, True, AT, AT)])
        assert [wrong for wrong in told(store) if "没有一位管理员" in wrong] == told(store) != []


def test_a_recovery_code_that_opens_nothing_is_named_and_another_one_mends_it(hall: Hall) -> None:
    with hall.open() as store:
        store.keys.put(without_codes_key(store.keys.ring))
        (wrong,) = told(store)
        assert "没有恢复码" in wrong
        assert "accounts recovery-code" in wrong
        hall.accounts(store).new_code()
        assert told(store) == []


def test_a_key_file_that_was_changed_or_cut_under_an_open_store_is_named(hall: Hall) -> None:
    with hall.open() as store:
        whole = key_path(hall.directory).read_bytes()
        store.keys.put(another_proof(store.keys.ring))
        assert told(store) == ["密钥文件已损坏或被改动过，请用备份的密钥文件替换"]
        key_path(hall.directory).write_bytes(whole[:-20])
        assert told(store) == ["密钥文件已损坏或被改动过，请用备份的密钥文件替换"]


def test_an_account_in_a_store_that_opens_for_anybody_is_named(store: Store) -> None:
    assert not is_sealed(key_path(store.directory))
    store.accounts.put([AccountRow(CHIEF, Role.ADMINISTRATOR.value, True, AT, AT)])
    (wrong,) = told(store)
    assert "没有启用账号，谁都能打开数据" in wrong
