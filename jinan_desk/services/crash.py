"""Crash reports: where a bug struck, without anything of a case. No values, no messages, only types and places."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from jinan_desk import __version__

_MOST_FRAMES = 40
"""Of the calls that led to an error, so many of the first and of the last: endless recursion has a thousand."""


def write_report(error: BaseException, directory: Path, *, at: str) -> Path:
    """Write the report of `error` under `directory` and answer its path. `at` is UTC and names the file; a report that
    is there already keeps its place. Raises OSError where nothing can be written."""
    directory.mkdir(parents=True, exist_ok=True)
    text = f"{at}\n{describe(error)}\n"
    for number in count(1):
        path = directory / f"crash-{at.replace(':', '')}{f'-{number}' if number > 1 else ''}.txt"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        break
    return path


def describe(error: BaseException) -> str:
    """Which bug it is: the same text whenever it strikes in the same place on the same way there."""
    lines = [f"jinan_desk {__version__}", f"Python {platform.python_version()} {platform.system()}"]
    for one in _with_causes(error):
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
        frames = [f"  {_inside(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
                  for frame, line in traceback.walk_tb(one.__traceback__)]  # fmt: skip
        if len(frames) > 2 * _MOST_FRAMES:
            frames[_MOST_FRAMES:-_MOST_FRAMES] = [f"  … {len(frames) - 2 * _MOST_FRAMES}"]
        lines += frames
    return "\n".join(lines)


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, and so on; each once, since errors may name each other as their cause."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _inside(filename: str) -> str:
    """The path from the package on: what lies above it names the user."""
    parts = Path(filename).parts
    for root in ("jinan_desk", "site-packages", "lib"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1]
