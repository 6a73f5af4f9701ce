"""Writing a file whole or not at all: what people open, print and hand on."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside the path, then put it in its place; a file that was there stays until then.

    Raises DeskError where the place cannot be written, or is full.
    """
    with placing(path) as fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.touch()  # whether the place can be written shows before anything is made for it
        write(fresh)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())


@contextmanager
def placing(path: Path) -> Iterator[Path]:
    """A path beside, to be written to in the block, that takes the path's place after it. What has to be kept before
    anybody sees the file is kept in the block as well: after an error there is no file, and what was there stays.

    Raises DeskError where the place cannot be written, or is full, and names the path itself.
    """
    fresh = path.with_name(f".{secrets.token_hex(4)}{path.suffix}")
    try:
        with suppress(FileNotFoundError):
            path.replace(path)  # Windows lets nobody take the place of a file that is open: better known at once
        yield fresh
        fresh.replace(path)
    except DeskError as error:
        error.sentence = _about(error.sentence, fresh, path)
        raise
    except OSError as error:
        raise DeskError(
            Sentence(N_("文件 {path} 写不进去：{why}"), path=str(path), why=reason(error))
        ) from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _about(sentence: Sentence, fresh: Path, path: Path) -> Sentence:
    """The sentence about the path that somebody chose, where it is about the one beside."""
    called = {str(fresh): str(path), fresh.name: path.name}
    gaps = {gap: called.get(value, value) if isinstance(value, str) else value for gap, value in sentence.gaps.items()}
    return Sentence(sentence.source, **gaps)
