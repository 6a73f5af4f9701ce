"""What is read piece by piece comes to the same as what is read at once."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from typing import Any, BinaryIO

import olefile
import pytest

from jinan_desk.errors import DeskError
from jinan_desk.exchange import cipher, slices
from jinan_desk.exchange.password import is_locked, lock, unlock
from jinan_desk.exchange.slices import Chain, open_stream, pieces
from tests.exchange.test_password import PASSWORD

SECTOR = 64
CONTENT = bytes(place * 7 % 251 for place in range(SECTOR * 40 - 5))


@pytest.fixture
def chain() -> Chain:
    """A stream whose sectors lie in runs and out of order, after a header."""
    order = [*range(5, 20), 3, 30, 31, 32, *range(3), 39, 38, 37, 4, 21, *range(22, 30), *range(33, 37), 20]
    laid = bytearray(SECTOR * 41)
    for number, sector in enumerate(order):
        part = CONTENT[number * SECTOR : (number + 1) * SECTOR]
        laid[(sector + 1) * SECTOR : (sector + 1) * SECTOR + len(part)] = part
    assert sorted(order) == list(range(40))
    return Chain(io.BytesIO(laid), order, SECTOR, len(CONTENT))


def test_a_chain_is_read_from_anywhere(chain: Chain) -> None:
    """Guards: sectors that lie side by side are read at once, and no others."""
    file = io.BufferedReader(chain, 100)
    assert file.read() == CONTENT
    chance = random.Random(7)
    for _ in range(300):
        place, length = chance.randrange(len(CONTENT) + 50), chance.randrange(1, 900)
        file.seek(place)
        assert file.read(length) == CONTENT[place : place + length]


def test_a_chain_is_asked_for_from_its_end_and_from_where_one_is(chain: Chain) -> None:
    assert chain.seek(-3, io.SEEK_END) == len(CONTENT) - 3
    assert chain.read(10) == CONTENT[-3:]
    assert chain.read(10) == b""
    assert chain.seek(-5, io.SEEK_CUR) == chain.tell() == len(CONTENT) - 5
    assert chain.seek(-10_000, io.SEEK_CUR) == 0


def test_a_file_that_is_shorter_than_its_chain_is_told(chain: Chain) -> None:
    chain._file.truncate(SECTOR * 10)
    with pytest.raises(EOFError):
        chain.readall()


@pytest.fixture(scope="module")
def content() -> bytes:
    return b"PK\x03\x04" + random.Random(3).randbytes(3 * 4096 + 1000)


@pytest.fixture(scope="module")
def locked(content: bytes) -> Iterator[bytes]:
    with pytest.MonkeyPatch.context() as patch:  # what is locked need be no workbook
        patch.setattr("msoffcrypto.format.ooxml._is_ooxml", lambda file: True)
        yield lock(content, PASSWORD)


@pytest.mark.parametrize("length", [1, 5, 4095, 4096, 4097, 10_000])
def test_a_locked_file_is_decrypted_from_anywhere(content: bytes, locked: bytes, length: int) -> None:
    """Guards: where segments begin in `_Plain.slice`."""
    plain = unlock(io.BytesIO(locked), PASSWORD)
    assert plain.read() == content
    chance = random.Random(length)
    for _ in range(20):
        place = chance.randrange(len(content))
        plain.seek(place)
        assert plain.read(length) == content[place : place + length]


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 4095, 4096, 4097, 8192])
def test_what_office_2007_encrypts_is_decrypted(size: int) -> None:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key, content = bytes(range(16)), random.Random(size).randbytes(size)
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    body = encryptor.update(content + bytes(-size % 16)) + encryptor.finalize()
    head = size.to_bytes(8, "little")
    assert cipher.standard(io.BytesIO(head + body), key).read() == content
    if size:
        with pytest.raises(ValueError, match="less than was encrypted"):
            cipher.standard(io.BytesIO(head + body[:-1]), key)


def test_a_stick_that_is_pulled_out_meanwhile_is_a_sentence(
    locked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `damaged` in `_Plain.slice`."""
    monkeypatch.setattr(slices, "PIECE", 512)
    file = io.BytesIO(locked)
    plain = unlock(file, PASSWORD)
    file.truncate(2048)
    with pytest.raises(DeskError, match="已损坏"):
        plain.read()


@pytest.mark.parametrize("at", [slices.PIECE - len("EncryptedPackage"), slices.PIECE - 1, slices.PIECE, 0])
def test_a_lock_is_found_wherever_its_name_lies(at: int) -> None:
    """Guard: `before` in `is_locked`."""
    body = bytearray(3 * slices.PIECE)
    body[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    if at:
        body[at : at + 32] = "EncryptedPackage".encode("utf-16-le")
    assert is_locked(io.BytesIO(body)) is bool(at)
    assert not is_locked(io.BytesIO(body[1:]))
    assert not is_locked(io.BytesIO())


class _Container:
    """As much of a compound file as says where a stream lies."""

    minisectorcutoff, sectorsize = 10, SECTOR

    def __init__(self, fat: list[int], size: int) -> None:
        self.fat, self.fp = fat, io.BytesIO(bytes(SECTOR * 10))
        entry = type("Entry", (), {"size": size, "isectStart": 1})
        self.direntries = [entry]

    def _find(self, _name: str) -> int:
        return 0

    def openstream(self, _name: str) -> BinaryIO:
        return io.BytesIO(b"small")


@pytest.mark.parametrize("fat", [[9, 2, 0xFFFFFFFE], [9, 2], [9, 7, 9, 9]])
def test_a_chain_that_ends_too_early_is_refused(fat: list[int]) -> None:
    """Guard: the bounds of the table in `open_stream`."""
    with pytest.raises(ValueError, match="ends too early"):
        open_stream(_Container(fat, SECTOR * 3), "x")


def test_a_chain_that_goes_round_ends_with_its_size() -> None:
    container: Any = _Container([1, 1], SECTOR * 9)
    assert len(open_stream(container, "x").read()) == SECTOR * 9
    assert open_stream(_Container([], 9), "x").read() == b"small"


def test_pieces_come_to_as_much_as_was_asked_for() -> None:
    file = io.BytesIO(bytes(3 * slices.PIECE))
    assert [len(piece) for piece in pieces(file, slices.PIECE + 5)] == [slices.PIECE, 5]
    assert list(pieces(file, -5)) == []
    assert sum(map(len, pieces(file, 10**9))) == 3 * slices.PIECE


def test_streams_of_real_containers_are_read_alike(locked: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(locked)) as container:
        for name in ("EncryptedPackage", "EncryptionInfo"):
            assert open_stream(container, name).read() == container.openstream(name).read()
