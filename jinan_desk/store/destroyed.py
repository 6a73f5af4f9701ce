"""What was destroyed, as it is known beside the store, so that no store that is put back brings it back.

A small file holds the tombstones of the cases that were purged here: hashes and counters, no personal data. It carries
a code under the data key, so that nobody who can only write files has a case destroyed. It is written after each purge,
and never before; where it cannot be read it names nothing, and is written anew from the store's own tombstones.

A copy of the list goes wherever backups go, so that another machine knows it, too. It is only ever added to there: an
older store that is at work again takes nothing out of it. Its name tells data keys apart, and nothing else.

Whatever store is opened or put back while the file, or the store before it, names a case of it: that case is purged
again. Two people agreed on it then; where it is not known any more who, the acts say that it was found out here.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from jinan_desk.store.acts import Act, ActTable
from jinan_desk.store.connection import Database
from jinan_desk.store.keyfile import write_whole
from jinan_desk.store.purging import CONFIRMED, PROPOSED, WITHDRAWN, purge
from jinan_desk.store.tombstones import Tombstone, add_tombstones, has_tombstones, own_tombstones

_PURPOSE, _NAMING = b"jinan-desk destroyed 1", b"jinan-desk destroyed, name"
_LARGEST = 2**26  # bytes: what is larger is none
_FOUND_OUT = "此前已销毁，较早的数据放回时再次销毁"
_NOBODY, _PROGRAM = "", "jinan-desk"


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The tombstones of what was purged here, and by case the proposal and the confirmation, as far as they are
    known."""

    stones: tuple[Tombstone, ...] = ()
    agreed: Mapping[str, tuple[Act, Act]] | None = None

    def and_also(self, stones: Iterable[Tombstone]) -> Destroyed:
        """The same with more tombstones."""
        return Destroyed(tuple(dict.fromkeys((*self.stones, *stones))), self.agreed)


def destroyed_in(db: Database) -> Destroyed:
    """What a store says itself."""
    if not has_tombstones(db):
        return Destroyed()
    acts = ActTable(db).of(PROPOSED, CONFIRMED)
    asked = {act.number: act for act in acts if act.kind == PROPOSED}
    agreed = {asked[act.about].entry["case"]: (asked[act.about], act) for act in acts if act.about in asked}
    return Destroyed(tuple(own_tombstones(db)), agreed)


def count_destroyed(db: Database, known: Destroyed) -> int:
    """How many cases the store still has of those that are known to have been purged."""
    return len(_still_there(db, known))


def keep_destroyed(db: Database, known: Destroyed, *, at: str, by: str = "") -> int:
    """Purge again what the store still has of it, and remember all of it, inside the caller's transaction; answers how
    many cases those were. `at` is UTC, `by` whoever puts the store back."""
    again = _still_there(db, known)
    acts = ActTable(db)
    open_ = _open_proposals(acts)
    agreed = []
    for case in again:
        for act in open_.get(case, ()):
            acts.add(WITHDRAWN, {}, at=at, account=by or _PROGRAM, about=act.number)
        asked, confirmed = (known.agreed or {}).get(case) or (
            Act(0, PROPOSED, 0, at, _NOBODY, {"case": case, "reason": _FOUND_OUT}),
            Act(0, CONFIRMED, 0, at, by or _PROGRAM, {}),
        )
        number = acts.add(PROPOSED, asked.entry, at=asked.at, account=asked.account).number
        act = acts.add(CONFIRMED, confirmed.entry, at=confirmed.at, account=confirmed.account, about=number)
        agreed.append((case, act.number))
    purge(db, agreed)
    add_tombstones(db, known.stones, own=True)
    return len(again)


def _still_there(db: Database, known: Destroyed) -> list[str]:
    cases = dict.fromkeys(stone.case for stone in known.stones)
    sql = 'SELECT 1 FROM cases WHERE "case" = ?'
    return [case for case in cases if db.conn.execute(sql, (case,)).fetchone() is not None]


def _open_proposals(acts: ActTable) -> dict[str, list[Act]]:
    every = acts.of(PROPOSED, CONFIRMED, WITHDRAWN)
    settled = {act.about for act in every if act.about}
    found: dict[str, list[Act]] = {}
    for act in every:
        if not act.about and act.number not in settled:
            found.setdefault(act.entry["case"], []).append(act)
    return found


class DestroyedFile:
    """The file of one store."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, keys: Iterable[bytes]) -> tuple[Tombstone, ...]:
        """What it names; nothing where there is none, it is not whole, or was written under none of these keys."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return ()
            code, text = self._path.read_bytes().split(b"\n", 1)
            if not any(hmac.compare_digest(code, _code(text, key)) for key in keys):
                return ()
            return tuple(Tombstone(*stone) for stone in json.loads(text))
        except (OSError, ValueError, TypeError):
            return ()

    def write(self, stones: Iterable[Tombstone], key: bytes) -> None:
        """Name these. A disk that does not take it keeps nobody from working: the store says the same."""
        named = tuple(stones)
        if named:
            with suppress(OSError):
                self._put(named, key)

    def add(self, stones: Iterable[Tombstone], key: bytes) -> None:
        """Name these, too, beside what it names already. Raises OSError where the disk does not take it."""
        before = self.read((key,))
        named = tuple(dict.fromkeys((*before, *stones)))
        if named != before:
            self._put(named, key)

    def _put(self, stones: tuple[Tombstone, ...], key: bytes) -> None:
        text = json.dumps([astuple(stone) for stone in stones], separators=(",", ":")).encode()
        write_whole(self._path, _code(text, key) + b"\n" + text)


def list_beside_backups(folder: Path, key: bytes) -> DestroyedFile:
    """The copy of the list that lies beside backups under this data key."""
    return DestroyedFile(folder / f"desk-{hmac.digest(key, _NAMING, 'sha256')[:4].hex()}.destroyed")


def named_beside(backup: Path, keys: Iterable[bytes]) -> tuple[Tombstone, ...]:
    """What the lists beside a backup name that were written under any of these keys; those of other offices are none of
    ours."""
    known = tuple(keys)
    lists = sorted(backup.parent.glob("desk-*.destroyed"))
    return tuple(dict.fromkeys(stone for path in lists for stone in DestroyedFile(path).read(known)))


def _code(text: bytes, key: bytes) -> bytes:
    return hmac.digest(key, _PURPOSE + text, "sha256").hex().encode()
