"""The key file: 32 random bytes beside the store that open it.

Only making and reading the file belongs here; wrapping the key for accounts comes before it, not into it. The key is
never shown, logged or made anew for a store that exists: without it the store's contents cannot be had again.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store.lock import hold
from jinan_desk.store.places import key_path, store_path

KEY_BYTES = 32


def data_key(directory: Path) -> bytes:
    """The key of the store in the directory; made, together with the directory, where there is neither key nor store.

    Raises DeskError where the key of an existing store is missing, the key file is damaged, or the directory cannot be
    written. The key is there whole or not at all: it is written beside, synced and renamed, by one process at a time.
    """
    path = key_path(directory)
    try:
        if not path.exists():
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            with hold(directory):
                if not path.exists():
                    _make(path, directory)
        key = path.read_bytes()
    except OSError as error:
        raise DeskError(
            Sentence(N_("数据目录 {path} 无法读写：{why}"), path=str(directory), why=error.strerror or str(error))
        ) from None
    if len(key) != KEY_BYTES:
        raise DeskError(Sentence(N_("密钥文件 {path} 已损坏，请用备份的密钥文件替换"), path=str(path)))
    return key


def _make(path: Path, directory: Path) -> None:
    if store_path(directory).exists():
        raise DeskError(
            Sentence(N_("找不到密钥文件 {path}，没有它打不开已有的数据，请把备份的密钥文件放回原处"), path=str(path))
        )
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
