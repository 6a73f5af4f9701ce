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
from jinan_desk.store.places import has_backups, key_path, store_path

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
    return _whole(key, path)


def read_key(path: Path) -> bytes:
    """The key in a key file that lies anywhere. Raises DeskError where it cannot be read or is none."""
    try:
        return _whole(path.read_bytes(), path)
    except OSError as error:
        raise DeskError(Sentence(N_("文件打不开：{why}"), why=error.strerror or str(error))) from None


def take_key(directory: Path, key: bytes) -> None:
    """Make the key that of a directory without a store. Raises DeskError where there is a store of another key."""
    path = key_path(directory)
    if path.exists() and path.read_bytes() == key:
        return
    if store_path(directory).exists():
        another = N_("数据目录 {path} 中已有另一密钥的数据，没有改动；请恢复到空目录")
        raise DeskError(Sentence(another, path=str(directory)))
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, key)


def _whole(key: bytes, path: Path) -> bytes:
    if len(key) != KEY_BYTES:
        raise DeskError(Sentence(N_("密钥文件 {path} 已损坏，请用备份的密钥文件替换"), path=str(path)))
    return key


def _make(path: Path, directory: Path) -> None:
    if store_path(directory).exists() or has_backups(directory):
        raise DeskError(
            Sentence(N_("找不到密钥文件 {path}，没有它打不开已有的数据，请把备份的密钥文件放回原处"), path=str(path))
        )
    _write(path, secrets.token_bytes(KEY_BYTES))


def _write(path: Path, key: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
