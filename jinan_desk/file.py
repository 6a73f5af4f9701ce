"""Writing a file whole or not at all: what people open, print and hand on."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside the path, then put it in its place; a file that was there stays until then.

    Raises DeskError where the place cannot be written, or is full.
    """
    fresh = path.with_name(f".{secrets.token_hex(4)}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.touch()  # whether the place can be written shows before anything is made for it
        write(fresh)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise DeskError(
            Sentence(N_("文件 {path} 写不进去：{why}"), path=str(path), why=reason(error))
        ) from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
