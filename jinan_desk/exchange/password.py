"""Passwords of workbooks: ECMA-376 encryption as Office does it, opened by Excel, WPS and LibreOffice alike.

Everything happens in memory: neither locking nor unlocking writes a plaintext to the disk. A locked workbook comes from
a stranger like any other, so that its container is bounded before a key is made of the password.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.reading import damaged, too_large

LEAST = 8
"""Characters that a password must have."""
_MOST = 255  # Office takes no more

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE, _INFO = "EncryptedPackage", "EncryptionInfo"
_INFO_LIMIT = 64 * 1024
_SPIN = re.compile(rb'spinCount\s*=\s*["\']\s*(\d+)')
_SPIN_LIMIT = 1_000_000  # Office says 100,000; each is one hash


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


def is_locked(content: bytes) -> bool:
    """Whether these are the bytes of a workbook with a password; an old .xls is a compound file, too."""
    return content.startswith(_COMPOUND) and _PACKAGE.encode("utf-16-le") in content


def unlock(content: bytes, password: str) -> bytes:
    """The workbook inside. Raises PasswordError where the password is empty or another one, DeskError where the file
    is damaged, asks for more work than any office program does, or is encrypted in another way."""
    if not password:
        raise PasswordError(Sentence(N_("工作簿设有密码，请输入密码；没有读入任何内容")))
    from msoffcrypto.exceptions import InvalidKeyError

    try:
        return _unlocked(content, password)
    except DeskError:
        raise
    except InvalidKeyError:
        raise PasswordError(Sentence(N_("密码不对，请向对方核对后再试；没有读入任何内容"))) from None
    except Exception:  # noqa: BLE001  (a container of nonsense makes its readers raise anything)
        raise damaged() from None


def _unlocked(content: bytes, password: str) -> bytes:
    from msoffcrypto.exceptions import InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    _bound(content)
    book: Any = OOXMLFile(BytesIO(content))
    book.load_key(password=password, verify_password=True)
    made = BytesIO()
    try:
        book.decrypt(made, verify_integrity=book.type == "agile")
    except InvalidKeyError:  # the password was right: what was encrypted has changed since
        raise damaged() from None
    return made.getvalue()


def _bound(content: bytes) -> None:
    """Look at what says how to decrypt before doing any of it."""
    import olefile

    with olefile.OleFileIO(BytesIO(content)) as container:
        if container.get_size(_INFO) > _INFO_LIMIT:
            raise too_large()
        if container.get_size(_PACKAGE) > len(content):  # cut short
            raise damaged()
        info = container.openstream(_INFO).read()
    if b"<!" in info:  # entities may swell
        raise damaged()
    if any(len(count) > 9 or int(count) > _SPIN_LIMIT for count in _SPIN.findall(info)):
        raise too_large()
