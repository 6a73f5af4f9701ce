"""The QR code of a check code: version 1, error correction M, mask 2, bytes (ISO/IEC 18004), as rows of dark modules.

Every page of every paper bears one, and all of them are alike but for twelve digits: what is the same is made once.
A general encoder takes a hundred times as long.
"""

from collections.abc import Iterator
from functools import cache

MODULES = 21
"""Modules of a side."""
LONGEST = 14
"""Bytes that it holds."""
_DATA, _CORRECTION = 16, 10
"""Codewords, ISO/IEC 18004, table 9."""
_FORMAT = 0b101111001111100
"""Error correction M and mask 2, as they stand in the code (table C.1)."""
_PADDING = (0xEC, 0x11)


def modules(text: str) -> list[str]:
    """The rows of the code, `1` where it is dark. The text is ASCII and not longer than it may be."""
    assert len(text) <= LONGEST, text
    dark = _of_length(len(text))
    for place, character in enumerate(text):
        dark ^= _turned(place, character)
    bits = f"{dark:0{MODULES * MODULES}b}"
    return [bits[start : start + MODULES] for start in range(0, MODULES * MODULES, MODULES)]


@cache
def _of_length(length: int) -> int:
    """The code of a text of so many zeros, all modules as the bits of one number, row by row. Correction and mask are
    sums without carry, so that a character turns the same modules whatever stands beside it."""
    frame = ((module, column) for row in _frame() for column, module in enumerate(row))
    without_data = "".join("01"[column % 3 == 0 if module is None else module] for module, column in frame)  # mask 2
    head = (0b0100 << 8 | length) << 8 * length << 4
    words = [*head.to_bytes(length + 2, "big")]
    words += [_PADDING[number % 2] for number in range(_DATA - len(words))]
    return int(without_data, 2) ^ _placed(words)


@cache
def _turned(place: int, character: str) -> int:
    """The modules that a character turns at its place in the text. Mode and length stand before all, 12 bits."""
    return _placed([*(ord(character) << 8 * (_DATA - place) - 20).to_bytes(_DATA, "big")])


def _placed(words: list[int]) -> int:
    """Codewords and those of their correction where they stand in the code."""
    bits = f"{int.from_bytes(bytes(words + _corrected(words)), 'big'):0{8 * (_DATA + _CORRECTION)}b}"
    last = MODULES * MODULES - 1
    return sum(1 << last - place for place, bit in zip(_places(), bits, strict=True) if bit == "1")


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
def _places() -> tuple[int, ...]:
    """Which of all modules the bits of the codewords are: in pairs of columns from the right, up and down in turn."""
    frame = _frame()
    places: list[int] = []
    for turn, right in enumerate((20, 18, 16, 14, 12, 10, 8, 5, 3, 1)):
        rows = range(MODULES) if turn % 2 else range(MODULES - 1, -1, -1)
        pairs = ((row, column) for row in rows for column in (right, right - 1))
        places += [row * MODULES + column for row, column in pairs if frame[row][column] is None]
    return tuple(places)
