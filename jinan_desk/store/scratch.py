"""A place for what a program needs for a moment, that nobody else may enter.

The store is encrypted; what is printed or exported is readable, and passes through temporary files before it is where
somebody wants it: openpyxl writes every sheet into one, a preview is a PDF. The system's folder for such files is
shared by all who use the machine, and keeps what a program that was killed has left there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinan_desk.store.places import scratch_directory


@contextmanager
def private_scratch(directory: Path) -> Iterator[None]:
    """For as long as the block lasts, all temporary files of this process lie in a folder of this data directory that
    only its owner may enter. What an earlier process has left there is removed first; in the end the folder is.

    Belongs into the block of an opened store: its lock says that no other process works there.
    """
    folder = scratch_directory(directory)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)  # libraries ask nobody but this where to put theirs
    try:
        yield
    finally:
        if tempfile.tempdir == str(folder):
            tempfile.tempdir = before if before is not None and Path(before).is_dir() else None
        shutil.rmtree(folder, ignore_errors=True)
