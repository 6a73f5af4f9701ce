"""A package with a password: opened by it and by nothing else, found out where one byte of it is damaged, and nowhere
on the disk in plain text."""

from __future__ import annotations

import io
import os
from pathlib import Path

import msoffcrypto
import olefile
import pytest
from msoffcrypto.method.ecma376_agile import ECMA376AgileEncryptionInfo
from openpyxl import load_workbook
from openpyxl.worksheet._writer import WorksheetWriter

from jinan_desk.errors import DeskError
from jinan_desk.exchange import password as passwords
from jinan_desk.exchange import reading
from jinan_desk.exchange.envelope import RECEIPT, is_locked_file, read_envelope
from jinan_desk.exchange.package import read_package
from jinan_desk.exchange.password import PasswordError, lock, unlock
from jinan_desk.exchange.receipt import read_receipt
from jinan_desk.exchange.seal import seal_compound
from tests.exchange.test_package import made, refuse, write

PASSWORD = "泉城路街道2020"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write(tmp_path_factory.mktemp("package") / "p.xlsx", password=PASSWORD).read_bytes()


@pytest.fixture
def path(tmp_path: Path, locked: bytes) -> Path:
    (tmp_path / "p.xlsx").write_bytes(locked)
    return tmp_path / "p.xlsx"


def plain(content: bytes) -> bytes:
    book = msoffcrypto.OfficeFile(io.BytesIO(content))
    book.load_key(password=PASSWORD)
    opened = io.BytesIO()
    book.decrypt(opened)
    return opened.getvalue()


def test_a_package_comes_back_by_its_password(path: Path) -> None:
    assert is_locked_file(path)
    package = read_package(path, password=PASSWORD)
    assert package.locked
    assert package.revisions == made().revisions
    assert package.changed == ()


@pytest.mark.parametrize("given", ["", "泉城路街道2021", PASSWORD + " ", PASSWORD[:-1]])
def test_nothing_else_opens_it(path: Path, given: str) -> None:
    with pytest.raises(PasswordError) as refused:
        read_package(path, password=given)
    assert "密码" in refused.value.read()


def test_office_programs_open_it(locked: bytes) -> None:
    """What the library that reads Office's encryption finds inside is the sealed workbook."""
    book = load_workbook(io.BytesIO(plain(locked)))
    assert book["06A 稳岗返还"]["B3"].value is not None or book.sheetnames


def test_short_passwords_protect_nothing(tmp_path: Path) -> None:
    """Guard: `refuse_weak`."""
    for password in ("1234567", "x" * 256):
        with pytest.raises(DeskError, match="密码应为"):
            write(tmp_path / "p.xlsx", password=password)
    assert not (tmp_path / "p.xlsx").exists()


# Damage ---------------------------------------------------------------------------------------------------------------


def test_one_flipped_byte_anywhere_is_refused(path: Path, locked: bytes) -> None:
    """Guard: the sector that `seal_compound` adds, and the check that the container is ours where the workbook is."""
    places = [*range(0, len(locked) - 512, 97), *range(len(locked) - 512, len(locked) - 420, 7)]
    for place in [*places, len(locked) - 300, len(locked) - 1]:
        flipped = bytearray(locked)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        with pytest.raises(DeskError):
            read_package(path, password=PASSWORD)


def test_a_container_that_lost_its_seal_is_refused_while_the_workbook_is_ours(path: Path, locked: bytes) -> None:
    path.write_bytes(locked[:-512])
    with pytest.raises(DeskError, match="已损坏"):
        read_package(path, password=PASSWORD)


def test_what_is_cut_short_is_refused(path: Path, locked: bytes) -> None:
    for length in [*range(0, len(locked), 1999), len(locked) - 512, len(locked) - 1]:
        path.write_bytes(locked[:length])
        with pytest.raises(DeskError):
            read_package(path, password=PASSWORD)


def test_saving_it_again_with_a_password_changes_nothing(path: Path, locked: bytes) -> None:
    """As an office program does: neither seal is there any more, the signature holds."""
    book, saved = load_workbook(io.BytesIO(plain(locked))), io.BytesIO()
    book.save(saved)
    path.write_bytes(lock(saved.getvalue(), "另一个密码123"))
    assert read_package(path, password="另一个密码123").revisions == made().revisions


def test_a_locked_package_is_no_receipt_and_asks_for_no_password_where_one_is_read(path: Path) -> None:
    with pytest.raises(DeskError, match="设有密码的文件") as refusal:
        read_receipt(path)
    assert not isinstance(refusal.value, PasswordError)


# Strangers' containers ------------------------------------------------------------------------------------------------


def test_a_container_that_asks_for_a_billion_hashes_is_refused_before_one_is_made(
    path: Path, locked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `_SPIN_LIMIT`."""
    monkeypatch.setattr(ECMA376AgileEncryptionInfo, "toEncryptionDescriptor", _asking_for(9_000_000))
    path.write_bytes(lock(plain(locked), PASSWORD))
    monkeypatch.setattr(msoffcrypto.format.ooxml.OOXMLFile, "load_key", lambda *args, **kwargs: pytest.fail("hashed"))
    with pytest.raises(DeskError, match="过大"):
        read_package(path, password=PASSWORD)


@pytest.mark.parametrize(("stream", "why"), [("EncryptionInfo", "过大"), ("EncryptedPackage", "不完整")])
def test_a_container_that_claims_more_than_it_holds_is_refused_before_it_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, stream: str, why: str
) -> None:
    """Guard: `_INFO_LIMIT`, and the size of what is encrypted, in `_bound`."""
    size = olefile.OleFileIO.get_size
    monkeypatch.setattr(
        olefile.OleFileIO, "get_size", lambda container, name: 2**40 if name == stream else size(container, name)
    )
    monkeypatch.setattr(olefile.OleFileIO, "openstream", lambda *args: pytest.fail("read"))
    with pytest.raises(DeskError, match=why):
        read_package(path, password=PASSWORD)


@pytest.mark.parametrize("place", [24, 26, 28, 30, 32, 44, 48, 56, 60, 64, 68, 72, 76])
@pytest.mark.parametrize("value", [0, 30, 0x7FFFFFFF, 0xFFFFFFFF])
def test_absurd_sizes_in_a_container_are_refused_in_words_or_change_nothing(
    path: Path, locked: bytes, place: int, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `unlock`: the fields of its head say how large sectors are, where they lie and how many there are."""
    size = 2 if place < 44 else 4
    monkeypatch.setattr(msoffcrypto.format.ooxml.OOXMLFile, "load_key", lambda *args, **kwargs: _refuse_key())
    path.write_bytes(locked[:place] + (value % 256**size).to_bytes(size, "little") + locked[place + size :])
    with pytest.raises(DeskError):
        read_package(path, password=PASSWORD)


def _refuse_key() -> None:
    raise msoffcrypto.exceptions.InvalidKeyError


def _asking_for(spins: int):  # type: ignore[no-untyped-def]
    describe = ECMA376AgileEncryptionInfo.toEncryptionDescriptor
    return lambda info: describe(info).replace('spinCount="100000"', f'spinCount="{spins}"')


def test_entities_in_a_container_are_refused(path: Path, locked: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: `_bound` in `password`."""
    describe = ECMA376AgileEncryptionInfo.toEncryptionDescriptor
    swelling = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><encryption '
    monkeypatch.setattr(
        ECMA376AgileEncryptionInfo,
        "toEncryptionDescriptor",
        lambda info: describe(info).replace("<encryption ", swelling, 1),
    )
    path.write_bytes(seal_compound(lock(plain(locked), PASSWORD)))
    with pytest.raises(DeskError, match="已损坏"):
        read_package(path, password=PASSWORD)


def test_nonsense_in_a_container_is_a_sentence(path: Path, locked: bytes) -> None:
    for start in (512, 1024, 4096):
        path.write_bytes(locked[:start] + os.urandom(700) + locked[start + 700 : -512])
        with pytest.raises(DeskError):
            read_package(path, password=PASSWORD)
    path.write_bytes(locked[:512] + bytes(4096) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(DeskError):
        read_package(path, password=PASSWORD)


def test_what_unpacks_beyond_bounds_is_refused_after_decrypting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: `open_content` bounds what `unlock` answers."""
    monkeypatch.setattr(reading, "UNPACKED_LIMIT", 1000)
    with pytest.raises(DeskError, match="过大"):
        read_package(path, password=PASSWORD)


def test_a_file_beyond_bounds_is_not_even_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FILE_LIMIT", 1000)
    monkeypatch.setattr(passwords, "unlock", lambda *args: pytest.fail("decrypted"))
    refuse(path, "过大")


def test_an_old_workbook_is_none_with_a_password(tmp_path: Path, locked: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(locked)) as container:
        assert container.exists("EncryptedPackage")
    (tmp_path / "old.xls").write_bytes(locked[:512] + bytes(2048))
    assert not is_locked_file(tmp_path / "old.xls")
    with pytest.raises(DeskError):
        unlock(io.BytesIO(locked[:512] + bytes(2048)), PASSWORD)


# Plain text -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the library that makes workbooks leaves in temporary files, as it stands before they are removed."""
    found: list[bytes] = []
    cleanup = WorksheetWriter.cleanup

    def keep(writer: WorksheetWriter) -> None:
        found.append(Path(writer.out).read_bytes())
        cleanup(writer)

    monkeypatch.setattr(WorksheetWriter, "cleanup", keep)
    return found


@pytest.mark.parametrize("fails", [False, True])
def test_no_name_touches_the_disk(
    tmp_path: Path, written: list[bytes], monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    """Guard: `write_in_memory`. Also where writing fails half-way."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    if fails:
        monkeypatch.setattr("jinan_desk.exchange.envelope.lock", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write(tmp_path / "p.xlsx", password=PASSWORD)
    else:
        write(tmp_path / "p.xlsx", password=PASSWORD)
    assert written
    for text in ("王𬱖", "370102199001011234", "泉润"):
        assert all(text.encode() not in content for content in written)
    for file in tmp_path.rglob("*"):
        assert file.is_dir() or "泉润".encode() not in file.read_bytes()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ([] if fails else ["p.xlsx"])


def test_a_locked_package_is_named_for_what_it_is_where_its_password_is_given(path: Path) -> None:
    """Guard: `not password` in `read_envelope`."""
    with pytest.raises(DeskError) as refused:
        read_envelope(path, RECEIPT, password=PASSWORD)
    assert refused.value.read() == "这是数据包，不是回执；没有读入任何内容"
