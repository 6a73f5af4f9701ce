"""The key ring opens for the right password and the recovery code, and for nothing else; nobody's name stands in it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import keyring
from jinan_desk.store.keyring import (
    Cost,
    KeyRing,
    RingError,
    decode,
    encode,
    has_account,
    new_ring,
    open_with_code,
    open_with_password,
    settled,
    with_account,
    with_code,
    with_next_key,
    with_password,
    without_account,
)
from jinan_desk.store.recovery_code import new_code, read_code

KEY = bytes(range(32))
CHEAP = Cost(2, 1, 1)


@pytest.fixture
def ring() -> KeyRing:
    return new_ring(KEY, "苏敏", "correct horse", cost=CHEAP)[0]


def opens(ring: KeyRing, name: str, password: str) -> bool:
    opened = open_with_password(ring, name, password)
    return opened is not None and opened.keys == (KEY,)


def test_a_password_and_the_code_open_the_data_key_and_nothing_else_does() -> None:
    ring, code = new_ring(KEY, "苏敏", "correct horse", cost=CHEAP)
    assert opens(ring, " 苏敏 ", "correct horse")
    for name, password in (("苏敏", "correct hors"), ("苏敏", ""), ("韩立", "correct horse"), ("recovery", code)):
        assert open_with_password(ring, name, password) is None
    opened = open_with_code(ring, code.lower().replace("-", " "))
    assert opened is not None
    assert opened.keys == (KEY,)
    assert open_with_code(ring, new_code()) is None


def test_changing_a_password_seals_one_private_half_anew_and_nothing_else(ring: KeyRing) -> None:
    ring = with_account(ring, KEY, "韩立", "another one", cost=CHEAP)
    changed = with_password(ring, "苏敏", "correct horse", "battery staple", cost=CHEAP)
    assert changed is not None
    assert changed.keys == ring.keys
    assert sum(changed.slots[name] != slot for name, slot in ring.slots.items()) == 1
    assert opens(changed, "苏敏", "battery staple")
    assert not opens(changed, "苏敏", "correct horse")
    assert opens(changed, "韩立", "another one")
    assert with_password(ring, "苏敏", "wrong", "battery staple", cost=CHEAP) is None


def test_an_account_that_was_taken_out_opens_nothing(ring: KeyRing) -> None:
    both = with_account(ring, KEY, "韩立", "another one", cost=CHEAP)
    assert has_account(both, "韩立")
    assert opens(both, "韩立", "another one")
    without = without_account(both, KEY, "韩立")
    assert not has_account(without, "韩立")
    assert open_with_password(without, "韩立", "another one") is None
    assert opens(without, "苏敏", "correct horse")


def test_a_new_code_ends_the_one_before() -> None:
    ring, old = new_ring(KEY, "苏敏", "correct horse", cost=CHEAP)
    ring, new = with_code(ring, KEY)
    assert open_with_code(ring, old) is None
    assert open_with_code(ring, new) is not None


def test_a_new_data_key_is_sealed_to_everybody_without_anybodys_password(ring: KeyRing) -> None:
    ring = with_account(ring, KEY, "韩立", "another one", cost=CHEAP)
    between, fresh = with_next_key(ring, KEY)
    for name, password in (("苏敏", "correct horse"), ("韩立", "another one")):
        opened = open_with_password(between, name, password)
        assert opened is not None
        assert opened.keys == (fresh, KEY)
        after = open_with_password(settled(between, 0), name, password)
        assert after is not None
        assert (after.keys, after.former) == ((fresh,), (KEY,))
        assert opens(settled(between, 1), name, password)


def test_former_keys_are_remembered_through_every_change(ring: KeyRing) -> None:
    between, second = with_next_key(ring, KEY)
    between, third = with_next_key(settled(between, 0), second)
    ring = with_account(settled(between, 0), third, "韩立", "another one", cost=CHEAP)
    opened = open_with_password(ring, "韩立", "another one")
    assert opened is not None
    assert (opened.keys, opened.former) == ((third,), (second, KEY))


def test_the_file_reads_back_as_it_was_and_names_nobody(ring: KeyRing) -> None:
    ring = with_account(ring, KEY, "韩立", "another one", cost=CHEAP)
    text = encode(ring)
    assert decode(text) == ring
    for name in ("苏敏", "韩立"):
        assert name.encode() not in text
        assert json.dumps(name).encode() not in text
        assert name.encode().hex().encode() not in text
    assert KEY.hex().encode() not in text


def test_the_proof_refuses_somebody_who_puts_himself_into_the_file(ring: KeyRing) -> None:
    other = new_ring(bytes(32), "外人", "let me in", cost=CHEAP)[0]
    (name,) = other.slots.keys() - {"recovery"}
    planted = replace(ring, slots={**ring.slots, name: other.slots[name]})
    with pytest.raises(RingError):
        open_with_password(planted, "苏敏", "correct horse")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda given: given | {"format": "another"},
        lambda given: given | {"keys": []},
        lambda given: given | {"salt": "xx"},
        lambda given: given | {"slots": {"recovery": given["slots"]["recovery"]}},
        lambda given: {key: value for key, value in given.items() if key != "slots"},
        lambda given: [],
    ],
)
def test_what_is_no_ring_is_refused(ring: KeyRing, spoil: object) -> None:
    with pytest.raises(RingError):
        decode(json.dumps(spoil(json.loads(encode(ring)))).encode())  # type: ignore[operator]


@pytest.mark.parametrize("cost", [{"n": 2**30}, {"r": 2**20}, {"p": 0}, {"n": 3}, {"n": "2"}])
def test_a_ring_that_asks_for_all_the_memory_is_refused(ring: KeyRing, cost: dict[str, object]) -> None:
    given = json.loads(encode(ring))
    for slot in given["slots"].values():
        slot["scrypt"] |= cost
    with pytest.raises(RingError):
        decode(json.dumps(given).encode())


def test_every_wrong_character_of_a_code_is_found() -> None:
    code = new_code()
    assert len(read_code(code)) == 32
    assert read_code("０" + code[1:]) == read_code("O" + code[1:]) if code[0] == "0" else True
    whole = code.replace("-", "")
    for place, right in enumerate(whole):
        wrong = "7" if right != "7" else "8"
        with pytest.raises(DeskError, match="抄错"):
            read_code(whole[:place] + wrong + whole[place + 1 :])
    for text in ("", code[:-1], code + "A", "U" + code[1:]):
        with pytest.raises(DeskError, match="8 组"):
            read_code(text)


def test_letters_that_are_taken_for_digits_are_read_as_them() -> None:
    code = next(code for code in iter(new_code, "") if "0" in code and "1" in code)
    assert read_code(code.replace("0", "o").replace("1", "l")) == read_code(code)


def test_a_name_that_is_nobodys_takes_as_long_as_a_wrong_password(
    ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `_stretched` for a name without a slot: nobody learns from the time it takes who has an account."""
    stretched: list[str] = []
    stretch = keyring._stretched

    def counted(password: str, slot: keyring.Slot) -> bytes:
        stretched.append(password)
        return stretch(password, slot)

    monkeypatch.setattr(keyring, "_stretched", counted)
    for name in ("苏敏", "没有此人"):
        assert open_with_password(ring, name, "wrong") is None
    assert stretched == ["wrong", "wrong"]


@pytest.mark.parametrize("change", [{"public": "00" * 31}, {"public": ""}, {"n": 1}], ids=str)
def test_a_slot_that_no_key_fits_is_refused_on_reading(change: dict[str, object]) -> None:
    """Guard: the length of the public half, and the least cost, in `_read_slot`."""
    ring, _ = new_ring(bytes(32), "苏敏", "correct horse", cost=Cost(2, 1, 1))
    told = json.loads(encode(ring))
    slot = next(iter(told["slots"].values()))
    (slot["scrypt"] if "n" in change else slot).update(change)
    with pytest.raises(RingError):
        decode(json.dumps(told).encode())


def test_one_person_has_another_name_in_every_ring() -> None:
    """Guard: the salt in `_name_hash`: whoever has two key files does not see that they name the same person."""
    one, other = (new_ring(bytes(32), "苏敏", "correct horse", cost=Cost(2, 1, 1))[0] for _ in range(2))
    assert keyring.slot_name(one, "苏敏") != keyring.slot_name(other, "苏敏")
