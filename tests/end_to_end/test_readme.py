"""What the READMEs promise is there, and both promise the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jinan_desk.cli import desk

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def commands(readme: str) -> set[str]:
    """The commands in the first column of the table."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`[^|]+`) \|", text, flags=re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([a-z-]+)`", cell)}


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_named_and_every_named_one_exists(readme: str) -> None:
    assert commands(readme) == set(desk.commands)


@pytest.mark.parametrize("readme", READMES)
def test_what_it_links_to_is_there(readme: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
