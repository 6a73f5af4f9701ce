"""Crash reports: where a bug struck, without anything of a case. No values, no messages, only types and places."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from jinan_desk import __version__


def write_report(error: BaseException, directory: Path, *, at: str) -> Path:
    """Write the report of `error` under `directory` and answer its path. `at` is UTC and names the file."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"crash-{at.replace(':', '')}.txt"
    path.write_text("\n".join(_lines(error, at)) + "\n", encoding="utf-8")
    return path


def _lines(error: BaseException, at: str) -> list[str]:
    lines = [f"jinan_desk {__version__}", f"Python {platform.python_version()} {platform.system()}", at]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {_inside(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or seen.__context__
    return lines


def _inside(filename: str) -> str:
    """The path from the package on: what lies above it names the user."""
    parts = Path(filename).parts
    for root in ("jinan_desk", "site-packages", "lib"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1]
