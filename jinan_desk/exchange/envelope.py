"""What offices hand each other is an envelope: one .xlsx with readable sheets for people and a hidden one for programs.

On the hidden sheet stand records, written as base64 (nothing that a spreadsheet could take for something else) into
cells below its limit, and a **manifest**: what the envelope is, who made it, and the digests of records and readable
sheets. The manifest is signed with the office's key and holds however the workbook is saved again. A **seal** (see
`seal`) finds a damaged byte anywhere, until somebody saves the workbook again.

With a password the sealed workbook is encrypted, and the container sealed once more. All of it is made in memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook as NewWorkbook

from jinan_desk.core.dates import is_time
from jinan_desk.core.revision import LAST_SEQUENCE, canonical, digest, read_canonical
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange import reading
from jinan_desk.exchange.beginning import beginning
from jinan_desk.exchange.longbook import BegunSheet, Cells, write_in_memory
from jinan_desk.exchange.password import is_locked, lock, refuse_weak, unlock
from jinan_desk.exchange.reading import Workbook, damaged, open_content, open_workbook, opened
from jinan_desk.exchange.seal import is_sealed_compound, is_sealed_zip, seal_compound, seal_zip
from jinan_desk.exchange.sheet import Column, SheetWriter
from jinan_desk.exchange.signing import fingerprint, is_signed, public_half, sign
from jinan_desk.exchange.table import Table, grid_digest
from jinan_desk.file import write_whole

FORMAT = 1
COVER = N_("封面")
RECORDS = N_("数据（勿改）")

PACKAGE, RECEIPT, ENROLMENT = "package", "receipt", "enrolment"
KINDS = {PACKAGE: N_("数据包"), RECEIPT: N_("回执"), ENROLMENT: N_("登记表")}
"""What an envelope may be, and what people call it."""

_SIGNING = frozenset({"manifest", "signature"})
_IN_A_CELL = 30_000
_AT_ONCE = 2**20
_CODE, _NAME_LIMIT = re.compile(r"[0-9A-Za-z]{1,64}"), 200
_STEPS = 4
"""Of writing: what is signed, the workbook, its lock, the file; of reading: the file, its lock, the workbook, what is
signed."""
_RECORD_CELLS = Cells((0, 0, 0))
MALFORMED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, RecursionError, binascii.Error,
    zlib.error,
)  # fmt: skip
"""What is raised where a signed record is not of its kind: by its sender's program or by somebody's hand."""

Tell = Callable[[int, int], object]
"""Hears that so many of so many steps are done; may raise, to give up. Then nothing is written."""

Admit = Callable[[bytes, str, str], object]
"""Hears whose key signed, and the office's code and name that the sender gives; may raise, to have nothing unpacked."""

Vector = Mapping[tuple[str, str], int]
"""By (office, incarnation): the highest sequence number up to which everything is there."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The office that makes an envelope: its code and name, its store's incarnation and those it had before, its
    private key, and its level."""

    office: str
    name: str
    incarnation: str
    private_key: bytes
    lives: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A verified envelope: the holder of `public_key` signed the manifest `told`, the records `texts` are its own, each
    in parts.

    `digest` is the manifest's, by which people and programs name the envelope. `locked`: it had a password.
    """

    told: Mapping[str, Any]
    public_key: bytes
    digest: str
    texts: Mapping[str, Sequence[str]]
    book: Workbook
    locked: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet: labels with what they say, and notes below."""

    title: str
    lines: Sequence[tuple[str, str]]
    notes: Sequence[str]


def nobody(_done: int, _total: int) -> None:
    """Tell nobody."""


def anybody(_public_key: bytes, _office: str, _name: str) -> None:
    """Admit whoever it is."""


def write_envelope(
    path: Path,
    sender: Sender,
    kind: str,
    told: Mapping[str, Any],
    cover: Cover,
    *,
    made_at: str,
    records: Mapping[str, str] | None = None,
    tables: Sequence[Table] = (),
    password: str = "",
    tell: Tell = nobody,
) -> str:
    """Write an envelope whole or not at all; answers its digest. Without a password it is not encrypted.

    Raises DeskError for a password that is too short, and where the file cannot be written.
    """
    if password:
        refuse_weak(password)
    records = records or {}
    manifest = canonical(
        {
            **told,
            "format": FORMAT,
            "kind": kind,
            "office": sender.office,
            "name": sender.name,
            "incarnation": sender.incarnation,
            "lives": list(sender.lives),
            "made_at": made_at,
            "public_key": public_half(sender.private_key).hex(),
            "records": {name: digest(text.encode()) for name, text in records.items()},
            "sheets": {table.name: grid_digest(table.grid()) for table in tables},
        }
    )
    texts = {
        "manifest": base64.b64encode(manifest).decode(),
        "signature": base64.b64encode(sign(sender.private_key, manifest)).decode(),
        **records,
    }
    tell(1, _STEPS)
    book = NewWorkbook(write_only=True)
    _write_cover(book, sender, cover, manifest, made_at)
    begun = [(table, table.begin(book)) for table in tables]
    SheetWriter(book, RECORDS, (Column("", 12), Column("", 8), Column("", 60)), hidden=True)
    hidden = BegunSheet(len(book.worksheets), 1)
    rows = [((sheet,), map(sheet.cells.word, table.rows)) for table, sheet in begun]
    content = seal_zip(write_in_memory(book, [*rows, ((hidden,), map(_RECORD_CELLS.word, _in_cells(texts)))]))
    tell(2, _STEPS)
    if password:
        content = seal_compound(lock(content, password))
    tell(3, _STEPS)
    write_whole(path, lambda fresh: fresh.write_bytes(content))
    return digest(manifest)


def _write_cover(book: NewWorkbook, sender: Sender, cover: Cover, manifest: bytes, made_at: str) -> None:
    sheet = SheetWriter(book, COVER, (Column("", 18), Column("", 70)), landscape=False)
    sheet.title(cover.title)
    sheet.line("")
    for label, value in (
        (N_("发送机构"), f"{sender.name}（{sender.office}）"),
        (N_("生成时间"), made_at.replace("T", " ").replace("Z", " UTC")),
        *cover.lines,
        (N_("公钥指纹"), fingerprint(public_half(sender.private_key))),
        (N_("内容摘要"), digest(manifest)),
    ):
        sheet.line(label, value)
    sheet.line("")
    for note in cover.notes:
        sheet.line(N_("说明"), note)


def _in_cells(texts: Mapping[str, str]) -> Iterable[tuple[str, int, str]]:
    for name, text in texts.items():
        for number, start in enumerate(range(0, max(len(text), 1), _IN_A_CELL)):
            yield name, number, text[start : start + _IN_A_CELL]


def packed(lines: Iterable[bytes]) -> str:
    """Lines of JSON as a record's text: JSON never holds a line break, so that one separates them."""
    return base64.b64encode(zlib.compress(b"\n".join(lines), 6)).decode()


def unpacked(text: Iterable[str]) -> Iterator[bytes]:
    """The lines of a record's text, which is given in parts. Raises DeskError where they swell beyond bounds,
    ValueError for nonsense; all of it only when the lines are asked for."""
    line: list[bytes] = []
    for piece in _inflated(_bytes(text)):
        rest, *begun = piece.split(b"\n")
        line.append(rest)
        for start in begun:
            yield b"".join(line)
            line = [start]
    if line:
        yield b"".join(line)


def _inflated(packed_pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    left = reading.UNPACKED_LIMIT
    for packed_piece in packed_pieces:
        piece = unpacker.decompress(packed_piece, _AT_ONCE)
        while piece:
            left -= len(piece)
            if left < 0:
                raise reading.too_large()
            yield piece
            piece = unpacker.decompress(unpacker.unconsumed_tail, _AT_ONCE)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not one whole stream")


def _bytes(text: Iterable[str]) -> Iterator[bytes]:
    """The bytes that base64 text in parts stands for."""
    rest = ""
    for part in text:
        rest += part
        certain = max(0, len(rest) - 1) // 4 * 4  # only the last four signs may be padded
        if "=" in rest[:certain]:
            raise ValueError("padded before its end")
        yield base64.b64decode(rest[:certain], validate=True)
        rest = rest[certain:]
    yield _from_base64(rest)


def _from_base64(text: str) -> bytes:
    """The bytes that are written just so: the last sign before the padding has bits that mean nothing."""
    content = base64.b64decode(text, validate=True)
    if base64.b64encode(content).decode() != text:
        raise ValueError("not as it was written")
    return content


def vector_to_json(vector: Vector) -> list[list[str | int]]:
    """The vector as a list of [office, incarnation, sequence], in order."""
    return [[office, incarnation, vector[office, incarnation]] for office, incarnation in sorted(vector)]


def vector_from_json(given: Iterable[Sequence[Any]]) -> dict[tuple[str, str], int]:
    """The vector of such a list."""
    vector = {(str(office), str(incarnation)): int(sequence) for office, incarnation, sequence in given}
    if not all(0 <= sequence <= LAST_SEQUENCE for sequence in vector.values()):
        raise ValueError("no sequence")
    return vector


# Reading ------------------------------------------------------------------------------------------------------------


def is_locked_file(path: Path) -> bool:
    """Whether the workbook at the path has a password. Raises DeskError where it cannot be read."""
    with opened(path) as file:
        return is_locked(file)


def read_envelope(
    path: Path, kind: str, *, password: str = "", admit: Admit = anybody, tell: Tell = nobody
) -> Envelope:
    """The envelope of that kind at the path, verified. Nothing of it is to be believed before its key is known.

    `admit` is asked once the signature holds, before any record is read; mostly twice, the first time before the file
    is unpacked. Raises PasswordError where it has a password and this is not it, and DeskError, in one sentence, for
    anything that is not just what its sender signed.
    """
    with opened(path) as file:
        locked = is_locked(file)
        tell(1, _STEPS)
        if locked and kind != PACKAGE and not password:
            told = N_("这是设有密码的文件，不是{kind}；没有读入任何内容")
            raise DeskError(Sentence(told, kind=Sentence(KINDS[kind])))
        container_is_ours = locked and is_sealed_compound(file)
        content = unlock(file, password) if locked else file
        tell(2, _STEPS)
        _ask_ahead(content, kind, admit, is_whole=lambda: locked or is_sealed_zip(file))
        book = open_content(content) if locked else open_workbook(path)
        if RECORDS not in book.names:
            told = N_("这不是{kind}，或已被删去“{sheet}”工作表；没有读入任何内容")
            raise DeskError(Sentence(told, kind=Sentence(KINDS[kind]), sheet=RECORDS))
        if is_sealed_zip(content) and locked and not container_is_ours:
            raise damaged()  # the workbook is as we wrote it, but what it lies in is not
    tell(3, _STEPS)
    try:
        return _read(book, kind, admit, locked=locked)
    except MALFORMED:
        raise damaged() from None


def _ask_ahead(file: BinaryIO, kind: str, admit: Admit, *, is_whole: Callable[[], object]) -> None:
    """Ask by what the records begin with, so that nothing else is unpacked of a file whose sender is not admitted. Of
    one that is, and where nothing is found there, all is read, and asked once more."""
    signed: dict[str, list[str]] = {}
    try:
        for name, _, text in beginning(file, RECORDS, _SIGNING.__contains__):
            signed.setdefault(name, []).append(text)
        told, public_key, _ = _claim(signed, kind)
    except (DeskError, *MALFORMED):
        return
    is_whole()
    admit(public_key, told["office"], told["name"])


def _read(book: Workbook, kind: str, admit: Admit, *, locked: bool) -> Envelope:
    told, public_key, name = _claim(_records(book, _SIGNING.__contains__), kind)
    admit(public_key, told["office"], told["name"])
    texts = _records(book, lambda name: name not in _SIGNING)
    if told["records"] != {name: _digest(text) for name, text in texts.items()}:
        raise damaged()
    return Envelope(told, public_key, name, texts, book, locked)


def _claim(signed: Mapping[str, Sequence[str]], kind: str) -> tuple[Mapping[str, Any], bytes, str]:
    """What is told of an envelope of that kind, by the holder of which public key, and its digest: the signature holds.
    Raises DeskError, or what is raised for what is malformed."""
    manifest, signature = (_from_base64("".join(signed[name])) for name in ("manifest", "signature"))
    told = read_canonical(manifest)
    public_key = bytes.fromhex(told["public_key"])
    if not is_signed(public_key, manifest, signature):
        raise DeskError(Sentence(N_("签名不符，文件可能被改动过，请向对方重新索取；没有读入任何内容")))
    _refuse_strange(told)
    if told["format"] > FORMAT:
        raise DeskError(Sentence(N_("文件由更新版本的程序生成，请先升级本程序；没有读入任何内容")))
    found = told.get("kind", PACKAGE)
    if found != kind:
        raise DeskError(
            Sentence(
                N_("这是{found}，不是{kind}；没有读入任何内容"),
                found=Sentence(KINDS[found]), kind=Sentence(KINDS[kind]),
            )
        )
    return told, public_key, digest(manifest)


def _refuse_strange(told: Mapping[str, Any]) -> None:
    """Raises ValueError where the sender calls itself what no office is called: it is shown to people and kept."""
    names = [told["office"], told["incarnation"], *told.get("lives", ())]
    if not all(isinstance(name, str) and _CODE.fullmatch(name) for name in names) or not is_time(told["made_at"]):
        raise ValueError("no sender")
    if not 0 < len(told["name"].strip()) <= _NAME_LIMIT or not told["name"].isprintable():
        raise ValueError("no name")


def _records(book: Workbook, wanted: Callable[[str], bool]) -> dict[str, Sequence[str]]:
    """The texts wanted by name, each in parts from its cells, in the order of their numbers."""
    parts: dict[str, dict[int, str]] = {}
    for name, number, text, *_ in book.stream(RECORDS).rows:
        if name and wanted(name):
            parts.setdefault(name, {})[int(number)] = str(text)
    return {name: [some[number] for number in range(len(some))] for name, some in parts.items()}


def _digest(text: Iterable[str]) -> str:
    hashed = hashlib.sha256()
    for part in text:
        hashed.update(part.encode())
    return hashed.hexdigest()
