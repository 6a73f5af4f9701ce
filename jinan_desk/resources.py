"""What ships under `resources/`, read once and handed out as frozen values.

Files that belong to one part alone (fonts, icons) are read there; nothing here writes, and nothing knows Qt.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from jinan_desk.core.workday import Calendar
from jinan_desk.paths import manual_directory, resources_directory

_CHAPTER = re.compile(r"## (?P<title>[一二三四五六]、.+)")
_ARTICLE = re.compile(r"### (?P<number>[0-9]+)\. (?P<title>.+)")
_UNITS = "责任单位："
_PICTURE = re.compile(r"\(\.\./pictures/([\w-]+)\.png\)")


@dataclass(frozen=True, slots=True)
class Article:
    """One article (条) of the circular. `text` are its paragraphs, `units` the responsible units as they are named."""

    number: int
    title: str
    chapter: str
    text: tuple[str, ...]
    units: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the six chapters, with its articles in order; its title is `一、保障企业用工需求`."""

    title: str
    articles: tuple[Article, ...]

    @property
    def numeral(self) -> str:
        return self.title.partition("、")[0]

    @property
    def name(self) -> str:
        return self.title.partition("、")[2]


@cache
def policy_text() -> str:
    """The circular as it is published, in Markdown."""
    return (resources_directory() / "policy.md").read_text(encoding="utf-8")


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters with their articles, in the circular's order."""
    titles = dict.fromkeys(article.chapter for article in articles())
    return tuple(Chapter(title, tuple(a for a in articles() if a.chapter == title)) for title in titles)


@cache
def articles() -> tuple[Article, ...]:
    """All articles, in order."""
    found: list[Article] = []
    chapter = ""
    # What follows the last article (signature, date, copies) belongs to none: an article ends with its units.
    for block in policy_text().split("\n\n"):
        line = block.strip()
        if heading := _CHAPTER.fullmatch(line):
            chapter = heading["title"]
        elif heading := _ARTICLE.fullmatch(line):
            found.append(Article(int(heading["number"]), heading["title"], chapter, (), ""))
        elif found and not found[-1].units:
            found[-1] = _with_paragraph(found[-1], line)
    return tuple(found)


def _with_paragraph(article: Article, line: str) -> Article:
    if line.startswith(_UNITS):
        return Article(article.number, article.title, article.chapter, article.text, line.removeprefix(_UNITS))
    return Article(article.number, article.title, article.chapter, (*article.text, line), "")


@cache
def workday_calendar() -> Calendar:
    """The working days of mainland China, as far as the shipped table reaches."""
    years = tomllib.loads((resources_directory() / "workdays.toml").read_text(encoding="utf-8")).values()
    return Calendar(
        days_off=frozenset(day for year in years for off in year["off"] for day in _days(off["from"], off["to"])),
        make_up_days=frozenset(day for year in years for day in year["worked"]),
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@cache
def initials() -> Mapping[str, str]:
    """By Chinese character the letters with which its readings begin, all of them: `{"单": "cds", …}`."""
    found: dict[str, str] = {}
    for line in (resources_directory() / "pinyin" / "initials.txt").read_text(encoding="utf-8").splitlines():
        letter, characters = line[0], line[2:]
        for character in characters:
            found[character] = found.get(character, "") + letter
    return found


@cache
def style_sheet() -> str:
    """The window's style sheet, with `@names` where colours and sizes are filled in."""
    return (resources_directory() / "style.qss").read_text(encoding="utf-8")


@cache
def icon(name: str) -> str:
    """The SVG text of an icon; it draws in `currentColor`."""
    return (resources_directory() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def manual_chapters() -> tuple[str, ...]:
    """The keys of the manual's chapters, in the order in which they are read; a page of the window has its own."""
    return (
        *("start", "day", "workdesk", "cases", "measures", "people", "matching", "exchange", "reports", "parameters"),
        *("system", "paper", "backups", "accounts", "trouble"),
    )


@cache
def manual_text(key: str, language: str) -> str:
    """A chapter in Markdown, its title in the first line."""
    return (manual_directory() / language / f"{key}.md").read_text(encoding="utf-8")


def manual_pictures() -> frozenset[str]:
    """The names of the pictures that the manual shows."""
    texts = (path.read_text(encoding="utf-8") for path in manual_directory().glob("*/*.md"))
    return frozenset(name for text in texts for name in _PICTURE.findall(text))
