"""Fonts inside a PDF: one subset of each typeface, with a ToUnicode map that is right beyond U+FFFF, too.

A composite font (ISO 32000-1, 9.7) numbers the characters of a document in the order they are first drawn; each number
has its own glyph and its own Unicode value, so that text copies and searches as it was put in. reportlab's own way, a
font for each 256 characters, writes a wrong map for characters such as 𬱖 and takes several times as long.
"""

import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache

from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.pdf_file import PdfFile
from jinan_desk.documents.typeface import Typeface

_SYMBOLIC = 4
_BLOCK = 100
"""Entries that one block of a map may have."""


class _Codes(dict[str, str]):
    """By character its hexadecimal code, counted from 1 as they are first asked for."""

    def __missing__(self, character: str) -> str:
        code = self[character] = f"{len(self) + 1:04x}"
        return code


class EmbeddedFonts:
    """The fonts that one PDF uses, growing while pages are drawn."""

    __slots__ = ("_codes", "_encoded", "_fonts", "_numbers")

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._codes: dict[str, _Codes] = {}
        self._encoded: dict[tuple[str, Style], list[tuple[str, str]]] = {}
        self._numbers: dict[str, str] = {}

    def encoded(self, text: str, style: Style) -> list[tuple[str, str]]:
        """The text as runs for page content: resource name of the font, hexadecimal codes."""
        known = self._encoded.get((text, style))
        if known is not None:
            return known
        runs = []
        for font, part in self._fonts.runs(text, style):
            codes = self._codes.get(font)
            if codes is None:
                codes = self._codes[font] = _Codes()
                self._numbers[font] = f"F{len(self._codes)}"
            runs.append((self._numbers[font], "".join([codes[character] for character in part])))
        self._encoded[text, style] = runs
        return runs

    def write(self, file: PdfFile) -> None:
        """Add the fonts to the file."""
        for font, codes in self._codes.items():
            self._add(file, font, codes)

    def _add(self, file: PdfFile, font: str, codes: _Codes) -> None:
        typeface = self._fonts.typeface(font)
        glyphs = (0, *(typeface.glyphs[ord(character)] for character in codes))
        program = _program(typeface, glyphs)
        name = program.name
        key = self._numbers[font]
        box = " ".join(str(round(typeface.metric("head", offset))) for offset in (36, 38, 40, 42))
        widths = " ".join([_advance(typeface, glyph) for glyph in glyphs])
        file.add(f"{key}.program", f"/Filter/FlateDecode/Length1 {program.length}", data=program.packed)
        file.add(
            f"{key}.descriptor",
            f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC}/FontBBox[{box}]/ItalicAngle 0"
            f"/Ascent {round(typeface.metric('hhea', 4))}/Descent {round(typeface.metric('hhea', 6))}"
            "/CapHeight 700/StemV 80/FontFile2 %s>>",
            f"{key}.program",
        )
        file.add(
            f"{key}.descendant",
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor %s/DW 1000/W[0[{widths}]]/CIDToGIDMap/Identity>>",
            f"{key}.descriptor",
        )
        unicode_map = zlib.compress(_to_unicode(codes).encode("ascii"), 1)
        file.add(f"{key}.unicode", "/Filter/FlateDecode", data=unicode_map)
        file.add(
            key,
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>",
            f"{key}.descendant",
            f"{key}.unicode",
        )
        file.add_font(key, key)


@dataclass(frozen=True, slots=True)
class _Program:
    """A subset as it stands in a file: its name, its length before it was packed."""

    name: str
    length: int
    packed: bytes


@lru_cache(maxsize=32)
def _program(typeface: Typeface, glyphs: tuple[int, ...]) -> _Program:
    """The subset of these glyphs, kept: in a batch of files titles and headings are the same from file to file."""
    program = typeface.subset(glyphs)
    prefix = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
    # Outlines hardly compress: the quickest level takes a quarter of the time and a twentieth more room.
    return _Program(f"{prefix}+{typeface.name}", len(program), zlib.compress(program, 1))


@lru_cache(maxsize=4096)
def _advance(typeface: Typeface, glyph: int) -> str:
    return f"{typeface.advance(glyph):g}"


@lru_cache(maxsize=4096)
def _utf16(character: str) -> str:
    return character.encode("utf-16-be").hex()


def _to_unicode(codes: _Codes) -> str:
    """The map from codes to the characters, as UTF-16 (ISO 32000-1, 9.10.3)."""
    entries = [f"<{code}> <{_utf16(character)}>" for character, code in codes.items()]
    blocks = [entries[start : start + _BLOCK] for start in range(0, len(entries), _BLOCK)]
    return "\n".join((
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
        *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ))  # fmt: skip
