"""Partners: the offices whose packages are taken, each enrolled by the fingerprint of its key, and what each is known
to have. Also this office's own key, made when it is first needed and kept in the encrypted store.

What a partner has is what it said itself, in packages and receipts, by incarnation of its store. The later a life the
more it counts, and within a life the most it ever said: order and repetition make no difference, and an old receipt
takes nothing back. Where nobody can tell which of two lives is the later, only what both have counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinan_desk.core.role import KEEPS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.enrolment import Enrolment, read_enrolment, write_enrolment
from jinan_desk.exchange.envelope import Sender, Vector, vector_from_json, vector_to_json
from jinan_desk.exchange.signing import fingerprint, new_key, public_half, same_fingerprint
from jinan_desk.services.access import Access, Action
from jinan_desk.services.grounds import written
from jinan_desk.services.office import LEVEL_LABELS, Office
from jinan_desk.services.offices import PARTNERS, level_of, said_level
from jinan_desk.services.roles import demand
from jinan_desk.store import Exchange, Store

__all__ = ["ENROL", "WITHDRAW", "Claim", "Enrolment", "Partner", "Partners", "claimed_level", "common"]

ENROL, WITHDRAW = "enrol", "withdraw"
"""Kinds of exchanges."""

_KEY = "signing_key"
_REPLACED = N_("更换公钥")


@dataclass(frozen=True, slots=True)
class Partner:
    """An enrolled office. `level` is a `Level` or "" where it has not said; `has` is what it is known to have;
    `withdrawn` says when (UTC), by whom and why its key was withdrawn, None where it counts. `last` is when anything
    was last exchanged with it, "" for never."""

    fingerprint: str
    office: str
    name: str
    level: str
    enrolled_at: str
    has: Vector
    withdrawn: Mapping[str, str] | None
    last: str

    def sentence(self) -> Sentence:
        """The partner in one line."""
        told = N_("{office}  {name}  {level}  最近往来 {last}  {fingerprint}")
        if self.withdrawn is not None:
            told = N_("{office}  {name}  {level}  已于 {at} 停用（{reason}）  {fingerprint}")
        return Sentence(
            told,
            office=self.office, name=self.name, level=self.level_label(), last=self.last[:10] or "—",
            fingerprint=self.fingerprint, **{"at": "", "reason": "", **_day_and_reason(self.withdrawn)},
        )

    def level_label(self) -> Sentence:
        """The level in words."""
        return Sentence(LEVEL_LABELS[said_level(self.level, self.office)])


@dataclass(frozen=True, slots=True)
class Claim:
    """The level that an office claims: whom it may hand values down to, and whose cases it may call up, hangs on it.
    `odd`: its code tells of another one."""

    sentence: Sentence
    odd: bool


def claimed_level(enrolment: Enrolment) -> Claim:
    """The level that an enrolment workbook claims, to be confirmed with the fingerprint."""
    told, usual = said_level(enrolment.level, enrolment.office), level_of(enrolment.office)
    label, expected = Sentence(LEVEL_LABELS[told]), Sentence(LEVEL_LABELS[usual])
    if told is not usual:
        odd = N_("对方自称层级：{level}，而按其机构代码 {office} 应为{expected}；请一并电话核实")
        return Claim(Sentence(odd, level=label, office=enrolment.office, expected=expected), odd=True)
    if enrolment.level != told:
        return Claim(Sentence(N_("对方没有说明层级，按其机构代码作为{level}"), level=label), odd=False)
    return Claim(Sentence(N_("对方自称层级：{level}"), level=label), odd=False)


def _day_and_reason(withdrawn: Mapping[str, str] | None) -> dict[str, str]:
    return {} if withdrawn is None else {"at": withdrawn["at"][:10], "reason": withdrawn["reason"]}


class Partners:
    """The partners of a store. `account` is who sits at the desk, `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(self, store: Store, office: Office, *, account: str, now: Callable[[], str]) -> None:
        self._store = store
        self._office = office
        self._account = account
        self._now = now
        self._access = Access(store, account=account, now=now)

    # Ourselves ------------------------------------------------------------------------------------------------------

    def sender(self) -> Sender:
        """This office as it signs."""
        store, office = self._store, self._office
        return Sender(
            office.code, office.name, store.incarnation, self._private_key(), store.lives, office.level.value
        )

    def fingerprint(self) -> str:
        """The fingerprint of this office's public key."""
        return fingerprint(public_half(self._private_key()))

    def is_own(self, public_key: bytes) -> bool:
        """Whether it is this office's own key."""
        return public_key == public_half(self._private_key())

    def _private_key(self) -> bytes:
        kept = self._store.settings.get(_KEY)
        if kept is None:
            kept = new_key().hex()
            self._store.settings.put(_KEY, kept)
        return bytes.fromhex(kept)

    # The list -------------------------------------------------------------------------------------------------------

    def all(self) -> list[Partner]:
        """By office code; an office's present key before those that were withdrawn."""
        last = self._store.exchanges.last()
        found = [_partner(mark, kept, last.get(mark, "")) for mark, kept in self._kept().items()]
        return sorted(found, key=lambda p: (p.office, p.withdrawn is not None, p.enrolled_at))

    def find(self, text: str) -> Partner:
        """The partner of an office code, a fingerprint or the beginning of one. Raises DeskError where there is none,
        or more than one."""
        wanted = text.strip()
        active = [p for p in self.all() if p.withdrawn is None]
        found = [p for p in active if p.office == wanted] or [
            p for p in active if len(wanted) >= 4 and p.fingerprint.startswith(wanted.upper())
        ]
        if len(found) != 1:
            raise DeskError(Sentence(N_("没有登记代码或指纹为 {text} 的往来机构，或不止一个"), text=wanted))
        return found[0]

    def trusts(self, public_key: bytes) -> bool:
        """Whether what this key signed is taken."""
        kept = self._kept().get(fingerprint(public_key))
        return self.is_own(public_key) or (kept is not None and kept["withdrawn"] is None)

    def doubt(self, public_key: bytes, office: str) -> Sentence | None:
        """Why what this key signed is not taken even where its fingerprint was compared; None where it would be."""
        kept, mark = self._kept(), fingerprint(public_key)
        if self.is_own(public_key):
            return None
        if mark not in kept:
            return self.unfit(public_key, office)
        if kept[mark]["office"] != office:
            return Sentence(
                N_("文件自称来自机构 {office}，而其公钥登记的是 {name}（{known}），没有读入；请与 {name} 电话核实"),
                office=office, name=kept[mark]["name"], known=kept[mark]["office"],
            )  # fmt: skip
        withdrawn = kept[mark]["withdrawn"]
        return withdrawn and Sentence(
            N_("{name} 的公钥已于 {at} 停用（{reason}），不再接收其文件；如需恢复往来，请重新办理登记"),
            name=kept[mark]["name"], **_day_and_reason(withdrawn),
        )

    def unfit(self, public_key: bytes, office: str) -> Sentence | None:
        """Why a key cannot simply be enrolled for the office, None where it can."""
        kept, mark = self._kept(), fingerprint(public_key)
        if office == self._office.code:
            return self._pretending(office)
        others = _active_keys(kept, office, mark)
        if not others:
            return None
        return Sentence(
            N_(
                "注意：机构代码 {office} 已登记另一公钥（{name}，指纹 {known}），这一份的指纹是 {found}；"
                "请与该机构电话核实，确系更换机器的，请用其登记表重新登记并停用原公钥"
            ),
            office=office, name=kept[others[0]]["name"], known=others[0], found=mark,
        )

    @staticmethod
    def _pretending(office: str) -> Sentence:
        return Sentence(N_("对方使用本机构的代码 {office} 而公钥不同，不能登记；请核对是谁的文件"), office=office)

    # Enrolling ------------------------------------------------------------------------------------------------------

    def write_enrolment(self, path: Path) -> Sentence:
        """Write this office's enrolment workbook for its partners; answers what to say of it."""
        write_enrolment(path, self.sender(), made_at=self._now())
        told = N_("登记表已存到 {path}；请电话告知对方指纹：{fingerprint}")
        return Sentence(told, path=str(path), fingerprint=self.fingerprint())

    def read_enrolment(self, path: Path) -> Enrolment:
        """The enrolment workbook of another office. Nothing is changed. Raises DeskError for what is none, or speaks
        for this office itself."""
        enrolment = read_enrolment(path)
        if self.is_own(enrolment.public_key):
            raise DeskError(Sentence(N_("这是本机构自己的登记表，没有登记；请选择对方交来的那一份")))
        if enrolment.office == self._office.code:
            raise DeskError(self._pretending(enrolment.office))
        return enrolment

    def enrol(self, enrolment: Enrolment, mark: str, *, replace: bool = False) -> Partner:
        """Enrol the office of a workbook whose fingerprint somebody compared over the phone.

        `replace` withdraws another key of the same office. Raises DeskError, with nothing changed, where the
        fingerprint is another one, or the office has another key and it is not to be replaced.
        """
        if not same_fingerprint(mark, enrolment.fingerprint):
            raise DeskError(
                Sentence(
                    N_("登记表的指纹是 {found}，与核对的不符，没有登记；请与 {name} 电话核对"),
                    found=enrolment.fingerprint, name=enrolment.name,
                )
            )
        with self._store.transaction():
            self.admit(enrolment.public_key, enrolment.office, enrolment.name, level=enrolment.level, replace=replace)
        return next(p for p in self.all() if p.fingerprint == enrolment.fingerprint)

    def admit(
        self, public_key: bytes, office: str, name: str, *, level: str = "", replace: bool = False
    ) -> None:
        """Enrol a key, inside the caller's transaction; one that was withdrawn counts again."""
        demand(self._store, self._account, KEEPS)
        kept, mark = self._kept(), fingerprint(public_key)
        if self.is_own(public_key):
            raise DeskError(Sentence(N_("这是本机构自己的公钥，无须登记")))
        others = _active_keys(kept, office, mark)
        unfit = self.unfit(public_key, office)
        if unfit is not None and not (replace and others):
            raise DeskError(unfit)
        for other in others:
            self._withdraw(kept, other, Sentence(_REPLACED).read())
        before = kept.get(mark, {"enrolled_at": self._now(), "standing": {}, "level": ""})
        kept[mark] = {
            **before,
            "office": office,
            "name": name,
            "public_key": public_key.hex(),
            "level": level or before["level"],
            "withdrawn": None,
        }
        self._store.settings.put(PARTNERS, kept)
        self._note(ENROL, mark, {"office": office, "replaced": others})
        self._access.note(Action.PARTNER_ENROLLED, f"{office} {mark}")

    def withdraw(self, mark: str, reason: str) -> Partner:
        """Take nothing more that this key signs; what came before stays. Raises DeskError without a reason, or where
        no such key is enrolled."""
        demand(self._store, self._account, KEEPS)
        partner = self.find(mark)
        reason = written(reason)
        if not reason:
            raise DeskError(Sentence(N_("请写明停用的原因")))
        with self._store.transaction():
            kept = self._kept()
            self._withdraw(kept, partner.fingerprint, reason)
            self._store.settings.put(PARTNERS, kept)
        return next(p for p in self.all() if p.fingerprint == partner.fingerprint)

    def _withdraw(self, kept: dict[str, Any], mark: str, reason: str) -> None:
        kept[mark] = {**kept[mark], "withdrawn": {"at": self._now(), "by": self._account, "reason": reason}}
        self._note(WITHDRAW, mark, {"reason": reason})
        self._access.note(Action.PARTNER_WITHDRAWN, f"{kept[mark]['office']} {mark}")

    # What they have -------------------------------------------------------------------------------------------------

    def heard(self, public_key: bytes, incarnation: str, lives: Iterable[str], vector: Vector) -> None:
        """A partner has said what it has, inside the caller's transaction."""
        kept, mark = self._kept(), fingerprint(public_key)
        if mark not in kept:
            return
        standing = dict(kept[mark]["standing"])
        known = standing.get(incarnation, {"lives": [], "vector": []})
        has = vector_from_json(known["vector"])
        for origin, sequence in vector.items():
            has[origin] = max(sequence, has.get(origin, 0))
        standing[incarnation] = {"lives": sorted({*known["lives"], *lives}), "vector": vector_to_json(has)}
        kept[mark] = {**kept[mark], "standing": standing}
        self._store.settings.put(PARTNERS, kept)

    def acknowledged(self, to: str = "") -> Vector:
        """What every partner is known to have, or the one that is named; nothing where there is none."""
        wanted = [self.find(to)] if to else [p for p in self.all() if p.withdrawn is None]
        return common([partner.has for partner in wanted])

    def _kept(self) -> dict[str, Any]:
        return dict(self._store.settings.get(PARTNERS, {}))

    def _note(self, kind: str, mark: str, told: Mapping[str, Any]) -> None:
        self._store.exchanges.add(Exchange(self._now(), self._account, kind, mark, "", told))


def _active_keys(kept: Mapping[str, Any], office: str, apart_from: str) -> list[str]:
    """The other keys of the office that count."""
    return [
        mark
        for mark, partner in kept.items()
        if mark != apart_from and partner["office"] == office and partner["withdrawn"] is None
    ]


def common(vectors: list[Vector]) -> Vector:
    """What all of them have."""
    origins = set.intersection(*(set(vector) for vector in vectors)) if vectors else set()
    return {origin: min(vector[origin] for vector in vectors) for origin in origins}


def _partner(mark: str, kept: Mapping[str, Any], last: str) -> Partner:
    standing: Mapping[str, Any] = kept["standing"]
    over = {life for said in standing.values() for life in said["lives"]}
    latest = [vector_from_json(said["vector"]) for life, said in standing.items() if life not in over]
    return Partner(
        fingerprint=mark,
        office=kept["office"],
        name=kept["name"],
        level=kept["level"],
        enrolled_at=kept["enrolled_at"],
        has=common(list(latest)),
        withdrawn=kept["withdrawn"],
        last=last,
    )
