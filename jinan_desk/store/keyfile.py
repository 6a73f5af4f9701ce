"""The key file beside the store: 32 random bytes that open it, or with accounts a key ring that holds them sealed.

Only making, reading and replacing the file belongs here; what a ring is, is `keyring`'s. A key is never shown, logged
or made anew for a store that exists: without it the store's contents cannot be had again. An office without accounts
keeps the bare key, as all did before there were accounts.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.store.backup import sync_directory
from jinan_desk.store.lock import hold
from jinan_desk.store.places import has_backups, key_path, store_path

if TYPE_CHECKING:  # an office without accounts need not wait for the ciphers
    from jinan_desk.store.keyring import KeyRing

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Opened:
    """What a password or the recovery code opens: the data keys to which the store may answer, and those before."""

    keys: tuple[bytes, ...]
    former: tuple[bytes, ...] = ()


def data_key(directory: Path) -> bytes:
    """The bare key of the store in the directory; made, together with the directory, where there is neither key nor
    store.

    Raises DeskError where the key of an existing store is missing, sealed or damaged, or the directory cannot be
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
        raise _unreadable(directory, error) from None
    return _whole(key, path)


def is_sealed(path: Path) -> bool:
    """Whether there is a key ring in the file: somebody has to say who they are."""
    try:
        return path.read_bytes()[:1] == b"{" and path.stat().st_size != KEY_BYTES
    except OSError:
        return False


def read_key(path: Path) -> bytes:
    """The bare key in a key file that lies anywhere. Raises DeskError where it cannot be read or is none."""
    return _whole(read_key_file(path), path)


def read_ring(path: Path) -> KeyRing:
    """The key ring in a key file. Raises DeskError where it cannot be read or is none."""
    from jinan_desk.store.keyring import decode

    return decode(read_key_file(path))


def read_key_file(path: Path) -> bytes:
    """What stands in a key file. Raises DeskError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DeskError(Sentence(N_("文件打不开：{why}"), why=reason(error))) from None


def take_key_file(directory: Path, content: bytes) -> None:
    """Make it the key file of a directory without a store. Raises DeskError where there is a store of another key."""
    path = key_path(directory)
    if path.exists() and path.read_bytes() == content:
        return
    if store_path(directory).exists():
        another = N_("数据目录 {path} 中已有另一密钥的数据，没有改动；请恢复到空目录")
        raise DeskError(Sentence(another, path=str(directory)))
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(path, content)


class KeyFile:
    """The key file of an opened store, in the hands of somebody who knows the key to which the store answers."""

    def __init__(self, directory: Path, key: bytes) -> None:
        self._path = key_path(directory)
        self.key = key
        self.sealed = is_sealed(self._path)
        """Whether the key lies in a ring: the store has accounts."""

    @property
    def ring(self) -> KeyRing:
        """The ring as the file holds it now."""
        return read_ring(self._path)

    def next_key(self) -> bytes:
        """A new data key, which the ring holds from now on beside the present one."""
        from jinan_desk.store.keyring import with_next_key

        ring, key = with_next_key(self.ring, self.key)
        self.put(ring)
        return key

    def settle(self, place: int, key: bytes) -> None:
        """The store answers to the ring's data key in this place: it holds only that one from now on."""
        from jinan_desk.store.keyring import settled

        self.put(settled(self.ring, place))
        self.key = key

    def put(self, ring: KeyRing) -> None:
        """Put this ring in the file's place. Raises DeskError where the disk does not take it."""
        from jinan_desk.store.keyring import encode

        self._write(encode(ring))
        self.sealed = True

    def lay_open(self) -> None:
        """Put the bare key back in the file's place. Raises DeskError where the disk does not take it."""
        self._write(self.key)
        self.sealed = False

    def _write(self, content: bytes) -> None:
        try:
            write_whole(self._path, content)
        except OSError as error:
            raise _unreadable(self._path.parent, error) from None


def _unreadable(directory: Path, error: OSError) -> DeskError:
    words = N_("数据目录 {path} 无法读写：{why}")
    return DeskError(Sentence(words, path=str(directory), why=reason(error)))


def _whole(key: bytes, path: Path) -> bytes:
    if key[:1] == b"{" and len(key) != KEY_BYTES:
        raise DeskError(Sentence(N_("这里的数据须由本人用姓名和密码打开：请写明 --account 姓名")))
    if len(key) != KEY_BYTES:
        raise DeskError(Sentence(N_("密钥文件 {path} 已损坏，请用备份的密钥文件替换"), path=str(path)))
    return key


def _make(path: Path, directory: Path) -> None:
    if store_path(directory).exists() or has_backups(directory):
        raise DeskError(
            Sentence(N_("找不到密钥文件 {path}，没有它打不开已有的数据，请把备份的密钥文件放回原处"), path=str(path))
        )
    write_whole(path, secrets.token_bytes(KEY_BYTES))


def write_whole(path: Path, content: bytes) -> None:
    """Put a small file in its place, for its owner alone: it is there whole or as it was. Raises OSError."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_directory(path.parent)
