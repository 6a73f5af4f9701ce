"""Packages: what travels between offices. One .xlsx, readable sheets for people and a sheet of records for programs.

The readable sheets are made from the records; only the records count. They are compressed, written as base64 (nothing
that a spreadsheet could take for something else) into cells below its limit, and vouched for twice:

* a **manifest** of digests, signed with the office's key, covers the records and the readable sheets. It holds however
  the workbook is saved again.
* a **seal**, the digest of the whole file in the comment of its ZIP container, finds a damaged byte anywhere. It is
  lost when somebody saves the workbook again; then the readable sheets are compared cell by cell.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook as NewWorkbook

from jinan_desk.core.revision import Revision, canonical, decode, digest
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange import reading
from jinan_desk.exchange.file import write_whole
from jinan_desk.exchange.reading import Workbook, damaged, open_workbook
from jinan_desk.exchange.records import newest, tables
from jinan_desk.exchange.sheet import Column, SheetWriter
from jinan_desk.exchange.signing import fingerprint, is_signed, public_half, sign
from jinan_desk.exchange.table import Changed, Table, differences, grid, grid_digest

FORMAT = 1
COVER = N_("封面")
RECORDS = N_("数据（勿改）")

Vector = Mapping[tuple[str, str], int]
"""By (office, incarnation): the highest sequence number up to which everything is there."""

Contents = Mapping[str, tuple[str, bytes]]
"""By hash: the kind and the canonical JSON."""

_IN_A_CELL = 30_000
_SEAL = b"jinan-desk-seal:"
_SEAL_LENGTH = len(_SEAL) + 64
_END = b"PK\x05\x06"
_END_LENGTH = 22


@dataclass(frozen=True, slots=True)
class Sender:
    """The office that makes a package: its code and name, its store's incarnation, its private key."""

    office: str
    name: str
    incarnation: str
    private_key: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """A package that has been verified: its records are those that the holder of `public_key` signed.

    `since` is what the sender took the receivers to have, `until` what it had itself. `changed` are readable cells
    that say something else than the records.
    """

    office: str
    name: str
    incarnation: str
    made_at: str
    public_key: bytes
    since: Vector
    until: Vector
    revisions: tuple[Revision, ...]
    contents: Contents
    changed: tuple[Changed, ...]

    @property
    def fingerprint(self) -> str:
        """The key for people."""
        return fingerprint(self.public_key)


def write_package(
    path: Path,
    sender: Sender,
    revisions: Sequence[Revision],
    contents: Contents,
    *,
    since: Vector,
    until: Vector,
    made_at: str,
) -> int:
    """Write a package whole or not at all; answers the number of cases. Raises DeskError where it cannot be written."""
    cases = newest(revisions)
    readable = tables(cases, contents, title=N_("{name} 数据包台账").format(name=sender.name))
    records = {
        "revisions": _packed(revision.encoded for revision in revisions),
        "contents": _packed(kind.encode() + b"\t" + content for kind, content in contents.values()),
    }
    manifest = canonical(
        {
            "format": FORMAT,
            "office": sender.office,
            "name": sender.name,
            "incarnation": sender.incarnation,
            "made_at": made_at,
            "public_key": public_half(sender.private_key).hex(),
            "since": _vector_to_json(since),
            "until": _vector_to_json(until),
            "cases": len(cases),
            "revisions": len(revisions),
            "contents": len(contents),
            "records": {name: digest(text.encode()) for name, text in records.items()},
            "sheets": {table.name: grid_digest(table.grid()) for table in readable},
        }
    )
    told = {
        "manifest": base64.b64encode(manifest).decode(),
        "signature": base64.b64encode(sign(sender.private_key, manifest)).decode(),
        **records,
    }

    def write(fresh: Path) -> None:
        book = NewWorkbook(write_only=True)
        _write_cover(book, sender, readable, manifest, made_at)
        for table in readable:
            table.write(book)
        _write_records(book, told)
        book.save(fresh)
        _seal(fresh)

    write_whole(path, write)
    return len(cases)


def _write_cover(
    book: NewWorkbook, sender: Sender, readable: Sequence[Table], manifest: bytes, made_at: str
) -> None:
    sheet = SheetWriter(book, COVER, (Column("", 18), Column("", 70)), landscape=False)
    told = json.loads(manifest)
    sheet.title(N_("济南市稳就业政策措施经办台 数据包"))
    sheet.line("")
    for label, value in (
        (N_("发送机构"), f"{sender.name}（{sender.office}）"),
        (N_("生成时间"), made_at.replace("T", " ").replace("Z", " UTC")),
        (N_("事项件数"), str(told["cases"])),
        (N_("记录条数"), str(told["revisions"])),
        (N_("公钥指纹"), fingerprint(bytes.fromhex(told["public_key"]))),
        (N_("内容摘要"), digest(manifest)),
        (N_("可读工作表"), "、".join(table.name for table in readable)),
    ):
        sheet.line(label, value)
    sheet.line("")
    for note in (
        N_("收到后请在“数据交换”中合并，或运行：jinan-desk merge 文件名。重复合并、先后颠倒都不会出错。"),
        N_("首次往来，请与发送机构电话核对公钥指纹。"),
        N_("各工作表供查阅；以隐藏的“数据（勿改）”工作表中经签名的记录为准，手工改动会被指出，但不会被采用。"),
        N_("内含个人信息，请妥善保管，不得外传。"),
    ):
        sheet.line(N_("说明"), note)


def _write_records(book: NewWorkbook, texts: Mapping[str, str]) -> None:
    sheet = SheetWriter(book, RECORDS, (Column("", 12), Column("", 8), Column("", 60)), hidden=True)
    for name, text in texts.items():
        for number, start in enumerate(range(0, max(len(text), 1), _IN_A_CELL)):
            sheet.plain([name, number, text[start : start + _IN_A_CELL]])


def _packed(lines: Iterable[bytes]) -> str:
    """JSON never holds a line break, so that one separates the lines."""
    return base64.b64encode(zlib.compress(b"\n".join(lines), 6)).decode()


def _unpacked(text: str) -> list[bytes]:
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(_from_base64(text), reading.UNPACKED_LIMIT)
    if unpacker.unconsumed_tail:
        raise reading.too_large()
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not one whole stream")
    return content.split(b"\n") if content else []


def _from_base64(text: str) -> bytes:
    """The bytes that are written just so: the last sign before the padding has bits that mean nothing."""
    content = base64.b64decode(text, validate=True)
    if base64.b64encode(content).decode() != text:
        raise ValueError("not as it was written")
    return content


def _vector_to_json(vector: Vector) -> list[list[str | int]]:
    return [[office, incarnation, vector[office, incarnation]] for office, incarnation in sorted(vector)]


def vector_from_json(given: Iterable[Sequence[Any]]) -> dict[tuple[str, str], int]:
    """The vector of a list of [office, incarnation, sequence]."""
    return {(str(office), str(incarnation)): int(sequence) for office, incarnation, sequence in given}


# The seal -----------------------------------------------------------------------------------------------------------


def _seal(path: Path) -> None:
    """Put the digest of all that is before it into the comment that ends a ZIP container."""
    content = path.read_bytes()
    assert content[-_END_LENGTH:].startswith(_END)
    body = content[:-2] + _SEAL_LENGTH.to_bytes(2, "little")
    path.write_bytes(body + _SEAL + hashlib.sha256(body).hexdigest().encode())


def _check_seal(path: Path) -> None:
    """Raises DeskError where a sealed file has changed. One that was saved again has no comment at all."""
    content = path.read_bytes()
    body, seal = content[:-_SEAL_LENGTH], content[-_SEAL_LENGTH:]
    sealed = seal == _SEAL + hashlib.sha256(body).hexdigest().encode()
    without = content[-_END_LENGTH:].startswith(_END) and content[-2:] == b"\0\0"
    if not sealed and not without:
        raise damaged()


# Reading ------------------------------------------------------------------------------------------------------------


def read_package(path: Path) -> Package:
    """The package at the path, verified. Nothing of it is to be believed before its key is known.

    Raises DeskError, in one sentence, for anything that is not just what its sender signed.
    """
    book = open_workbook(path)
    if RECORDS not in book.names:
        raise DeskError(Sentence(N_("这不是数据包，或已被删去“{sheet}”工作表；没有读入任何内容"), sheet=RECORDS))
    _check_seal(path)
    try:
        return _read(book)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, binascii.Error, zlib.error):
        raise damaged() from None


def _read(book: Workbook) -> Package:
    texts = _records(book.sheet(RECORDS).rows)
    manifest = _from_base64(texts["manifest"])
    told = json.loads(manifest)
    public_key = bytes.fromhex(told["public_key"])
    if not is_signed(public_key, manifest, _from_base64(texts["signature"])):
        raise DeskError(Sentence(N_("数据包的签名不符，可能被改动过，请向对方重新索取；没有读入任何内容")))
    if told["format"] > FORMAT:
        raise DeskError(Sentence(N_("数据包由更新版本的程序生成，请先升级本程序；没有读入任何内容")))
    if any(digest(texts[name].encode()) != told["records"][name] for name in ("revisions", "contents")):
        raise damaged()
    revisions = tuple(map(decode, _unpacked(texts["revisions"])))
    contents = dict(_content(line) for line in _unpacked(texts["contents"]))
    if (len(revisions), len(contents)) != (told["revisions"], told["contents"]):
        raise damaged()
    return Package(
        office=told["office"],
        name=told["name"],
        incarnation=told["incarnation"],
        made_at=told["made_at"],
        public_key=public_key,
        since=vector_from_json(told["since"]),
        until=vector_from_json(told["until"]),
        revisions=revisions,
        contents=contents,
        changed=tuple(_changed(book, told, revisions, contents)),
    )


def _records(rows: list[list[Any]]) -> dict[str, str]:
    """The texts by name, put together from their cells in the order of their numbers."""
    parts: dict[str, dict[int, str]] = {}
    for name, number, text, *_ in rows:
        if name:
            parts.setdefault(name, {})[int(number)] = str(text)
    return {name: "".join(some[number] for number in range(len(some))) for name, some in parts.items()}


def _content(line: bytes) -> tuple[str, tuple[str, bytes]]:
    kind, content = line.split(b"\t", 1)
    return digest(content), (kind.decode(), content)


def _changed(
    book: Workbook, told: Mapping[str, Any], revisions: Sequence[Revision], contents: Contents
) -> Iterator[Changed]:
    """The readable cells that differ. Their digests are asked first: another version may word its sheets otherwise."""
    found = {name: grid(book.sheet(name).rows) if name in book.names else [] for name in told["sheets"]}
    suspect = {name for name, signed in told["sheets"].items() if grid_digest(found[name]) != signed}
    if not suspect:
        return
    title = N_("{name} 数据包台账").format(name=told["name"])
    for table in tables(newest(revisions), contents, title=title):
        if table.name in suspect:
            suspect.discard(table.name)
            yield from differences(table.name, table.grid(), found[table.name])
    for name in sorted(suspect):
        yield Changed(name)
