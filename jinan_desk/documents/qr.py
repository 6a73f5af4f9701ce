"""The QR code of a check code: version 1, error correction M, mask 2, bytes (ISO/IEC 18004), as a picture of one bit a
module.

Every page of every paper bears one, and all of them are alike but for twelve digits. Error correction is linear: what a
digit at its place turns over is the same in every code, is worked out once, and codes are added up from it. A general
encoder takes a hundred times as long.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

MODULES = 21
"""Modules of a side."""
LONGEST = 14
"""Bytes that it holds."""
_DATA, _CORRECTION = 16, 10
"""Codewords, ISO/IEC 18004, table 9."""
_FORMAT = 0b101111001111100
"""Error correction M and mask 2, as they stand in the code (table C.1)."""
_PADDING = (0xEC, 0x11)
_ROW_BITS = 24
"""Bits of a row in the picture: whole bytes."""
_PICTURE_BITS = MODULES * _ROW_BITS


def picture(text: str) -> bytes:
    """The rows from the top down, three bytes each: a bit a module from the left, 1 where it is dark, and three of no
    meaning. The text is ASCII and not longer than it may be."""
    assert len(text) <= LONGEST, text
    bits = _blank(len(text))
    for place, byte in enumerate(text.encode("ascii")):
        bits ^= _turned_over(place, byte)
    return bits.to_bytes(_PICTURE_BITS // 8, "big")


@cache
def _blank(length: int) -> int:
    """The code of so many zero bytes."""
    mask = (
        column % 3 == 0 if module is None else module for row in _frame() for column, module in enumerate(row)
    )
    dark = sum(_module(*divmod(place, MODULES)) for place, is_dark in enumerate(mask) if is_dark)
    return dark ^ _spread(_data(bytes(length)))


@lru_cache(maxsize=128 * LONGEST)
def _turned_over(place: int, byte: int) -> int:
    """The modules that differ from those of a zero byte at the place: its own bits and all that they correct."""
    before = 4 + 8 + 8 * place  # mode, length, the bytes at earlier places
    return _spread(list((byte << 8 * _DATA - before - 8).to_bytes(_DATA, "big")))


def _spread(words: list[int]) -> int:
    """The codewords and their correction, each bit at its module."""
    bits = f"{int.from_bytes(bytes(words + _corrected(words)), 'big'):0{8 * (_DATA + _CORRECTION)}b}"
    return sum(_module(row, column) for (row, column), bit in zip(_places(), bits, strict=True) if bit == "1")


def _module(row: int, column: int) -> int:
    """The module's bit in the picture."""
    return 1 << _PICTURE_BITS - 1 - row * _ROW_BITS - column


def _data(content: bytes) -> list[int]:
    """Mode, length, content and padding as codewords."""
    bits = (0b0100 << 8 | len(content)) << 8 * len(content) | int.from_bytes(content, "big")
    words = list((bits << 4).to_bytes(len(content) + 2, "big"))
    return words + [_PADDING[number % 2] for number in range(_DATA - len(words))]


def _corrected(words: list[int]) -> list[int]:
    """The codewords of error correction: the rest of a division in GF(256) (7.5)."""
    powers, logs = _field()
    divisor = _divisor()
    rest = [0] * _CORRECTION
    for word in words:
        factor = word ^ rest[0]
        rest = [*rest[1:], 0]
        if factor:
            log = logs[factor]
            rest = [one ^ powers[(log + other) % 255] for one, other in zip(rest, divisor, strict=True)]
    return rest


@cache
def _field() -> tuple[list[int], list[int]]:
    """Powers of 2 in GF(256) modulo x⁸+x⁴+x³+x²+1, and logarithms to that base."""
    powers, logs = [1] * 255, [0] * 256
    for exponent in range(1, 255):
        value = powers[exponent - 1] << 1
        powers[exponent] = value ^ 0x11D if value > 255 else value
        logs[powers[exponent]] = exponent
    return powers, logs


@cache
def _divisor() -> list[int]:
    """Logarithms of the coefficients of (x−1)(x−2)…(x−2⁹), but for the first, which is 1."""
    powers, logs = _field()
    product = [1]
    for exponent in range(_CORRECTION):
        shifted = [*product, 0]
        for place, value in enumerate(product, start=1):
            shifted[place] ^= powers[(logs[value] + exponent) % 255]
        product = shifted
    return [logs[value] for value in product[1:]]


@cache
def _frame() -> list[list[bool | None]]:
    """What stands in every code: finders, timing, format; None where the data goes."""
    frame: list[list[bool | None]] = [[None] * MODULES for _ in range(MODULES)]
    for top, left in ((0, 0), (0, MODULES - 7), (MODULES - 7, 0)):
        for row in range(max(top - 1, 0), min(top + 8, MODULES)):
            for column in range(max(left - 1, 0), min(left + 8, MODULES)):
                ring = max(abs(row - top - 3), abs(column - left - 3))
                frame[row][column] = ring in (0, 1, 3)
    for place in range(8, MODULES - 8):
        frame[6][place] = frame[place][6] = place % 2 == 0
    for number, (beside, below) in enumerate(zip(_around(), _apart(), strict=True)):
        bit = bool(_FORMAT >> (14 - number) & 1)
        for row, column in (beside, below):
            frame[row][column] = bit
    frame[MODULES - 8][8] = True
    return frame


def _around() -> Iterator[tuple[int, int]]:
    """Where the format stands around the first finder, from its most significant bit on."""
    yield from ((8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8))
    yield from ((row, 8) for row in (7, 5, 4, 3, 2, 1, 0))


def _apart() -> Iterator[tuple[int, int]]:
    """Where it stands beside the other two."""
    yield from ((MODULES - 1 - number, 8) for number in range(7))
    yield from ((8, MODULES - 8 + number) for number in range(8))


@cache
def _places() -> tuple[tuple[int, int], ...]:
    """Row and column of every bit of the codewords: in pairs of columns from the right, up and down in turn."""
    frame = _frame()
    places: list[tuple[int, int]] = []
    for turn, right in enumerate((20, 18, 16, 14, 12, 10, 8, 5, 3, 1)):
        rows = range(MODULES) if turn % 2 else range(MODULES - 1, -1, -1)
        pairs = ((row, column) for row in rows for column in (right, right - 1))
        places += [(row, column) for row, column in pairs if frame[row][column] is None]
    return tuple(places)
