"""Make the WOFF2 fonts of this folder and `fonts.toml` from the packages that publish them.

Fetch the four packages with their own clients into one folder, then run this script on it:

    npm pack @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
    apt-get download texlive-lang-chinese=2022.20230122-1 fonts-hanazono=20170904-2.1
    python resources/fonts/build_fonts.py FOLDER

It needs fonttools, brotli, and `ar` on the path; it takes some ten minutes. Every input is checked against its SHA-256.
With the same versions of fonttools and brotli the outputs are the same to the byte.

The glyphs are stored untransformed inside the WOFF2 (its "null transform"): a tenth larger, but unpacking is one Brotli
call of half a second instead of minutes of rebuilding outlines in Python.
"""

import hashlib
import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable, woff2
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).resolve().parent
CHARACTERS = HERE / "general_standard.txt"
DROPPED_TABLES = ["BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "gasp", "prep", "vhea", "vmtx"]
"""Vertical writing, kerning and hinting: nothing here uses them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A font inside a package: file names of the package, of the font in it, and the font's SHA-256."""

    package: str
    member: str
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One font of this folder. `units` rescales the em; `about` goes into the manifest."""

    name: str
    origin: Origin
    characters: str
    about: str
    units: int | None = None


SERIF = "expo-google-fonts-noto-serif-sc-0.4.3.tgz"
SANS = "expo-google-fonts-noto-sans-sc-0.4.3.tgz"
FANDOL = "texlive-lang-chinese_2022.20230122-1_all.deb"
HANAZONO = "fonts-hanazono_20170904-2.1_all.deb"

RECIPES = (
    Recipe(
        name="song",
        origin=Origin(
            SERIF,
            "package/400Regular/NotoSerifSC_400Regular.ttf",
            "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
            "OFL-Noto-Serif-SC.txt",
        ),
        characters="all",
        about="Noto Serif SC Regular: tables, digits and Latin letters, and whatever 仿宋 and titles lack",
    ),
    Recipe(
        name="title",
        origin=Origin(
            SERIF,
            "package/700Bold/NotoSerifSC_700Bold.ttf",
            "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
            "OFL-Noto-Serif-SC.txt",
        ),
        characters="standard",
        about="Noto Serif SC Bold, the characters of 通用规范汉字表: titles",
    ),
    Recipe(
        name="fangsong",
        origin=Origin(
            FANDOL,
            "./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
            "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
            "GPL-Fandol.txt",
        ),
        characters="chinese",
        units=512,
        about="FandolFang, converted to TrueType outlines: the text of letters",
    ),
    Recipe(
        name="hei",
        origin=Origin(
            SANS,
            "package/400Regular/NotoSansSC_400Regular.ttf",
            "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
            "OFL-Noto-Sans-SC.txt",
        ),
        characters="standard",
        about="Noto Sans SC Regular, the characters of 通用规范汉字表: the window where the system has no Chinese font",
    ),
    Recipe(
        name="rare",
        origin=Origin(
            HANAZONO,
            "./usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
            "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
            "Hanazono.txt",
        ),
        characters="extensions",
        units=400,
        about="Hanazono Mincho B, extensions B to F (renamed: Desk Rare Mincho): rare characters in names",
    ),
)


def main(folder: Path) -> None:
    """Build every font and write the manifest."""
    entries = []
    for recipe in RECIPES:
        source = member(folder / recipe.origin.package, recipe.origin.member)
        digest = hashlib.sha256(source).hexdigest()
        if digest != recipe.origin.sha256:
            sys.exit(f"{recipe.origin.member}: SHA-256 {digest}, expected {recipe.origin.sha256}")
        font = build(recipe, source)
        plain = saved(font, compressed=False)
        packed = saved(TTFont(io.BytesIO(plain), recalcTimestamp=False), compressed=True)
        (HERE / f"{recipe.name}.woff2").write_bytes(packed)
        unpacked = saved(TTFont(io.BytesIO(packed), recalcTimestamp=False), compressed=False)
        entries.append(entry(recipe, packed, unpacked))
        print(f"{recipe.name}: {len(packed):,} bytes, unpacked {len(unpacked):,}", flush=True)
    (HERE / "fonts.toml").write_text("\n".join(entries), encoding="utf-8")


def member(package: Path, name: str) -> bytes:
    """One file out of an npm tarball or a Debian package."""
    if package.suffix == ".deb":
        parts = subprocess.run(["ar", "t", package], check=True, capture_output=True, text=True).stdout.split()
        data = next(part for part in parts if part.startswith("data.tar"))
        archive = subprocess.run(["ar", "p", package, data], check=True, capture_output=True).stdout
    else:
        archive = package.read_bytes()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        file = tar.extractfile(name)
        assert file is not None, name
        return file.read()


def build(recipe: Recipe, source: bytes) -> TTFont:
    """The font with the recipe's characters, TrueType outlines and no layout tables."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += DROPPED_TABLES
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=set(chosen(recipe.characters, font.getBestCmap())))
    chooser.subset(font)
    if "CFF " in font:
        to_truetype(font)
    if recipe.units is not None:
        scale_upem(font, recipe.units)
    if recipe.name == "rare":
        rename(font, "Desk Rare Mincho")  # its licence reserves the old names for the unmodified font
    return font


def chosen(which: str, has: dict[int, str]) -> Iterator[int]:
    """The code points to keep."""
    standard = {ord(c) for c in CHARACTERS.read_text(encoding="utf-8")}
    for code in has:
        signs = 0x20 <= code < 0x250 or 0x2000 <= code < 0x2E80 or 0x3000 <= code < 0x3400 or 0xFE30 <= code < 0xFFF0
        if (
            which == "all"
            or (which == "standard" and (signs or code in standard))
            or (which == "chinese" and ((signs and code >= 0x2000) or 0x4E00 <= code < 0xA000))
            or (which == "extensions" and 0x20000 <= code < 0x2EBF0)
        ):
            yield code


def to_truetype(font: TTFont) -> None:
    """Replace cubic CFF outlines by quadratic ones, off by at most half a unit of the em's thousand."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    outlines: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 0.5, reverse_direction=True))
        outlines[name] = pen.glyph(dropImpliedOnCurves=True)
    del font["CFF "]
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = outlines
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for unused in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(maxp, unused, 0)
    post = font["post"]
    post.formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont, family: str) -> None:
    """Give the font another name."""
    names = {1: family, 3: family, 4: family, 6: family.replace(" ", ""), 16: family}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def saved(font: TTFont, *, compressed: bool) -> bytes:
    """The font as WOFF2 with untransformed glyphs, or as plain TrueType."""
    font.flavor = "woff2" if compressed else None
    font.flavorData = woff2.WOFF2FlavorData(transformedTables=()) if compressed else None
    target = io.BytesIO()
    with wide_window():
        font.save(target, reorderTables=None)
    return target.getvalue()


@contextmanager
def wide_window() -> Iterator[None]:
    """Let Brotli look back 16 MB instead of 4, which saves a twentieth; fontTools has no option for it."""
    narrow = woff2.brotli.compress
    woff2.brotli.compress = partial(narrow, lgwin=24)
    try:
        yield
    finally:
        woff2.brotli.compress = narrow


def entry(recipe: Recipe, packed: bytes, unpacked: bytes) -> str:
    """The font's part of the manifest."""
    return "\n".join(
        (
            f"[{recipe.name}]",
            f'about = "{recipe.about}"',
            f'package = "{recipe.origin.package}"',
            f'licence = "licences/{recipe.origin.licence}"',
            f'source_sha256 = "{recipe.origin.sha256}"',
            f'woff2_sha256 = "{hashlib.sha256(packed).hexdigest()}"',
            f'ttf_sha256 = "{hashlib.sha256(unpacked).hexdigest()}"',
            "",
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
