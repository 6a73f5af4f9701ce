"""Receipts (回执): what became of a package at its receiver, for people and, signed, for the sender's program.

They name records by their digests and say counts and reasons; there is no personal data in them, and no password.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinan_desk.core.text import N_
from jinan_desk.exchange.envelope import (
    MALFORMED,
    RECEIPT,
    Cover,
    Sender,
    Vector,
    read_envelope,
    vector_from_json,
    vector_to_json,
    write_envelope,
)
from jinan_desk.exchange.reading import damaged
from jinan_desk.exchange.sheet import Column
from jinan_desk.exchange.signing import fingerprint
from jinan_desk.exchange.table import Table

COUNTS = {
    "new": N_("新增记录"),
    "known": N_("已有记录"),
    "waiting": N_("等待前序"),
    "conflicts": N_("冲突事项"),
    "refused": N_("拒收"),
}
"""What is counted of a package, and what people call it."""

_REFUSED = (Column(N_("记录"), 20), Column(N_("拒收原因"), 60))
_GAPS = (Column(N_("机构"), 14), Column(N_("序列"), 12), Column(N_("自第几号"), 12), Column(N_("至第几号"), 12))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the package with that digest, made by the office `to`. `refused` are pairs of a record's id and
    why; `gaps` are (office, incarnation, first, last). `vector` is what the receiver has when it writes this."""

    office: str
    name: str
    incarnation: str
    lives: tuple[str, ...]
    made_at: str
    public_key: bytes
    to: str
    package: str
    package_made_at: str
    counts: Mapping[str, int]
    refused: Sequence[tuple[str, str]]
    gaps: Sequence[tuple[str, str, int, int]]
    vector: Vector
    digest: str = ""

    @property
    def fingerprint(self) -> str:
        """The receiver's key for people."""
        return fingerprint(self.public_key)


def write_receipt(path: Path, sender: Sender, receipt: Receipt) -> str:
    """Write a receipt of the sender's; answers its digest. Raises DeskError where it cannot be written."""
    lines = [
        (N_("回执给"), receipt.to),
        (N_("数据包生成于"), receipt.package_made_at.replace("T", " ").replace("Z", " UTC")),
        (N_("数据包摘要"), receipt.package),
        *((label, str(receipt.counts[key])) for key, label in COUNTS.items()),
    ]
    notes = [
        N_("请在“数据交换”中读入，或运行：jinan-desk receipt read 文件名。"),
        N_("读入后，下一次导出只含本机构尚未收到的记录。重复读入、先后颠倒都不会出错。"),
    ]
    tables = []
    if receipt.refused:
        tables.append(Table(N_("拒收"), N_("拒收的记录"), _REFUSED, tuple(receipt.refused)))
    if receipt.gaps:
        tables.append(Table(N_("缺号"), N_("尚未收到的记录"), _GAPS, tuple(receipt.gaps)))
    told = {
        "to": receipt.to,
        "package": receipt.package,
        "package_made_at": receipt.package_made_at,
        "counts": dict(receipt.counts),
        "refused": [list(pair) for pair in receipt.refused],
        "gaps": [list(gap) for gap in receipt.gaps],
        "vector": vector_to_json(receipt.vector),
    }
    cover = Cover(N_("济南市稳就业政策措施经办台 数据包回执"), lines, notes)
    return write_envelope(path, sender, RECEIPT, told, cover, made_at=receipt.made_at, tables=tables)


def read_receipt(path: Path) -> Receipt:
    """The receipt at the path, verified; nothing of it is to be believed before its key is known. Raises DeskError for
    anything that is not just what its sender signed."""
    envelope = read_envelope(path, RECEIPT)
    told = envelope.told
    try:
        return Receipt(
            office=str(told["office"]),
            name=str(told["name"]),
            incarnation=str(told["incarnation"]),
            lives=tuple(map(str, told["lives"])),
            made_at=str(told["made_at"]),
            public_key=envelope.public_key,
            to=str(told["to"]),
            package=str(told["package"]),
            package_made_at=str(told["package_made_at"]),
            counts={key: int(told["counts"][key]) for key in COUNTS},
            refused=tuple((str(record), str(why)) for record, why in told["refused"]),
            gaps=tuple((str(o), str(i), int(first), int(last)) for o, i, first, last in told["gaps"]),
            vector=vector_from_json(told["vector"]),
            digest=envelope.digest,
        )
    except MALFORMED:
        raise damaged() from None
