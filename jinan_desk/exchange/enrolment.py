"""Enrolment workbooks: by which offices make their public keys known to each other, once. Nothing in them is secret.

The fingerprint is read out over the phone: only that says whose key it is. A workbook signed with the key proves that
the sender holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.exchange.envelope import ENROLMENT, MALFORMED, Cover, Sender, read_envelope, write_envelope
from jinan_desk.exchange.reading import damaged
from jinan_desk.exchange.signing import fingerprint, public_half


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An office and its public key, as it says itself. `level` is a word of the services, "" where it has not said."""

    office: str
    name: str
    level: str
    made_at: str
    public_key: bytes

    @property
    def fingerprint(self) -> str:
        """The key for people."""
        return fingerprint(self.public_key)

    def sentence(self) -> Sentence:
        """Who says so, and what to do about it."""
        told = N_("登记表来自 {name}（{office}），指纹 {fingerprint}；请与其电话核对，相符后再登记")
        return Sentence(told, name=self.name, office=self.office, fingerprint=self.fingerprint)


def write_enrolment(path: Path, sender: Sender, *, made_at: str) -> None:
    """Write the sender's enrolment workbook. Raises DeskError where it cannot be written."""
    mark = fingerprint(public_half(sender.private_key))
    cover = Cover(
        N_("济南市稳就业政策措施经办台 往来机构登记表"),
        ((N_("机构代码"), sender.office), (N_("机构全称"), sender.name), (N_("请电话核对"), mark)),
        (
            N_("请在“数据交换”的“往来机构”中读入，或运行：jinan-desk enrol read 文件名 --fingerprint 指纹。"),
            N_("登记前请给本机构打电话（用原来就知道的号码），逐组核对指纹；相符才登记。"),
            N_("登记后，对方才会合并本机构的数据包。更换机器后须重新登记。"),
        ),
    )
    write_envelope(path, sender, ENROLMENT, {"level": sender.level}, cover, made_at=made_at)


def read_enrolment(path: Path) -> Enrolment:
    """The enrolment workbook at the path; whose key it is remains to be asked. Raises DeskError for what is none."""
    envelope = read_envelope(path, ENROLMENT)
    told = envelope.told
    try:
        return Enrolment(
            office=str(told["office"]),
            name=str(told["name"]),
            level=str(told["level"]),
            made_at=str(told["made_at"]),
            public_key=envelope.public_key,
        )
    except MALFORMED:
        raise damaged() from None
