"""Findings (疑点): claims of two cases that should not stand side by side (catalogue 5).

Pure judgement over claims, which come from a case's facts by what its programme declares. What is found among the
claims of one person or unit depends on nothing else, and not on their order: a finding comes and goes with its ground.
Its id is taken of that ground, so that one that was cleared comes back only if its ground has become another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from jinan_desk.core.dated import Values
from jinan_desk.core.dates import month_of
from jinan_desk.core.determination import Outcome
from jinan_desk.core.entitlement import Entitlement, Nature, Span
from jinan_desk.core.field import Facts
from jinan_desk.core.identity import compact, masked
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import figures
from jinan_desk.core.revision import canonical, digest
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown


class FindingKind(StrEnum):
    """The seven kinds, in the catalogue's order."""

    REPEATED = "repeated"
    REFUNDED_TWICE = "refunded_twice"
    UNIT_AND_PERSON = "unit_and_person"
    EMPLOYED_ON_BENEFIT = "employed_on_benefit"
    TRAINEE_AND_HIRE = "trainee_and_hire"
    SHARED_ACCOUNT = "shared_account"
    PAST_RETIREMENT = "past_retirement"


FINDING_LABELS = {
    FindingKind.REPEATED: N_("同一事项重复申领"),
    FindingKind.REFUNDED_TWICE: N_("同一年度重复享受稳岗返还"),
    FindingKind.UNIT_AND_PERSON: N_("单位和个人同时享受社会保险补贴"),
    FindingKind.EMPLOYED_ON_BENEFIT: N_("领取失业保险金期间有就业"),
    FindingKind.TRAINEE_AND_HIRE: N_("同一单位同时享受见习补贴和社会保险补贴"),
    FindingKind.SHARED_ACCOUNT: N_("不同的人使用同一银行账号"),
    FindingKind.PAST_RETIREMENT: N_("申领月份超过退休年龄"),
}


class Exclusion(NamedTuple):
    """Two natures of which one person or unit cannot have both on one day (`same_unit`: through one unit)."""

    kind: FindingKind
    one: Nature
    other: Nature
    same_unit: bool = False


EXCLUSIONS = (
    Exclusion(FindingKind.REFUNDED_TWICE, Nature.STAY_REFUND, Nature.DIFFICULT_REFUND),
    Exclusion(FindingKind.UNIT_AND_PERSON, Nature.UNIT_SUBSIDY, Nature.PERSON_SUBSIDY),
    Exclusion(FindingKind.EMPLOYED_ON_BENEFIT, Nature.UNEMPLOYED, Nature.EMPLOYED),
    Exclusion(FindingKind.TRAINEE_AND_HIRE, Nature.TRAINEE, Nature.GRADUATE_HIRE, same_unit=True),
)

STATED = frozenset({Nature.EMPLOYED})
"""Natures that a refused row still has: the unit has said that it employs the person, paid for or not."""


class Claim(NamedTuple):
    """What one case claims for one `party`, an ID number or a credit code; `unit` is the unit through which. A tuple,
    since every row of a roster makes one.

    `span` is None where no days are known. `amount` and `cap` (fen) are those of a whole case whose programme caps what
    a party is paid in all, else None; `on` is the case's day. `pays`: it may come to money. `retires`: see Entitlement.
    """

    case: str
    programme: str
    party: str
    on: date
    unit: str = ""
    natures: frozenset[Nature] = frozenset()
    span: Span | None = None
    once: bool = False
    pays: bool = True
    amount: int | None = None
    cap: int | None = None
    retires: date | None = None


@dataclass(frozen=True, slots=True)
class AccountUse:
    """A bank account that a case is to be paid into, and to whom."""

    case: str
    account: str
    party: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands against what. `party` is whose claims they are, or the account; `cases` are two, in the order of
    their ids, of which `programmes` and `spans` are told; a claim past retirement has one. `excess` is in fen."""

    kind: FindingKind
    party: str
    cases: tuple[str, ...]
    programmes: tuple[str, ...] = ()
    spans: tuple[Span | None, ...] = ()
    excess: int = 0

    @property
    def id(self) -> str:
        return digest(canonical(encode(self)))

    def sentence(self) -> Sentence:
        """What was found, for people; who it is about is masked."""
        one, other = (*self.programmes, "", "")[:2]
        gaps = {"who": masked(self.party), "one": one, "other": other}
        if self.kind is FindingKind.SHARED_ACCOUNT:
            return Sentence(N_("账号 {who} 用于两个不同的人或单位"), **gaps)
        if self.kind is FindingKind.PAST_RETIREMENT:
            return Sentence(N_("{who} 在 {one} 中申领至 {last}，已过退休的月份"), last=self._shared().last, **gaps)
        if self.excess:
            return Sentence(
                N_("{who} 的各件 {one} 合计超过最高补贴 {excess} 元"), excess=figures(self.excess), **gaps
            )
        if None in self.spans:
            return Sentence(N_("{who} 在两件 {one} 中申领，该项只能享受一次"), **gaps)
        days = self._shared()
        if self.kind is FindingKind.REPEATED:
            return Sentence(N_("{who} 在两件 {one} 中申领的时间重叠：{first}至{last}"), **days._asdict(), **gaps)
        return Sentence(
            N_("{who} 在 {one} 和 {other} 中的时间重叠：{first}至{last}（{why}）"),
            why=Sentence(FINDING_LABELS[self.kind]), **days._asdict(), **gaps,
        )

    def _shared(self) -> Span:
        spans = [span for span in self.spans if span is not None]
        return Span(max(span.first for span in spans), min(span.last for span in spans))


# Judging ------------------------------------------------------------------------------------------------------------


def judge(own: Iterable[Claim], others: Iterable[Claim]) -> frozenset[Finding]:
    """Of what there is to find among the claims of one party, all that names the case of which `own` are the claims,
    and all that is beyond a cap, which one case more or less may move; `others` are the claims of other cases."""
    own, others = list(own), list(others)
    pairs = (found for mine in own for other in others for found in _pair(*sorted((mine, other), key=_of_case)))
    return frozenset((*pairs, *_beyond_the_cap((*own, *others)), *_past_retirement(own)))


def judge_account(own: AccountUse, others: Iterable[AccountUse]) -> frozenset[Finding]:
    """What is found about one use of a bank account beside the uses of other cases."""
    return frozenset(
        Finding(FindingKind.SHARED_ACCOUNT, own.account, tuple(sorted((own.case, other.case))))
        for other in others
        if own.case != other.case and own.party != other.party
    )


_of_case = attrgetter("case")
"""Two claims are told in the order of their cases; of one case they are never told beside each other."""


def _pair(one: Claim, other: Claim) -> Iterator[Finding]:
    if one.case != other.case:
        yield from _repeated(one, other)
        yield from _excluded(one, other)


def _repeated(one: Claim, other: Claim) -> Iterator[Finding]:
    if one.programme != other.programme or not (one.pays and other.pays):
        return
    if one.once:
        yield _between(FindingKind.REPEATED, one, other, days=False)
    elif _meet(one, other):
        yield _between(FindingKind.REPEATED, one, other)


def _excluded(one: Claim, other: Claim) -> Iterator[Finding]:
    if not _meet(one, other):
        return
    for kind, first, second, same_unit in EXCLUSIONS:
        apart = same_unit and (one.unit != other.unit or not one.unit)
        if not apart and (_are(one, first, other, second) or _are(one, second, other, first)):
            yield _between(kind, one, other)


def _are(one: Claim, nature: Nature, other: Claim, others: Nature) -> bool:
    return nature in one.natures and others in other.natures


def _meet(one: Claim, other: Claim) -> bool:
    return one.span is not None and other.span is not None and one.span.shared(other.span) is not None


def _between(kind: FindingKind, one: Claim, other: Claim, *, days: bool = True, excess: int = 0) -> Finding:
    spans = (one.span, other.span) if days else (None, None)
    return Finding(kind, one.party, (one.case, other.case), (one.programme, other.programme), spans, excess)


def _beyond_the_cap(claims: Iterable[Claim]) -> Iterator[Finding]:
    """A case with which a party's cases of a programme exceed its cap, with the last one before it that is paid.

    Cases count in the order of their day, so that the earliest ones stand.
    """
    capped = sorted({claim for claim in claims if claim.cap is not None and claim.amount}, key=_by_day)
    granted: dict[str, int] = {}
    before: dict[str, Claim] = {}
    for claim in capped:
        assert claim.amount is not None
        assert claim.cap is not None
        total = granted[claim.programme] = granted.get(claim.programme, 0) + claim.amount
        earlier = before.get(claim.programme)
        if earlier is not None and earlier.case != claim.case and total > claim.cap:
            one, other = sorted((earlier, claim), key=_of_case)
            yield _between(FindingKind.REPEATED, one, other, days=False, excess=total - claim.cap)
        before[claim.programme] = claim


def _by_day(claim: Claim) -> tuple[date, str]:
    return claim.on, claim.case


def _past_retirement(claims: Iterable[Claim]) -> Iterator[Finding]:
    for claim in claims:
        if claim.retires is None or claim.span is None or not claim.pays:
            continue
        if month_of(claim.span.last) > month_of(claim.retires):
            yield Finding(FindingKind.PAST_RETIREMENT, claim.party, (claim.case,), (claim.programme,), (claim.span,))


# Claims of a case ---------------------------------------------------------------------------------------------------


def claims_of(
    case: str,
    programme: Programme,
    facts: Facts,
    values: Values,
    *,
    outcome: Outcome,
    rows: Sequence[Outcome] = (),
    amount: int | None = None,
) -> Iterator[Claim]:
    """What the case claims, as far as its facts are known; `outcome`, `rows` and `amount` (fen) are what it came to.

    A refused case or row claims no money; it may still state an employment.
    """
    unit = facts.get("credit_code") or ""
    paid = outcome is not Outcome.INELIGIBLE
    applicant = party_of(facts)
    if programme.entitlement is not None and applicant:
        base = Claim(case, programme.code, applicant, values.day, unit, pays=paid, amount=amount)
        yield from _claim(programme.entitlement, base, facts, values)
    roster = programme.roster
    if roster is None or roster.entitlement is None:
        return
    for row, came_to in zip(facts.rows or (), rows, strict=True):
        if person := row.get("id_number"):
            row_is_paid = paid and came_to is not Outcome.INELIGIBLE
            base = Claim(case, programme.code, person, values.day, unit, pays=row_is_paid)
            yield from _claim(roster.entitlement, base, row, values)


def party_of(facts: Facts) -> str:
    """Who applies: an ID number or a credit code, "" where neither is known."""
    return facts.get("id_number") or facts.get("credit_code") or ""


def account_of(case: str, facts: Facts) -> AccountUse | None:
    """The applicant's bank account, None where either is not known. Signs between the digits do not count."""
    account = "".join(sign for sign in compact(facts.get("bank_account") or "") if sign.isalnum())
    party = party_of(facts)
    return AccountUse(case, account, party) if account and party else None


def _claim(entitlement: Entitlement, base: Claim, facts: Facts, values: Values) -> Iterator[Claim]:
    natures = entitlement.natures if base.pays else entitlement.natures & STATED
    span: Span | None = _known(entitlement.period, facts, values)
    cap = entitlement.cap
    if (base.pays and (entitlement.once or cap is not None)) or (span is not None and (base.pays or natures)):
        yield base._replace(
            natures=natures,
            span=span,
            once=entitlement.once,
            amount=None if cap is None else base.amount,
            cap=None if cap is None else _known(lambda _, values: values[cap], facts, values),
            retires=_known(entitlement.retires, facts, values),
        )


def _known(rule: Callable[[Facts, Values], Any] | None, facts: Facts, values: Values) -> Any:
    if rule is None:
        return None
    try:
        return rule(facts, values)
    except Unknown:
        return None


# As JSON ------------------------------------------------------------------------------------------------------------


def encode_claim(claim: Claim) -> list[Any]:
    """What a claim says beside whose and which case's it is, in a fixed order and as short as can be."""
    span, retires = claim.span, claim.retires
    return [
        claim.programme,
        claim.on.isoformat(),
        claim.unit,
        " ".join(sorted(claim.natures)),
        "" if span is None else span.first.isoformat(),
        "" if span is None else span.last.isoformat(),
        int(claim.once),
        int(claim.pays),
        claim.amount,
        claim.cap,
        "" if retires is None else retires.isoformat(),
    ]


def decode_claim(case: str, party: str, given: Sequence[Any]) -> Claim:
    """The claim that was encoded."""
    programme, on, unit, natures, first, last, once, pays, amount, cap, retires = given
    return Claim(
        case=case,
        programme=programme,
        party=party,
        on=date.fromisoformat(on),
        unit=unit,
        natures=frozenset(map(Nature, natures.split())),
        span=Span(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
        once=bool(once),
        pays=bool(pays),
        amount=amount,
        cap=cap,
        retires=date.fromisoformat(retires) if retires else None,
    )


def encode(finding: Finding) -> dict[str, Any]:
    """The finding as a JSON object without floats."""
    return {
        "kind": finding.kind.value,
        "party": finding.party,
        "cases": list(finding.cases),
        "programmes": list(finding.programmes),
        "spans": [None if span is None else [day.isoformat() for day in span] for span in finding.spans],
        "excess": finding.excess,
    }


def decode_finding(given: Mapping[str, Any]) -> Finding:
    """The finding that was encoded."""
    return Finding(
        FindingKind(given["kind"]),
        given["party"],
        tuple(given["cases"]),
        tuple(given["programmes"]),
        tuple(None if span is None else Span(*map(date.fromisoformat, span)) for span in given["spans"]),
        given["excess"],
    )
