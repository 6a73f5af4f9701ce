"""Text into lines: where Chinese text may break, and how wide a line comes out.

Follows 标点符号用法 (GB/T 15834, 5.1) and what every Chinese printer does: no line begins with closing punctuation,
none ends with an opening bracket, and nothing hangs past the margin. Digits and Latin letters keep together while
they fit, and a number keeps its unit: 2020年, 31日, 50万元, 0001号.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from jinan_desk.documents.fonts import Fonts, Style

NOT_FIRST = frozenset("、。，．；：！？）》〉」』】〕〗｝］”’…—～·％℃°‰,.;:!?)]}%")
NOT_LAST = frozenset("（《〈「『【〔〖｛［“‘¥￥([{")
_SIGN = r"[A-Za-z0-9¥#@&$*+=_/.,:%()\[\]-]"
_ATOM = re.compile(rf"{_SIGN}*[0-9] ?[万亿]?[年月日号条元人天个岁户项次]|{_SIGN}+ ?|——|……|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its width in ems; `last` when its paragraph ends here. A blank at its end has no width."""

    text: str
    width: float
    last: bool


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is never broken, unless it is wider than a whole line."""

    text: str
    width: float


def lines(text: str, *, fonts: Fonts, style: Style, measure: float, indent: float = 0) -> list[Line]:
    """Break the text at its line ends and at `measure` ems; the first line of each paragraph starts after `indent`.

    An empty text is one empty line, so that it takes a line's height.
    """
    broken: list[Line] = []
    for paragraph in text.split("\n"):
        broken.extend(_paragraph(fonts.shown(paragraph, style).strip(" "), fonts, style, measure, indent))
    return broken


def balanced(text: str, *, fonts: Fonts, style: Style, measure: float, indent: float = 0) -> list[Line]:
    """As `lines`, but of about the same length, and no more of them: for labels, which look odd with a last 码."""
    broken = lines(text, fonts=fonts, style=style, measure=measure, indent=indent)
    if len(broken) > text.count("\n") + 1:
        narrow = max(measure / 2, 1.0)
        while narrow < measure:
            narrower = lines(text, fonts=fonts, style=style, measure=narrow, indent=indent)
            if len(narrower) <= len(broken):
                return narrower
            narrow += 0.5
    return broken


@lru_cache(maxsize=4096)
def _paragraph(text: str, fonts: Fonts, style: Style, measure: float, indent: float) -> tuple[Line, ...]:
    """The lines of one paragraph, kept: in a batch most of them recur from paper to paper."""
    finished: list[Line] = []
    line: list[_Atom] = []
    room = measure - indent
    width = fonts.width(text, style)
    if width <= room:
        return (Line(text, width, last=True),)
    for atom in _atoms(text, fonts, style, measure):
        used = sum(part.width for part in line)
        if line and used + _visible(atom, fonts, style) > room + 1e-6:
            carried = _carried(line, atom)
            finished.append(_line(line, last=False, fonts=fonts, style=style))
            line = carried
            room = measure
        line.append(atom)
    finished.append(_line(line, last=True, fonts=fonts, style=style))
    return tuple(finished)


def _carried(line: list[_Atom], following: _Atom) -> list[_Atom]:
    """Take off the line's end what must go down with the atom that begins the next line; at least one atom stays."""
    keep = len(line)
    first = following.text[0]
    while keep > 1 and (first in NOT_FIRST or line[keep - 1].text[-1] in NOT_LAST):
        keep -= 1
        first = line[keep].text[0]
    carried = line[keep:]
    del line[keep:]
    return carried


def _atoms(text: str, fonts: Fonts, style: Style, measure: float) -> list[_Atom]:
    atoms: list[_Atom] = []
    for match in _ATOM.finditer(text):
        part = match.group()
        width = fonts.width(part, style)
        if len(part) > 1 and width > measure:
            atoms.extend(_Atom(character, fonts.width(character, style)) for character in part)
        else:
            atoms.append(_Atom(part, width))
    return atoms


def _visible(atom: _Atom, fonts: Fonts, style: Style) -> float:
    """The width without a blank at the end, which may stand in the margin."""
    return fonts.width(atom.text[:-1], style) if atom.text.endswith(" ") else atom.width


def _line(atoms: list[_Atom], *, last: bool, fonts: Fonts, style: Style) -> Line:
    text = "".join(atom.text for atom in atoms)
    return Line(text, fonts.width(text.rstrip(" "), style), last)
