"""Bytes that are read piece by piece from where they lie: a stream inside of a compound file (MS-CFB), and what is made
of such bytes as they are read. Workbooks with a password may be long; whoever reads them holds a piece of them only.
"""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 2**16
"""Bytes that are read at once."""


class Slices(io.RawIOBase, ABC):
    """A file of `size` bytes that are made when they are asked for."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._place = 0

    @abstractmethod
    def slice(self, place: int, length: int) -> bytes:
        """Up to so many of the bytes from there on, at least one. There are so many."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, target: WriteableBuffer) -> int:
        view = memoryview(target).cast("B")
        length = min(len(view), self._size - self._place)
        if length <= 0:
            return 0
        found = self.slice(self._place, length)
        view[: len(found)] = found
        self._place += len(found)
        return len(found)


class Chain(Slices):
    """A stream of a compound file: the sectors of these numbers, one after the other."""

    def __init__(self, file: BinaryIO, sectors: Sequence[int], sector_size: int, size: int) -> None:
        super().__init__(size)
        self._file = file
        self._sectors = sectors
        self._sector_size = sector_size

    def slice(self, place: int, length: int) -> bytes:
        """Raises EOFError where the file is shorter than it said."""
        number, within = divmod(place, self._sector_size)
        first, count = self._sectors[number], 1
        wanted = -(-(within + length) // self._sector_size)
        while count < wanted and self._sectors[number + count] == first + count:  # most lie side by side
            count += 1
        self._file.seek((first + 1) * self._sector_size + within)  # a header comes before the first sector
        found = self._file.read(min(length, count * self._sector_size - within))
        if not found:
            raise EOFError
        return found


def open_stream(container: Any, name: str) -> BinaryIO:
    """The stream of that name in an open `OleFileIO`. Raises ValueError where its chain of sectors ends too early."""
    entry = container.direntries[container._find(name)]  # noqa: SLF001  (it has no other way to what lies where)
    if entry.size < container.minisectorcutoff:
        stream: BinaryIO = container.openstream(name)
        return stream
    sectors = []
    sector = entry.isectStart
    for _ in range(-(-entry.size // container.sectorsize)):
        if not 0 <= sector < len(container.fat):
            raise ValueError("a chain that ends too early")
        sectors.append(sector)
        sector = container.fat[sector]
    return io.BufferedReader(Chain(container.fp, sectors, container.sectorsize, entry.size), PIECE)


def pieces(file: BinaryIO, until: int) -> Iterator[bytes]:
    """The first `until` bytes of the file, piece by piece."""
    file.seek(0)
    left = until
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def length_of(file: BinaryIO) -> int:
    """How many bytes the file has."""
    return file.seek(0, io.SEEK_END)
