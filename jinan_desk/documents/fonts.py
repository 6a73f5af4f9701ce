"""Which font draws which character: the shipped fonts, their chains, and what no font has.

The fonts ship as WOFF2 and are unpacked once into the user's cache; a frozen program carries them as plain TrueType.
A chain is asked character by character, so that a rare one in a name costs no other its typeface.
"""

import hashlib
import io
import os
import re
import tempfile
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from jinan_desk.core.text import Sentence
from jinan_desk.documents.typeface import Typeface
from jinan_desk.errors import DeskError

MANIFEST = "fonts.toml"
SUBSTITUTE = "〓"
"""Drawn for a character that no font has (geta mark, as printers set it)."""


_KEPT = 4096
"""Texts whose fonts are remembered."""
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Selects a form of the character before it, which only few fonts know."""


class Style(StrEnum):
    """A typeface by its use; the value is the font of the same name in the manifest."""

    TITLE = "title"
    LETTER = "fangsong"
    TABLE = "song"
    HEADING = "hei"


CHAINS = {
    Style.TITLE: ("title", "song", "rare"),
    Style.LETTER: ("fangsong", "song", "rare"),
    Style.TABLE: ("song", "rare"),
    Style.HEADING: ("hei", "song", "rare"),
}


class Glyph(NamedTuple):
    """What draws a character: the font's name, the glyph's number there, its advance in thousandths of the size."""

    font: str
    number: int
    advance: float


class Fonts:
    """The fonts of one program, opened when they are first needed.

    `shipped` is the folder with `fonts.toml`, `cache` a folder that may be written. `own` are TrueType files that the
    office prefers for a style, 仿宋_GB2312 for instance; they head the style's chain.
    """

    __slots__ = (
        "_advances", "_cache", "_chains", "_drawn", "_found", "_lost", "_own", "_runs", "_shipped", "_typefaces",
    )  # fmt: skip

    def __init__(self, shipped: Path, cache: Path, *, own: Mapping[Style, Path] | None = None) -> None:
        self._shipped = shipped
        self._cache = cache
        self._own = {f"own-{style}": path for style, path in (own or {}).items()}
        self._chains = {
            style: (f"own-{style}", *chain) if f"own-{style}" in self._own else chain for style, chain in CHAINS.items()
        }
        self._typefaces: dict[str, Typeface] = {}
        self._found: dict[Style, dict[str, Glyph | None]] = {style: {} for style in Style}
        self._advances: dict[Style, dict[str, float]] = {style: {} for style in Style}
        self._drawn: dict[Style, set[str]] = {style: set() for style in Style}
        self._runs: dict[tuple[str, Style], list[tuple[str, str]]] = {}
        self._lost: dict[str, None] = {}

    def typeface(self, name: str) -> Typeface:
        """The opened font of that name."""
        typeface = self._typefaces.get(name)
        if typeface is None:
            typeface = self._typefaces[name] = Typeface(self.file(name))
        return typeface

    def file(self, name: str) -> Path:
        """The TrueType file of a font, for the window too; unpacked now if it has not been before."""
        if name in self._own:
            return self._own[name]
        plain = self._shipped / f"{name}.ttf"
        return plain if plain.exists() else unpacked(name, self._shipped, self._cache)

    def glyph(self, character: str, style: Style) -> Glyph:
        """What draws the character; the substitute's glyph where no font has it."""
        glyph = self._search(character, style) or self._search(SUBSTITUTE, style)
        assert glyph is not None, "the shipped fonts have the substitute"
        return glyph

    def runs(self, text: str, style: Style) -> list[tuple[str, str]]:
        """The text cut where the font changes: (name of the font, text). Kept, since most texts recur in a batch."""
        drawn = self.shown(text, style)
        known = self._runs.get((drawn, style))
        if known is None:
            by_font = groupby(drawn, key=lambda character: self.glyph(character, style).font)
            known = [(font, "".join(characters)) for font, characters in by_font]
            if len(self._runs) >= _KEPT:
                self._runs.clear()
            self._runs[drawn, style] = known
        return known

    def shown(self, text: str, style: Style) -> str:
        """The text as it stands on paper: what has no form is left out, what no font has becomes the substitute."""
        drawn = self._drawn[style]
        if drawn.issuperset(text):
            return text
        text = printable(text)
        lost = {ord(character): SUBSTITUTE for character in text if self._search(character, style) is None}
        if not lost:
            drawn.update(text)
            return text
        self._lost.update((chr(code), None) for code in lost)
        return text.translate(lost)

    @contextmanager
    def watching(self) -> Iterator[Collection[str]]:
        """For as long as the block lasts, collect the characters that are set and that no font has."""
        lost: dict[str, None] = {}
        self._lost = lost
        yield lost

    def missing(self, text: str, style: Style) -> list[str]:
        """The characters that no font of the style has, each once, in order."""
        return [c for c in dict.fromkeys(printable(text)) if self._search(c, style) is None]

    def width(self, text: str, style: Style) -> float:
        """The text's width in ems."""
        advances = self._advances[style]
        try:
            return sum([advances[character] for character in text]) / 1000
        except KeyError:
            advances.update({character: self.glyph(character, style).advance for character in text})
            return self.width(text, style)

    def _search(self, character: str, style: Style) -> Glyph | None:
        found = self._found[style]
        if character not in found:
            found[character] = self._first(ord(character), self._chains[style])
        return found[character]

    def _first(self, code: int, chain: tuple[str, ...]) -> Glyph | None:
        for name in chain:
            typeface = self.typeface(name)
            index = typeface.glyphs.get(code)
            if index is not None:
                return Glyph(name, index, typeface.advance(index))
        return None


def printable(text: str) -> str:
    """The text without what has no form of its own: control and format characters, variation selectors.

    Blanks of every kind become a space; U+3000 stays, since forms are spaced with it. Lines are split before.
    """
    if text.isprintable() and (text.isascii() or _VARIANT.search(text) is None):
        return text
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Zs" and character != "\u3000":
            kept.append(" ")
        elif category not in {"Cc", "Cf", "Cs"} and not _VARIANT.match(character):
            kept.append(character)
        elif character in "\t\n":
            kept.append(" ")
    return "".join(kept)


def unpacked(name: str, shipped: Path, cache: Path) -> Path:
    """The cached TrueType file of a shipped WOFF2 font.

    Its name holds the digest of its content, and it appears by renaming a finished file: two processes that unpack at
    once write the same bytes, and an interrupted one leaves nothing under that name.
    """
    digests = _digests(name, shipped)
    path = cache / f"{name}-{digests['ttf_sha256'][:16]}.ttf"
    if path.exists():
        return path
    content = _unpack(shipped / f"{name}.woff2", digests)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=cache, prefix=name, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            if not path.exists():  # on Windows a file that another process has open cannot be replaced: it is as good
                raise
    except OSError as error:
        raise DeskError(Sentence("字体缓存目录写不进去：{folder}", folder=str(cache))) from error
    return path


def _digests(name: str, shipped: Path) -> dict[str, str]:
    """The font's entry in the manifest."""
    try:
        entry: dict[str, str] = tomllib.loads((shipped / MANIFEST).read_text(encoding="utf-8"))[name]
    except (OSError, KeyError) as error:
        raise DeskError(Sentence("找不到随程序提供的字体，请重新安装：{file}", file=name)) from error
    return entry


def _unpack(path: Path, digests: dict[str, str]) -> bytes:
    """The WOFF2 file as TrueType, both as the manifest has them."""
    from fontTools.ttLib import TTFont

    try:
        packed = path.read_bytes()
    except OSError as error:
        raise DeskError(Sentence("找不到随程序提供的字体，请重新安装：{file}", file=path.name)) from error
    damaged = DeskError(Sentence("随程序提供的字体已损坏，请重新安装：{file}", file=path.name))
    if hashlib.sha256(packed).hexdigest() != digests["woff2_sha256"]:
        raise damaged
    font = TTFont(io.BytesIO(packed), recalcTimestamp=False)
    font.flavor = font.flavorData = None
    target = io.BytesIO()
    font.save(target, reorderTables=None)
    if hashlib.sha256(target.getvalue()).hexdigest() != digests["ttf_sha256"]:
        raise damaged
    return target.getvalue()
