"""What ECMA-376 encrypts, decrypted segment by segment (MS-OFFCRYPTO 2.3.4): the agile way of Office 2010 and later,
and the standard one of Office 2007. How a password becomes the key is msoffcrypto's.
"""

from __future__ import annotations

import hmac
import io
from collections.abc import Callable, Mapping
from functools import reduce
from operator import xor
from typing import Any, BinaryIO

from jinan_desk.exchange.reading import damaged
from jinan_desk.exchange.slices import PIECE, Slices

_HEAD = 8  # the length of what was encrypted
_SEGMENT = 4096
_BLOCK = 16
_MAC_KEY, _MAC = bytes.fromhex("5fb2ad010cb9e1f6"), bytes.fromhex("a0677f02b22c8433")

_Decrypt = Callable[[int, bytes], bytes]
"""Of the first segment's number and the bytes of it and those that follow."""


class _Plain(Slices):
    """What the stream holds encrypted. `decrypt` does so with segments, the last of which ends with a block."""

    def __init__(self, stream: BinaryIO, decrypt: _Decrypt) -> None:
        length = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        super().__init__(int.from_bytes(stream.read(_HEAD), "little"))
        if _HEAD + self._whole(self._size) > length:
            raise ValueError("less than was encrypted")
        self._stream = stream
        self._decrypt = decrypt

    @staticmethod
    def _whole(size: int) -> int:
        return -(-size // _BLOCK) * _BLOCK

    def slice(self, place: int, length: int) -> bytes:
        """As many whole segments as are asked for, or the rest of one. Raises DeskError where they end too early."""
        number, within = divmod(place, _SEGMENT)
        count = max(1, (within + length) // _SEGMENT)
        start = number * _SEGMENT
        size = self._whole(min(count * _SEGMENT, self._size - start))
        self._stream.seek(_HEAD + start)
        try:
            found = self._stream.read(size)
        except EOFError:
            found = b""
        if len(found) < size:
            raise damaged()
        return self._decrypt(number, found)[within : min(within + length, self._size - start)]


def agile(stream: BinaryIO, info: Mapping[str, Any], key: bytes) -> BinaryIO:
    """The workbook in the stream, by what msoffcrypto read of `EncryptionInfo`. Raises DeskError where its digest says
    that it has changed since, ValueError or KeyError where it is encrypted in another way."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from msoffcrypto.method.ecma376_agile import ALGORITHM_HASH

    hashed, salt = ALGORITHM_HASH[info["keyDataHashAlgorithm"]], info["keyDataSalt"]
    aes = algorithms.AES(key)

    def start(block_key: bytes) -> bytes:
        found: bytes = hashed(salt + block_key).digest()[:_BLOCK]
        return found

    def decrypt(content: bytes, block_key: bytes) -> bytes:
        decryptor = Cipher(aes, modes.CBC(start(block_key))).decryptor()
        return decryptor.update(content) + decryptor.finalize()

    def decrypt_segments(number: int, content: bytes) -> bytes:
        """All at once, as if they were one: then only the first block of each that follows is mixed with the block
        before it, where its own start should be."""
        made = bytearray(decrypt(content, number.to_bytes(4, "little")))
        for place in range(_SEGMENT, len(content), _SEGMENT):
            number += 1
            before = content[place - _BLOCK : place]
            block = bytes(made[place : place + _BLOCK])
            made[place : place + _BLOCK] = _mixed(block, before, start(number.to_bytes(4, "little")))
        return bytes(made)

    mac = hmac.new(decrypt(info["encryptedHmacKey"], _MAC_KEY), digestmod=hashed)
    stream.seek(0)
    while piece := stream.read(PIECE):
        mac.update(piece)
    if not hmac.compare_digest(decrypt(info["encryptedHmacValue"], _MAC)[: mac.digest_size], mac.digest()):
        raise damaged()  # the password is right: what was encrypted has changed since
    return _opened(stream, decrypt_segments)


def _mixed(*blocks: bytes) -> bytes:
    """Bit by bit, whether an odd number of the blocks have it."""
    return reduce(xor, (int.from_bytes(block, "little") for block in blocks)).to_bytes(_BLOCK, "little")


def standard(stream: BinaryIO, key: bytes) -> BinaryIO:
    """The same for the standard way, which keeps no digest. Raises ValueError where the stream is none."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305  (what Office 2007 does)

    def decrypt(_: int, content: bytes) -> bytes:
        decryptor = cipher.decryptor()
        return decryptor.update(content) + decryptor.finalize()

    return _opened(stream, decrypt)


def _opened(stream: BinaryIO, decrypt: _Decrypt) -> BinaryIO:
    return io.BufferedReader(_Plain(stream, decrypt), PIECE)
