"""One process for one store: a lock of the operating system, released by it when the process ends, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store.places import lock_path

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold(directory: Path) -> Iterator[None]:
    """Hold the directory's lock. Raises DeskError where another process, or another store of this one, has it."""
    with lock_path(directory).open("ab") as file:
        try:
            _lock(file)
        except OSError:
            raise DeskError(
                Sentence(N_("数据目录 {path} 已在另一个窗口中打开，请使用那个窗口，或先将其关闭"), path=str(directory))
            ) from None
        yield  # closing the file gives the lock back
