"""A TrueType file: which characters it has, how wide they are, and a new TrueType file with some of its glyphs.

Only what a PDF needs is read, and only when it is asked for: the file is mapped, not loaded, and opening a font of
30,000 glyphs takes a few milliseconds. reportlab's own reader walks through every glyph in Python, twenty times slower.
Layout of the tables: ISO/IEC 14496-22 (OpenType).
"""

import mmap
import struct
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path

from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError

_KEPT = ("cvt ", "fpgm", "prep")
_COMPOSITE_MORE = 0x20
_COMPOSITE_WORDS = 0x01
_COMPOSITE_SCALES = ((0x08, 2), (0x40, 4), (0x80, 8))  # flag, bytes of scale that follow


class Typeface:
    """A TrueType font file, open for reading. Lengths are in thousandths of the em unless said otherwise."""

    __slots__ = ("_advances", "_data", "_glyf", "_loca", "_sidebearings", "_tables", "glyphs", "name", "path", "units")

    path: Path
    name: str
    """The PostScript name."""
    units: int
    """Units of the em."""
    glyphs: dict[int, int]
    """Code point to glyph index."""

    def __init__(self, path: Path) -> None:
        """Map and read the file; raises DeskError when it is not a TrueType font with outlines."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._tables = self._directory()
            self.units = self._number("head", 18)
            self.name = self._postscript_name()
            self.glyphs = self._character_map()
            count = self._number("maxp", 4)
            self._read_advances(count)
            long = self._number("head", 50)
            self._loca = self._numbers("loca", 0, count + 1, "I" if long else "H")
            if not long:
                self._loca = array("I", (2 * offset for offset in self._loca))
            self._glyf = self._tables["glyf"][0]
        except (OSError, ValueError, KeyError, IndexError, struct.error) as error:
            raise DeskError(Sentence("字体文件打不开或不是 TrueType 字体：{file}", file=str(path))) from error

    def advance(self, glyph: int) -> float:
        """How far the pen moves on."""
        return self._advances[glyph] * 1000 / self.units

    def metric(self, table: str, offset: int) -> float:
        """A signed length in a table."""
        (value,) = struct.unpack_from(">h", self._data, self._tables[table][0] + offset)
        return float(value * 1000 / self.units)

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A TrueType file in which the glyph number i is `glyphs[i]`; `glyphs[0]` should be 0, the missing glyph."""
        chosen = list(glyphs)
        place = {glyph: index for index, glyph in enumerate(chosen)}
        # `chosen` grows while it is read: parts of composite glyphs are added behind.
        outlines = [self._outline(glyph, place, chosen) for glyph in chosen]
        offsets, position = array("I", [0]), 0
        for outline in outlines:
            position += len(outline)
            offsets.append(position)
        metrics = array("H")
        for glyph in chosen:
            metrics.append(self._advances[glyph])
            metrics.append(self._sidebearings[glyph])
        tables = {
            "glyf": b"".join(outlines),
            "head": self._patched("head", {8: b"\0\0\0\0", 50: struct.pack(">H", 1)}),
            "hhea": self._patched("hhea", {34: struct.pack(">H", len(chosen))}),
            "hmtx": _big_endian(metrics),
            "loca": _big_endian(offsets),
            "maxp": self._patched("maxp", {4: struct.pack(">H", len(chosen))}),
        }
        tables.update({tag: self._table(tag) for tag in _KEPT if tag in self._tables})
        return _file(tables)

    def _outline(self, glyph: int, place: dict[int, int], chosen: list[int]) -> bytes:
        """The glyph's data, padded to four bytes; the parts of a composite get their new numbers."""
        start, end = self._loca[glyph], self._loca[glyph + 1]
        outline = bytearray(self._data[self._glyf + start : self._glyf + end])
        if outline and outline[0] & 0x80:
            at, flags = 10, _COMPOSITE_MORE
            while flags & _COMPOSITE_MORE:
                flags, part = struct.unpack_from(">HH", outline, at)
                if part not in place:
                    place[part] = len(chosen)
                    chosen.append(part)
                struct.pack_into(">H", outline, at + 2, place[part])
                at += 8 if flags & _COMPOSITE_WORDS else 6
                at += sum(length for flag, length in _COMPOSITE_SCALES if flags & flag)
        outline.extend(bytes(-len(outline) % 4))
        return bytes(outline)

    def _directory(self) -> dict[str, tuple[int, int]]:
        version, count = struct.unpack_from(">4sH", self._data)
        if version not in {b"\0\1\0\0", b"true"}:
            raise ValueError("not TrueType")
        records = (struct.unpack_from(">4sLLL", self._data, 12 + 16 * i) for i in range(count))
        return {tag.decode("ascii"): (offset, length) for tag, _, offset, length in records}

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def _patched(self, tag: str, patches: dict[int, bytes]) -> bytes:
        table = bytearray(self._table(tag))
        for offset, new in patches.items():
            table[offset : offset + len(new)] = new
        return bytes(table)

    def _number(self, tag: str, offset: int) -> int:
        return int(struct.unpack_from(">H", self._data, self._tables[tag][0] + offset)[0])

    def _numbers(self, tag: str, offset: int, count: int, kind: str) -> "array[int]":
        """`count` unsigned numbers of two (`H`) or four (`I`) bytes of a table."""
        numbers = array(kind)
        start = self._tables[tag][0] + offset
        numbers.frombytes(self._data[start : start + count * numbers.itemsize])
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers

    def _read_advances(self, count: int) -> None:
        full = self._number("hhea", 34)
        metrics = self._numbers("hmtx", 0, 2 * full, "H")
        rest = count - full  # the last glyphs share the last advance
        self._advances = metrics[0::2] + array("H", metrics[-2:-1] * rest)
        self._sidebearings = metrics[1::2] + self._numbers("hmtx", 4 * full, rest, "H")

    def _postscript_name(self) -> str:
        start = self._tables["name"][0]
        _, count, strings = struct.unpack_from(">HHH", self._data, start)
        for index in range(count):
            platform, _, _, kind, length, offset = struct.unpack_from(">6H", self._data, start + 6 + 12 * index)
            if kind == 6:
                text = self._data[start + strings + offset : start + strings + offset + length]
                name = text.decode("utf-16-be" if platform in {0, 3} else "mac-roman")
                return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-"))
        raise ValueError("no name")

    def _character_map(self) -> dict[int, int]:
        """The widest Unicode map: format 12 where there is one, else format 4."""
        start = self._tables["cmap"][0]
        (count,) = struct.unpack_from(">H", self._data, start + 2)
        maps = {}
        for index in range(count):
            platform, encoding, offset = struct.unpack_from(">HHL", self._data, start + 4 + 8 * index)
            if platform == 0 or (platform == 3 and encoding in {1, 10}):
                (kind,) = struct.unpack_from(">H", self._data, start + offset)
                maps[kind] = offset
        if 12 in maps:
            return self._segmented(maps[12])
        return self._delta_mapped(maps[4])

    def _segmented(self, offset: int) -> dict[int, int]:
        start = self._tables["cmap"][0] + offset
        (count,) = struct.unpack_from(">L", self._data, start + 12)
        segments = self._numbers("cmap", offset + 16, 3 * count, "I")
        glyphs: dict[int, int] = {}
        for first, last, glyph in zip(segments[0::3], segments[1::3], segments[2::3], strict=True):
            glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        return glyphs

    def _delta_mapped(self, offset: int) -> dict[int, int]:
        length, _, twice = struct.unpack_from(">3H", self._data, self._tables["cmap"][0] + offset + 2)
        words = self._numbers("cmap", offset, length // 2, "H")
        count = twice // 2
        ends, starts = words[7 : 7 + count], words[8 + count : 8 + 2 * count]
        deltas, ranges = words[8 + 2 * count : 8 + 3 * count], words[8 + 3 * count : 8 + 4 * count]
        glyphs: dict[int, int] = {}
        for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
            for code in range(first, last + 1 if last < 0xFFFF else 0xFFFF):
                glyph = words[8 + 3 * count + n + ranges[n] // 2 + code - first] if ranges[n] else code
                if glyph or not ranges[n]:
                    glyph = (glyph + deltas[n]) & 0xFFFF
                if glyph:
                    glyphs[code] = glyph
        return glyphs


def _big_endian(numbers: "array[int]") -> bytes:
    if sys.byteorder == "little":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _file(tables: dict[str, bytes]) -> bytes:
    """Tables put together as a font file. Checksums are left 0, which every PDF reader accepts."""
    power = 1 << (len(tables).bit_length() - 1)
    head = struct.pack(
        ">4s4H", b"\0\1\0\0", len(tables), 16 * power, power.bit_length() - 1, 16 * (len(tables) - power)
    )
    records, body = [], []
    position = len(head) + 16 * len(tables)
    for tag in sorted(tables):
        data = tables[tag]
        records.append(struct.pack(">4sLLL", tag.encode("ascii"), 0, position, len(data)))
        body.append(data + bytes(-len(data) % 4))
        position += len(body[-1])
    return b"".join((head, *records, *body))
