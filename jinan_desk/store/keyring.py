"""The key ring: a store's data key, sealed for every account and for the recovery code. Bytes in and out, no files.

Everybody has a pair of keys (X25519). Its private half is sealed under what scrypt makes of the password; the data key
is sealed to the public half. So a password is changed by sealing one private half anew, and a new data key is sealed to
everybody without anybody's password. A slot is found by a salted hash of the account's name: nobody's name stands in
it. A **proof** under the data key says whose public halves are in the ring, so that nobody who can only write the file
has the next data key sealed to himself.

While a data key is being replaced there are two, the new one first; the store answers to one of them. Those that were
replaced before are kept, sealed under the data key, for the backups of their time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store.keyfile import KEY_BYTES, Opened
from jinan_desk.store.recovery_code import new_code, read_code

_FORMAT = "jinan-desk key ring 1"
_NONCE_BYTES = 12
_ONCE = bytes(_NONCE_BYTES)  # the nonce of a key that seals one thing only
_SALT_BYTES = 16
_LARGEST_N, _LARGEST_R, _LARGEST_P = 2**18, 8, 4  # a file from elsewhere may not ask for all the memory there is
_CODE = "recovery"


@dataclass(frozen=True, slots=True)
class Cost:
    """What scrypt is to take: time and 128·n·r bytes of memory."""

    n: int
    r: int
    p: int


COST = Cost(2**15, 8, 1)
"""A tenth of a second and 32 MiB: a million guesses keep a core busy for a day."""

_CODE_COST = Cost(2**10, 8, 1)
"""155 random bits need no stretching."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One pair of keys: what scrypt needs to know, the public half, the private half under the password."""

    cost: Cost
    salt: bytes
    public: bytes
    private: bytes


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One data key: by slot as it is sealed for it, the proof, and the keys before it, sealed under it."""

    sealed: Mapping[str, bytes]
    proof: bytes
    former: bytes


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The slots by the hash of their name, and the data key; two of them while it is being replaced."""

    salt: bytes
    slots: Mapping[str, Slot]
    keys: tuple[Wrapped, ...]


class RingError(DeskError):
    """A key ring that was damaged, or written by somebody who does not know the data key."""

    def __init__(self) -> None:
        super().__init__(Sentence(N_("密钥文件已损坏或被改动过，请用备份的密钥文件替换")))


# Making and opening -------------------------------------------------------------------------------------------------


def new_ring(key: bytes, account: str, password: str, *, cost: Cost = COST) -> tuple[KeyRing, str]:
    """A ring with one account for a data key, and its recovery code."""
    code = new_code()
    salt = secrets.token_bytes(_SALT_BYTES)
    slots = {_name_hash(salt, account): _new_slot(password, cost), _CODE: _new_slot(read_code(code), _CODE_COST)}
    ring = KeyRing(salt, slots, ())
    return replace(ring, keys=(_wrapped(ring, key, ()),)), code


def has_account(ring: KeyRing, account: str) -> bool:
    """Whether the account's password opens anything."""
    return slot_name(ring, account) in ring.slots


def slot_name(ring: KeyRing, account: str) -> str:
    """What an account is called in the ring."""
    return _name_hash(ring.salt, account)


def accounts_in(ring: KeyRing) -> frozenset[str]:
    """What those accounts are called that are in the ring."""
    return frozenset(ring.slots) - {_CODE}


def holders(ring: KeyRing) -> frozenset[str]:
    """Those of them that open every data key in it."""
    return accounts_in(ring) & _holding(ring)


def has_code(ring: KeyRing) -> bool:
    """Whether there is a recovery code that opens every data key."""
    return _CODE in _holding(ring)


def _holding(ring: KeyRing) -> frozenset[str]:
    return frozenset(name for name in ring.slots if all(name in wrapped.sealed for wrapped in ring.keys))


def is_proven(ring: KeyRing, key: bytes) -> bool:
    """Whether somebody who knows this data key wrote the ring for it."""
    return any(hmac.compare_digest(wrapped.proof, _proof(ring, key)) for wrapped in ring.keys)


def open_with_password(ring: KeyRing, account: str, password: str) -> Opened | None:
    """What the account's password opens; None where it is not the account's password. An account that is not there
    takes as long. Raises RingError."""
    name = slot_name(ring, account)
    slot = ring.slots.get(name)
    if slot is None:
        any_slot = next(slot for other, slot in ring.slots.items() if other != _CODE)
        _stretched(password, any_slot)
        return None
    return _opened(ring, name, _private_half(slot, password))


def open_with_code(ring: KeyRing, code: str) -> Opened | None:
    """What the recovery code opens. Raises DeskError for one that was copied wrong, RingError."""
    return _opened(ring, _CODE, _private_half(ring.slots[_CODE], read_code(code)))


def _opened(ring: KeyRing, name: str, private: bytes | None) -> Opened | None:
    if private is None:
        return None
    keys: list[bytes] = []
    former: list[bytes] = []
    for wrapped in ring.keys:
        try:
            key = _unsealed(wrapped.sealed[name], private)
            former += _former(wrapped, key)
        except (InvalidTag, KeyError, ValueError):
            raise RingError from None
        if not hmac.compare_digest(wrapped.proof, _proof(ring, key)):
            raise RingError
        keys.append(key)
    return Opened(tuple(keys), tuple(dict.fromkeys(former)))


# Changing it. `key` is always the data key, which whoever changes anything must know ---------------------------------


def with_account(ring: KeyRing, key: bytes, account: str, password: str, *, cost: Cost = COST) -> KeyRing:
    """The ring with the account in it, with a new pair of keys if it was in it before."""
    return _with_slot(ring, key, slot_name(ring, account), _new_slot(password, cost))


def without_account(ring: KeyRing, key: bytes, account: str) -> KeyRing:
    """The ring without the account."""
    return _with_slots(ring, key, ring.slots.keys() - {slot_name(ring, account)})


def with_accounts_alone(ring: KeyRing, key: bytes, accounts: Iterable[str]) -> KeyRing:
    """The ring with the recovery code and of its accounts only these."""
    return _with_slots(ring, key, {_CODE, *(slot_name(ring, account) for account in accounts)})


def with_password(ring: KeyRing, account: str, old: str, new: str, *, cost: Cost = COST) -> KeyRing | None:
    """The ring with another password for the account; None where the old one is not its password."""
    name = slot_name(ring, account)
    slot = ring.slots[name]
    private = _private_half(slot, old)
    if private is None:
        return None
    return replace(ring, slots={**ring.slots, name: _slot(X25519PrivateKey.from_private_bytes(private), new, cost)})


def with_code(ring: KeyRing, key: bytes) -> tuple[KeyRing, str]:
    """The ring with another recovery code, and the code: the one before opens nothing any more."""
    code = new_code()
    return _with_slot(ring, key, _CODE, _new_slot(read_code(code), _CODE_COST)), code


def with_next_key(ring: KeyRing, key: bytes) -> tuple[KeyRing, bytes]:
    """The ring with a new data key before the present one, and the new key."""
    (present,) = ring.keys
    fresh = secrets.token_bytes(KEY_BYTES)
    return replace(ring, keys=(_wrapped(ring, fresh, (key, *_former(present, key))), present)), fresh


def settled(ring: KeyRing, place: int) -> KeyRing:
    """The ring with that one of its data keys to which the store answers."""
    return replace(ring, keys=(ring.keys[place],))


def _with_slots(ring: KeyRing, key: bytes, names: AbstractSet[str]) -> KeyRing:
    return _sealed_anew(replace(ring, slots={name: ring.slots[name] for name in ring.slots if name in names}), key)


def _with_slot(ring: KeyRing, key: bytes, name: str, slot: Slot) -> KeyRing:
    return _sealed_anew(replace(ring, slots={**ring.slots, name: slot}), key)


def _sealed_anew(ring: KeyRing, key: bytes) -> KeyRing:
    (present,) = ring.keys
    return replace(ring, keys=(_wrapped(ring, key, _former(present, key)),))


def _wrapped(ring: KeyRing, key: bytes, former: tuple[bytes, ...]) -> Wrapped:
    sealed = {name: _sealed(key, slot.public) for name, slot in ring.slots.items()}
    nonce = secrets.token_bytes(_NONCE_BYTES)
    before = AESGCM(_derived(key, b"former keys")).encrypt(nonce, b"".join(former), None)
    return Wrapped(sealed, _proof(ring, key), nonce + before)


def _former(wrapped: Wrapped, key: bytes) -> tuple[bytes, ...]:
    cipher = AESGCM(_derived(key, b"former keys"))
    before = cipher.decrypt(wrapped.former[:_NONCE_BYTES], wrapped.former[_NONCE_BYTES:], None)
    return tuple(before[start : start + KEY_BYTES] for start in range(0, len(before), KEY_BYTES))


# The pieces ---------------------------------------------------------------------------------------------------------


def _name_hash(salt: bytes, account: str) -> str:
    return hashlib.sha256(salt + unicodedata.normalize("NFC", account.strip()).encode()).hexdigest()


def _new_slot(password: str, cost: Cost) -> Slot:
    return _slot(X25519PrivateKey.generate(), password, cost)


def _slot(pair: X25519PrivateKey, password: str, cost: Cost) -> Slot:
    public = pair.public_key().public_bytes_raw()
    bare = Slot(cost, secrets.token_bytes(_SALT_BYTES), public, b"")
    return replace(bare, private=AESGCM(_stretched(password, bare)).encrypt(_ONCE, pair.private_bytes_raw(), public))


def _private_half(slot: Slot, password: str) -> bytes | None:
    try:
        return AESGCM(_stretched(password, slot)).decrypt(_ONCE, slot.private, slot.public)
    except InvalidTag:
        return None


def _stretched(password: str, slot: Slot) -> bytes:
    cost = slot.cost
    told = unicodedata.normalize("NFC", password).encode()
    memory = 128 * cost.r * (cost.n + cost.p + 2) + 2**20
    return hashlib.scrypt(told, salt=slot.salt, n=cost.n, r=cost.r, p=cost.p, maxmem=memory, dklen=KEY_BYTES)


def _sealed(key: bytes, public: bytes) -> bytes:
    """The key sealed to a public half: whoever has the private one opens it."""
    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    shared = _derived(once.exchange(X25519PublicKey.from_public_bytes(public)), own + public)
    return own + AESGCM(shared).encrypt(_ONCE, key, None)


def _unsealed(sealed: bytes, private: bytes) -> bytes:
    pair = X25519PrivateKey.from_private_bytes(private)
    own, box = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    shared = _derived(pair.exchange(X25519PublicKey.from_public_bytes(own)), own + pair.public_key().public_bytes_raw())
    return AESGCM(shared).decrypt(_ONCE, box, None)


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=_FORMAT.encode() + purpose).derive(secret)


def _proof(ring: KeyRing, key: bytes) -> bytes:
    told = json.dumps(sorted((name, slot.public.hex()) for name, slot in ring.slots.items()))
    return hmac.digest(_derived(key, b"proof"), told.encode(), "sha256")


# The file's text ----------------------------------------------------------------------------------------------------


def encode(ring: KeyRing) -> bytes:
    """The ring as JSON."""
    return json.dumps(
        {
            "format": _FORMAT,
            "salt": ring.salt.hex(),
            "slots": {
                name: {
                    "scrypt": {"n": slot.cost.n, "r": slot.cost.r, "p": slot.cost.p, "salt": slot.salt.hex()},
                    "public": slot.public.hex(),
                    "private": slot.private.hex(),
                }
                for name, slot in ring.slots.items()
            },
            "keys": [
                {
                    "sealed": {name: box.hex() for name, box in wrapped.sealed.items()},
                    "proof": wrapped.proof.hex(),
                    "former": wrapped.former.hex(),
                }
                for wrapped in ring.keys
            ],
        },
        indent=1,
    ).encode()


def decode(text: bytes) -> KeyRing:
    """The ring of that JSON. Raises RingError for anything else."""
    try:
        given = json.loads(text)
        ring = KeyRing(
            bytes.fromhex(given["salt"]),
            {name: _read_slot(slot) for name, slot in given["slots"].items()},
            tuple(map(_read_wrapped, given["keys"])),
        )
        whole = given["format"] == _FORMAT and _CODE in ring.slots and len(ring.slots) > 1 and 1 <= len(ring.keys) <= 2
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RingError from None
    if not whole:
        raise RingError
    return ring


def _read_slot(given: Mapping[str, Any]) -> Slot:
    scrypt = given["scrypt"]
    cost = Cost(scrypt["n"], scrypt["r"], scrypt["p"])
    bounds = ((cost.n, _LARGEST_N), (cost.r, _LARGEST_R), (cost.p, _LARGEST_P))
    if not all(isinstance(value, int) and 1 <= value <= most for value, most in bounds) or cost.n & (cost.n - 1):
        raise ValueError
    public = bytes.fromhex(given["public"])
    if len(public) != KEY_BYTES or cost.n < 2:
        raise ValueError
    return Slot(cost, bytes.fromhex(scrypt["salt"]), public, bytes.fromhex(given["private"]))


def _read_wrapped(given: Mapping[str, Any]) -> Wrapped:
    sealed = {name: bytes.fromhex(box) for name, box in given["sealed"].items()}
    return Wrapped(sealed, bytes.fromhex(given["proof"]), bytes.fromhex(given["former"]))
