"""The witness: a small file beside the store that says how far the store has come, so that one which was put back
behind the program's back (a file copied over it, a disk image, a snapshot) is found out before it uses a number twice.

It is written after each commit that gave out a number, and never before: it is never ahead of a store that was only
interrupted. It need not outlive a power cut, so nobody waits for the disk. Where it cannot be read it proves nothing
and is written anew. It holds random names, counters and the kinds of numbers; no personal data.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jinan_desk.store.connection import Database
from jinan_desk.store.incarnation import incarnation_of
from jinan_desk.store.settings import Settings
from jinan_desk.store.tombstones import last_sequence

Numbers = Mapping[tuple[str, int, str], int]
"""By (office, year, kind): the last number given out."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a store has come: its incarnation, the highest sequence number in it, and the last numbers of papers."""

    incarnation: str
    sequence: int
    numbers: Numbers

    def is_behind(self, other: Standing) -> bool:
        """Whether the other has given out what this one does not know of."""
        return (
            self.incarnation != other.incarnation
            or self.sequence < other.sequence
            or any(self.numbers.get(key, 0) < last for key, last in other.numbers.items())
        )

    def lost_revisions(self, other: Standing) -> int:
        """How many numbers of revisions the other had given out beyond this one, as far as can be told."""
        return max(0, other.sequence - self.sequence) if self.incarnation == other.incarnation else other.sequence

    def lost_numbers(self, other: Standing) -> Numbers:
        """What the other gave out and this one would give out again: by kind how far."""
        return {key: last for key, last in sorted(other.numbers.items()) if self.numbers.get(key, 0) < last}


def standing_of(db: Database) -> Standing:
    """How far the store says itself that it has come."""
    incarnation = incarnation_of(Settings(db))
    sequence = last_sequence(db, incarnation)
    rows = db.conn.execute("SELECT office, year, kind, last FROM numbers")
    return Standing(incarnation, sequence, {(office, year, kind): last for office, year, kind, last in rows})


class Witness:
    """The file of one store."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._length: int | None = None

    def read(self) -> Standing | None:
        """What it says; None where there is none, or it is not whole."""
        try:
            check, text = self._path.read_bytes().split(b"\n", 1)
            if int(check) != zlib.crc32(text):
                return None
            told = json.loads(text)
            numbers = {(str(office), int(year), str(kind)): int(last) for office, year, kind, last in told["numbers"]}
            return Standing(str(told["incarnation"]), int(told["sequence"]), numbers)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, standing: Standing) -> None:
        """Say how far the store has come. A disk that does not take it keeps nobody from working."""
        told = {
            "incarnation": standing.incarnation,
            "sequence": standing.sequence,
            "numbers": [[*key, last] for key, last in sorted(standing.numbers.items())],
        }
        text = _encode(told).encode()
        whole = b"%d\n%s" % (zlib.crc32(text), text)
        with suppress(OSError):
            file = os.open(self._path, _WRITE_OVER, 0o600)
            try:
                os.write(file, whole)
                if self._length is None or len(whole) < self._length:
                    os.ftruncate(file, len(whole))
                self._length = len(whole)
            finally:
                os.close(file)


_encode = json.JSONEncoder(separators=(",", ":")).encode
_WRITE_OVER = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
"""To write over what is there: file systems write a file to the disk at once that was emptied first and closed."""
