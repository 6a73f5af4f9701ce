"""Seals: the digest of a whole file inside the file, where readers of its format do not look.

A byte that is damaged anywhere is found, also one that no reader looks at. Whoever opens the file in an office program
and saves it again makes a file without a seal; what holds then is the signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

from jinan_desk.exchange.reading import damaged
from jinan_desk.exchange.slices import length_of, pieces

_SEAL = b"jinan-desk-seal:"
_SEAL_LENGTH = len(_SEAL) + 64
_END = b"PK\x05\x06"
_END_LENGTH = 22
_SECTOR = 512


def seal_zip(content: bytes) -> bytes:
    """The ZIP container with the digest of all that is before it in the comment that ends it. It must have none."""
    assert content[-_END_LENGTH:].startswith(_END)
    body = content[:-2] + _SEAL_LENGTH.to_bytes(2, "little")
    return body + _seal_of([body])


def is_sealed_zip(file: BinaryIO) -> bool:
    """Whether the container is as it was sealed; False where it has no comment at all. Raises DeskError otherwise."""
    length = length_of(file)
    if _tail(file, length, _SEAL_LENGTH) == _seal_of(pieces(file, length - _SEAL_LENGTH)):
        return True
    end = _tail(file, length, _END_LENGTH)
    if end.startswith(_END) and end.endswith(b"\0\0"):
        return False
    raise damaged()


def seal_compound(content: bytes) -> bytes:
    """The compound file (MS-CFB) with one sector more: no chain leads there, as to any free sector."""
    assert len(content) % _SECTOR == 0
    return content + _sector_of([content])


def is_sealed_compound(file: BinaryIO) -> bool:
    """Whether the file is as it was sealed; False where its last sector is no seal, or that of another file."""
    length = length_of(file)
    return _tail(file, length, _SECTOR) == _sector_of(pieces(file, length - _SECTOR))


def _tail(file: BinaryIO, length: int, size: int) -> bytes:
    file.seek(max(0, length - size))
    return file.read(size)


def _seal_of(body: Iterable[bytes]) -> bytes:
    hashed = hashlib.sha256()
    for piece in body:
        hashed.update(piece)
    return _SEAL + hashed.hexdigest().encode()


def _sector_of(body: Iterable[bytes]) -> bytes:
    return _seal_of(body).ljust(_SECTOR, b"\0")
