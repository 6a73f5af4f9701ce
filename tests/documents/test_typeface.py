import io

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from jinan_desk.documents.fonts import Fonts


@pytest.mark.parametrize("name", ["song", "title", "fangsong", "hei", "rare"])
def test_a_typeface_reads_as_another_reader_does(fonts: Fonts, name: str):
    typeface = fonts.typeface(name)
    with TTFont(typeface.path, lazy=True) as reference:
        names = reference.getGlyphOrder()
        assert {code: names[glyph] for code, glyph in typeface.glyphs.items()} == reference.getBestCmap()
        units = reference["head"].unitsPerEm
        assert typeface.units == units
        for glyph in [*typeface.glyphs.values()][::97]:
            assert typeface.advance(glyph) * units / 1000 == pytest.approx(reference["hmtx"][names[glyph]][0])


def test_a_subset_has_the_same_outlines(fonts: Fonts):
    typeface = fonts.typeface("song")
    glyphs = [0, *(typeface.glyphs[ord(c)] for c in "山东Äé½济一")]  # composite ones among them
    with TTFont(io.BytesIO(typeface.subset(glyphs))) as small, TTFont(typeface.path, lazy=True) as whole:
        order, names = small.getGlyphOrder(), whole.getGlyphOrder()
        for index, glyph in enumerate(glyphs):
            assert drawn(small, order[index]) == drawn(whole, names[glyph])


def drawn(font: TTFont, name: str) -> list:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return pen.value
