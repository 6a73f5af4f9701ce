"""Files that lose power: what was written and not yet synced is there in part, out of order, or not at all.

SQLite promises a commit once it has synced; it says nothing of what it wrote since. `Disk` keeps every file as it was
when it was last synced, with the writes that came after; at a cut each of those is kept or lost at random, the last
kept one perhaps in part, as a disk may do it that has a cache. apsw lets such files stand below SQLite.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import apsw

NAME = "cutting"


@dataclass
class Content:
    """One file: its bytes as they were synced, its bytes as they read, and the writes between the two."""

    synced: bytearray = field(default_factory=bytearray)
    now: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Offset and bytes, or the length to cut to and None."""


Files = Mapping[str, Content]


class Disk:
    """Files by name, for SQLite to work on until the power fails; `before_write` is called before each write."""

    def __init__(self, files: Files | None = None) -> None:
        self.files = dict(files or {})
        self.before_write: Callable[[], None] = lambda: None
        self._vfs = _Vfs(self)

    def connect(self) -> apsw.Connection:
        """The one connection to the database; it keeps its locks, since nothing is shared through such files."""
        connection = apsw.Connection("/store", vfs=NAME)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        return connection

    def cut(self, chance: random.Random) -> Files:
        """What is on the disk if the power fails now; nothing of what runs is changed."""
        return {name: _cut(content, chance) for name, content in self.files.items()}


def _cut(content: Content, chance: random.Random) -> Content:
    left = bytearray(content.synced)
    for offset, data in content.pending:
        if chance.random() < 0.5:
            continue
        if data is None:
            del left[offset:]
        else:
            _write(left, offset, data[: chance.randint(1, len(data))] if chance.random() < 0.2 else data)
    return Content(bytearray(left), bytearray(left))


def _write(target: bytearray, offset: int, data: bytes) -> None:
    if offset > len(target):
        target.extend(bytes(offset - len(target)))
    target[offset : offset + len(data)] = data


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__(NAME, "", iVersion=1)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:  # noqa: N802
        flags[1] = flags[0]
        filename = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        return _File(self._disk, filename)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: ARG002, N802
        self._disk.files.pop(filename, None)

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: ARG002, N802
        return pathname in self._disk.files

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name


class _File:
    """What SQLite asks of a file; locks are nobody's business where there is one connection."""

    def __init__(self, disk: Disk, name: str) -> None:
        self._disk = disk
        self._content = disk.files.setdefault(name, Content())

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self._content.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.before_write()
        _write(self._content.now, offset, data)
        self._content.pending.append((offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        del self._content.now[newsize:]
        self._content.pending.append((newsize, None))

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        self._content.synced = bytearray(self._content.now)
        self._content.pending.clear()

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._content.now)

    def xLock(self, level: int) -> None: ...  # noqa: N802

    def xUnlock(self, level: int) -> None: ...  # noqa: N802

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: ARG002, N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return 4096

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0

    def xClose(self) -> None: ...  # noqa: N802
