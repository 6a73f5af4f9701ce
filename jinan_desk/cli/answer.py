"""What a command says on standard output: sentences for people, JSON for programs, a case as either."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from jinan_desk.core.text import N_, Sentence, Translate

OK, FAILED = 0, 1
"""Exit statuses."""


def say(sentences: Sequence[Sentence], translate: Translate) -> None:
    """One sentence a line."""
    for sentence in sentences:
        click.echo(sentence.read(translate))


def show_code(code: str, translate: Translate) -> None:
    """The only time that a recovery code is shown."""
    told = N_("恢复码（只显示这一次，请抄在纸上，封存于保险柜；管理员都忘记密码时只有它能打开数据）：")
    click.echo(translate(told))
    click.echo(code)


def write_json(value: Any, indent: int | None = None) -> None:
    """A JSON value on a line of its own, or indented over several."""
    separators = None if indent else (",", ":")
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=separators, indent=indent) + "\n")


def show_row(row: Any, as_json: bool, translate: Translate) -> None:
    """A case on one line, for people or as JSON."""
    if as_json:
        write_json(row_json(row))
    else:
        click.echo(line(row, translate))


def row_json(row: Any) -> dict[str, Any]:
    """A case's columns as JSON: the amount in yuan."""
    from jinan_desk.services.cases import summary

    return summary(row)


def line(row: Any, translate: Translate) -> str:
    """A case for people."""
    from jinan_desk.services.cases import headline

    return headline(row).read(translate)
