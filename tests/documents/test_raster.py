"""Pages as pictures."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from jinan_desk.documents.raster import shrink


def test_a_picture_made_small_keeps_the_colours_of_few_words(tmp_path: Path):
    """The guard: a result is told by its colour, and greys are many."""
    red, orange = (179, 38, 30), (143, 84, 0)
    image = Image.new("RGB", (256, 256), (255, 255, 255))
    image.putdata([(row, row, min(255, row + column // 4)) for row in range(256) for column in range(256)])
    for place, colour in ((10, red), (20, orange)):
        image.paste(colour, (place, 10, place + 3, 13))
    path = tmp_path / "a.png"
    image.save(path)
    shrink(path)
    with Image.open(path) as small:
        for place, colour in ((11, red), (21, orange)):
            kept = small.convert("RGB").getpixel((place, 11))
            assert all(abs(one - other) < 24 for one, other in zip(kept, colour, strict=True))
