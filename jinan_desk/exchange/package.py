"""Packages: the revisions that travel between offices, in an envelope with readable sheets made from them.

Only the records count; the readable sheets are compared cell by cell with what the records say, and every cell that
somebody has changed by hand is named, with the fact that it shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinan_desk.core.collector import at_rest
from jinan_desk.core.dates import is_time
from jinan_desk.core.revision import LAST_SEQUENCE, Revision, canonical, decode, digest, read_canonical
from jinan_desk.core.text import N_
from jinan_desk.exchange.envelope import (
    MALFORMED,
    PACKAGE,
    Admit,
    Cover,
    Envelope,
    Sender,
    Tell,
    Vector,
    anybody,
    nobody,
    packed,
    read_envelope,
    unpacked,
    vector_from_json,
    vector_to_json,
    write_envelope,
)
from jinan_desk.exchange.reading import damaged
from jinan_desk.exchange.records import newest, tables
from jinan_desk.exchange.signing import fingerprint
from jinan_desk.exchange.table import Changed, grid, grid_digest

_LONGEST_NAME = 64

Contents = Mapping[str, tuple[str, bytes]]
"""By hash: the kind and the canonical JSON."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that has been verified: its records are those that the holder of `public_key` signed.

    `since` is what the sender took the receivers to have, `until` what it had itself, `lives` the incarnations that its
    store had before this one. `changed` are readable cells that say something else than the records. `digest` names the
    package; `locked`: it had a password. `destroyed` are what is left of revisions that the sender has destroyed (id,
    case, office, incarnation, sequence, time); `values` are dated parameter values that it hands down.
    """

    office: str
    name: str
    incarnation: str
    lives: tuple[str, ...]
    made_at: str
    public_key: bytes
    since: Vector
    until: Vector
    revisions: tuple[Revision, ...]
    contents: Contents
    changed: tuple[Changed, ...] = ()
    digest: str = ""
    locked: bool = False
    destroyed: tuple[tuple[str, str, str, str, int, str], ...] = ()
    values: tuple[Mapping[str, Any], ...] = ()

    @property
    def fingerprint(self) -> str:
        """The key for people."""
        return fingerprint(self.public_key)


def write_package(
    path: Path, sender: Sender, package: Package, *, password: str = "", unlocked: str = "", tell: Tell = nobody
) -> str:
    """Write a package of the sender's whole or not at all; answers its digest. `unlocked` is why it has no password,
    `tell` hears how far it is and may raise.

    Raises DeskError where it cannot be written, or for a password that is too short.
    """
    cases = newest(package.revisions)
    notes = [
        N_("收到后请在“数据交换”中合并，或运行：jinan-desk merge 文件名。重复合并、先后颠倒都不会出错。"),
        N_("首次往来，请与发送机构电话核对公钥指纹。合并后请把回执交还发送机构。"),
        N_("各工作表供查阅；以隐藏的“数据（勿改）”工作表中经签名的记录为准，手工改动会被逐处指出。"),
        N_("内含个人信息，请妥善保管，不得外传。"),
    ]
    if not password:
        notes.append(N_("本数据包未设密码，原因：{reason}").format(reason=unlocked or "—"))
    return write_envelope(
        path,
        sender,
        PACKAGE,
        {
            "since": vector_to_json(package.since),
            "until": vector_to_json(package.until),
            "cases": len(cases),
            "revisions": len(package.revisions),
            "contents": len(package.contents),
            "unlocked": unlocked,
            "values": list(package.values),
        },
        Cover(
            N_("济南市稳就业政策措施经办台 数据包"),
            ((N_("事项件数"), str(len(cases))), (N_("记录条数"), str(len(package.revisions)))),
            notes,
        ),
        made_at=package.made_at,
        records={
            "revisions": packed(revision.encoded for revision in package.revisions),
            "contents": packed(kind.encode() + b"\t" + content for kind, content in package.contents.values()),
            "destroyed": packed(map(canonical, package.destroyed)),
        },
        tables=tables(cases, package.contents, title=_title(sender.name)),
        password=password,
        tell=tell,
    )


def _title(name: str) -> str:
    return N_("{name} 数据包台账").format(name=name)


# Reading ------------------------------------------------------------------------------------------------------------


def read_package(
    path: Path, *, password: str = "", admit: Admit = anybody, tell: Tell = nobody
) -> Package:
    """The package at the path, verified. Nothing of it is to be believed before its key is known: `admit` hears whose
    it is before a record is unpacked, `tell` hears how far it is; both may raise.

    Raises PasswordError where it has a password and this is not it, and DeskError, in one sentence, for anything that
    is not just what its sender signed.
    """
    envelope = read_envelope(path, PACKAGE, password=password, admit=admit, tell=tell)
    try:
        with at_rest():
            return _read(envelope)
    except MALFORMED:
        raise damaged() from None


def _read(envelope: Envelope) -> Package:
    told, texts = envelope.told, envelope.texts
    revisions = tuple(map(decode, unpacked(texts["revisions"])))
    contents = dict(_content(line) for line in unpacked(texts["contents"]))
    if (len(revisions), len(contents)) != (told["revisions"], told["contents"]):
        raise damaged()
    return Package(
        office=told["office"],
        name=told["name"],
        incarnation=told["incarnation"],
        lives=tuple(map(str, told.get("lives", ()))),
        made_at=told["made_at"],
        public_key=envelope.public_key,
        since=vector_from_json(told["since"]),
        until=vector_from_json(told["until"]),
        revisions=revisions,
        contents=contents,
        changed=tuple(_changed(envelope, revisions, contents)),
        digest=envelope.digest,
        locked=envelope.locked,
        destroyed=tuple(map(_destroyed, unpacked(texts["destroyed"]) if "destroyed" in texts else ())),
        values=tuple(map(dict, told.get("values", ()))),
    )


def _destroyed(line: bytes) -> tuple[str, str, str, str, int, str]:
    identifier, case, office, incarnation, sequence, at = read_canonical(line)
    texts = (identifier, case, office, incarnation)
    if not all(isinstance(text, str) and 0 < len(text) <= _LONGEST_NAME for text in texts) or not is_time(at):
        raise ValueError("no tombstone")
    if type(sequence) is not int or not 0 < sequence <= LAST_SEQUENCE:
        raise ValueError("no tombstone")
    return identifier, case, office, incarnation, sequence, at


def _content(line: bytes) -> tuple[str, tuple[str, bytes]]:
    kind, content = line.split(b"\t", 1)
    return digest(content), (kind.decode(), content)


def _changed(envelope: Envelope, revisions: Sequence[Revision], contents: Contents) -> Iterator[Changed]:
    """The readable cells that differ. Their digests are asked first: another version may word its sheets otherwise."""
    told, book = envelope.told, envelope.book
    found = {name: grid(book.sheet(name).rows) if name in book.names else [] for name in told["sheets"]}
    suspect = {name for name, signed in told["sheets"].items() if grid_digest(found[name]) != signed}
    if not suspect:
        return
    for table in tables(newest(revisions), contents, title=_title(told["name"])):
        if table.name in suspect:
            suspect.discard(table.name)
            yield from table.differences(found[table.name])
    for name in sorted(suspect):
        yield Changed(name)
