"""Passwords of workbooks: ECMA-376 encryption as Office does it, opened by Excel, WPS and LibreOffice alike.

Neither locking nor unlocking writes a plaintext to the disk; what is unlocked is decrypted piece by piece while it is
read. A locked workbook comes from a stranger like any other, so that its container is bounded before a key is made of
the password.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, BinaryIO

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.cipher import agile, standard
from jinan_desk.exchange.reading import damaged, too_large
from jinan_desk.exchange.slices import length_of, open_stream, pieces

LEAST = 8
"""Characters that a password must have."""
_MOST = 255  # Office takes no more

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE, _INFO = "EncryptedPackage", "EncryptionInfo"
_NAMED = _PACKAGE.encode("utf-16-le")
_INFO_LIMIT = 64 * 1024
_SPIN = re.compile(rb'spinCount\s*=\s*["\']\s*(\d+)')
_SPIN_LIMIT = 300_000  # Office says 100,000; each is one hash


class PasswordError(DeskError):
    """The workbook has a password, and none was given or another one."""


def refuse_weak(password: str) -> None:
    """Raises DeskError for a password that is too short to protect anything, or too long for Office."""
    if not LEAST <= len(password) <= _MOST:
        raise DeskError(Sentence(N_("密码应为 {least} 到 {most} 个字符"), least=LEAST, most=_MOST))


def lock(content: bytes, password: str) -> bytes:
    """The workbook, encrypted with the password (AES, SHA-512 a hundred thousand times): a compound file."""
    from msoffcrypto.format.ooxml import OOXMLFile

    made = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, made)
    return made.getvalue()


def is_locked(file: BinaryIO) -> bool:
    """Whether this is a workbook with a password; an old .xls is a compound file, too."""
    before = b""
    for number, piece in enumerate(pieces(file, length_of(file))):
        if not number and not piece.startswith(_COMPOUND):
            return False
        if _NAMED in before + piece:
            return True
        before = piece[-len(_NAMED) :]  # the name may go on in the next piece
    return False


def unlock(file: BinaryIO, password: str) -> BinaryIO:
    """The workbook inside, decrypted as it is read, while the file is open.

    Raises PasswordError where the password is empty or another one, DeskError where the file is damaged, asks for more
    work than any office program does, or is encrypted in another way; so may reading.
    """
    if not password:
        raise PasswordError(Sentence(N_("工作簿设有密码，请输入密码；没有读入任何内容")))
    from msoffcrypto.exceptions import InvalidKeyError

    try:
        return _unlocked(file, password)
    except DeskError:
        raise
    except InvalidKeyError:
        raise PasswordError(Sentence(N_("密码不对，请向对方核对后再试；没有读入任何内容"))) from None
    except Exception:  # noqa: BLE001  (a container of nonsense makes its readers raise anything)
        raise damaged() from None


def _unlocked(file: BinaryIO, password: str) -> BinaryIO:
    import olefile
    from msoffcrypto.format.ooxml import OOXMLFile

    container = olefile.OleFileIO(file)
    _bound(container, length_of(file))
    book: Any = OOXMLFile(file)
    stream = open_stream(container, _PACKAGE)
    if book.type != "agile":
        book.load_key(password=password, verify_password=True)
        return standard(stream, book.secret_key)
    book.load_key(password=password)
    try:
        return agile(stream, book.info, book.secret_key)
    except DeskError:  # changed since, or another password: to ask means hashing all over again
        book.load_key(password=password, verify_password=True)
        raise


def _bound(container: Any, length: int) -> None:
    """Look at what says how to decrypt before doing any of it."""
    if container.get_size(_INFO) > _INFO_LIMIT:
        raise too_large()
    if container.get_size(_PACKAGE) > length:  # cut short
        raise damaged()
    info = container.openstream(_INFO).read()
    if b"<!" in info:  # entities may swell
        raise damaged()
    if any(len(count) > 9 or int(count) > _SPIN_LIMIT for count in _SPIN.findall(info)):
        raise too_large()
