"""The headless desk: one command a use case. Messages in Chinese, keys and JSON in English.

A command parses its arguments, calls a service and prints; imports stand inside the commands, so that `evaluate` does
not wait for what only `print` needs.
"""

from __future__ import annotations

import json
import sys
from typing import IO, Any

import click

from jinan_desk import __version__


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.pass_context
def desk(context: click.Context) -> None:
    """济南市稳就业政策措施经办台。不带命令时打开窗口。"""


@desk.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
def evaluate(file: IO[str]) -> None:
    """逐行读取 JSON，逐行给出认定结果。"""
    from jinan_desk.services.evaluation import evaluate_lines

    good = True
    for answer, ok in evaluate_lines(file):
        good &= ok
        sys.stdout.write(_dump(answer) + "\n")
    sys.stdout.flush()
    sys.exit(0 if good else 1)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
