"""The fund ledger (资金台账): what a fund was given for a year, what of it was granted and paid, what came back.

Budgets, cuts and recovered money are entered with the document they rest on; entries are only ever added, a mistake is
put right by another entry. What was granted counts in the year of its approval, what was paid in the year of payment.
Cases that are only passed on to another office are not paid from here and do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from jinan_desk.core.kind import Invalid, Money
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.money import figures, yuan
from jinan_desk.core.role import CONFIRMS
from jinan_desk.core.text import N_, Sentence, Translate, listed
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.file import placing
from jinan_desk.measures import find, programmes
from jinan_desk.services.access import Action, Note, unnoted
from jinan_desk.services.grounds import written
from jinan_desk.services.roles import demand
from jinan_desk.store import Act, Grant, Store

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class Entry(StrEnum):
    """What can be entered."""

    BUDGET = "fund_budget"
    CUT = "fund_cut"
    RECOVERED = "fund_recovered"


ENTRY_LABELS = {Entry.BUDGET: N_("下达预算"), Entry.CUT: N_("调减预算"), Entry.RECOVERED: N_("追回到账")}


@dataclass(frozen=True, slots=True)
class FundEntry:
    """One entry: `amount` in fen, always positive; `at` is UTC."""

    number: int
    kind: Entry
    fund: str
    year: int
    amount: int
    source: str
    by: str
    at: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("{number}  {fund}  {year} 年  {kind}  {amount} 元  {source}  {by}"),
            number=self.number,
            fund=Sentence(self.fund),
            year=self.year,
            kind=Sentence(ENTRY_LABELS[self.kind]),
            amount=figures(self.amount),
            source=self.source,
            by=self.by,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """What one programme, or a whole fund, has taken in a year. Amounts are in fen.

    `granted` are cases approved in the year, `paid` those paid in it. Of what is granted, `returned` was sent back by
    the bank and is to be paid again, `to_recover` was paid and is being claimed back.
    """

    label: Sentence
    cases: int = 0
    granted: int = 0
    paid: int = 0
    returned: int = 0
    to_recover: int = 0


@dataclass(frozen=True, slots=True)
class FundYear:
    """One fund in one year. `budget` is None where none was ever entered; amounts are in fen."""

    fund: str
    year: int
    budget: int | None
    recovered: int
    whole: Share
    programmes: tuple[Share, ...]

    @property
    def left(self) -> int | None:
        """What may still be granted, negative where too much was; None where nobody knows the budget."""
        return None if self.budget is None else self.budget - self.whole.granted + self.recovered

    def sentence(self) -> Sentence:
        known, left = self.budget, self.left
        return Sentence(
            N_("{fund}  {year} 年  预算 {budget}  已审批 {granted}  已拨付 {paid}  追回到账 {recovered}  结余 {left}"),
            fund=Sentence(self.fund),
            year=self.year,
            budget=Sentence(N_("未录入")) if known is None else figures(known),
            granted=figures(self.whole.granted),
            paid=figures(self.whole.paid),
            recovered=figures(self.recovered),
            left="—" if left is None else figures(left),
        )


HEADS = (
    N_("预算"), N_("件数"), N_("已审批"), N_("已拨付"), N_("退票待重付"), N_("待追回"), N_("追回到账"), N_("结余"),
)  # fmt: skip
"""The columns of the ledger, after the name."""

_ENTRY_COLUMNS = (
    (N_("序号"), 6), (N_("种类"), 12), (N_("资金"), 34), (N_("金额（元）"), 18), (N_("依据的文件"), 44),
    (N_("经办人"), 12), (N_("录入时间"), 24),
)  # fmt: skip

Row = tuple[Sentence, int | None, int, int, int, int, int, int | None, int | None]


def rows_of(year: FundYear) -> list[Row]:
    """The fund and, below it, its programmes, in the order of HEADS; amounts in fen."""
    whole = year.whole
    first: Row = (
        Sentence(year.fund), year.budget, whole.cases, whole.granted, whole.paid, whole.returned, whole.to_recover,
        year.recovered, year.left,
    )  # fmt: skip
    return [first, *map(_row, year.programmes)]


def _row(share: Share) -> Row:
    return (share.label, None, share.cases, share.granted, share.paid, share.returned, share.to_recover, None, None)


def fund_names() -> list[str]:
    """The funds that programmes are paid from here."""
    return list(dict.fromkeys(p.fund for _, p in programmes() if _is_paid_here(p)))


def _is_paid_here(programme: Programme) -> bool:
    return bool(programme.fund) and programme.route is Route.APPROVE


class Funds:
    """The ledger of one office, kept by `account`. `now` is UTC as `2020-03-20T08:15:00Z`; `note` takes down who has
    it written."""

    def __init__(
        self, store: Store, *, account: str, now: Callable[[], str], note: Note = unnoted
    ) -> None:
        self._note = note
        self._store = store
        self._account = account
        self._now = now

    def enter(self, kind: Entry, fund: str, year: int, *, amount: str, source: str) -> FundEntry:
        """Add an entry; `amount` in yuan. Raises DeskError for what cannot be one, a cut below nothing, or where the
        person may neither approve nor keep the desk."""
        demand(self._store, self._account, CONFIRMS)
        if fund not in fund_names():
            known = listed(map(Sentence, fund_names()))
            raise DeskError(Sentence(N_("没有资金“{fund}”；可用：{known}"), fund=fund, known=known))
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise DeskError(Sentence(N_("年度应写作四位数字，例如 2020")))
        try:
            fen = Money(positive=True).read(amount.replace(",", "").replace("，", "").strip())
        except Invalid as error:
            raise DeskError(error.sentence) from None
        source = written(source)
        if not source:
            raise DeskError(Sentence(N_("请写明下达或调整的文件")))
        if kind is Entry.CUT and fen > (_budget(self.entries(), fund, year) or 0):
            raise DeskError(Sentence(N_("调减的金额超过了已下达的预算")))
        kept = {"fund": fund, "year": year, "amount": yuan(fen), "source": source}
        with self._store.transaction():
            act = self._store.acts.add(kind.value, kept, at=self._now(), account=self._account)
        return _entry(act)

    def entries(self) -> list[FundEntry]:
        """All entries, the oldest first."""
        return _entries(self._store)

    def years(self) -> list[int]:
        """The years that have anything, the latest first."""
        found = {entry.year for entry in self.entries()}
        for grant in self._store.grants():
            found |= {int(grant.granted)} | ({int(grant.paid)} if grant.paid else set())
        return sorted(found, reverse=True)

    def ledger(self, year: int) -> list[FundYear]:
        """Every fund in that year."""
        entries, granted = self.entries(), self._store.grants()
        return [_fund_year(fund, year, entries, granted) for fund in fund_names()]

    def write(self, year: int, path: Path, translate: Translate) -> None:
        """Write the ledger of a year and its entries into a workbook. Raises DeskError where that fails."""
        from jinan_desk.exchange.sheet import Column, yuan
        from jinan_desk.exchange.table import Table
        from jinan_desk.exchange.table_book import write_table_book

        title = Sentence(N_("{year} 年资金台账"), year=year).read(translate)
        columns = [Column(translate(N_("资金、事项（元）")), 40), *(Column(translate(head), 17) for head in HEADS)]
        rows = [
            (label.read(translate), yuan(budget), cases, *map(yuan, amounts))
            for one in self.ledger(year)
            for label, budget, cases, *amounts in rows_of(one)
        ]
        made = [
            (e.number, translate(ENTRY_LABELS[e.kind]), translate(e.fund), yuan(e.amount), e.source, e.by, e.at)
            for e in self.entries()
            if e.year == year
        ]
        entry_columns = [Column(translate(head), width) for head, width in _ENTRY_COLUMNS]
        tables = [
            Table(translate(N_("资金台账")), title, columns, tuple(rows)),
            Table(translate(N_("预算和追回记录")), title, entry_columns, tuple(made)),
        ]
        with placing(path) as fresh:
            write_table_book(fresh, tables)
            whole = Sentence(N_("{first}至{last}"), first=date(year, 1, 1), last=date(year, 12, 31))
            self._note(Action.LEDGER, whole.read())


def overdrawn(store: Store, programme: Programme, amount: int | None, today: date) -> Sentence | None:
    """What to know before that much more (fen) is granted today, where it exceeds what is left of the year's budget;
    None where it fits, or nobody has entered a budget."""
    if not _is_paid_here(programme):
        return None
    entries = _entries(store)
    if _budget(entries, programme.fund, today.year) is None:
        return None
    granted = store.grants(f"{today.year}-01-01", f"{today.year}-12-31")
    year = _fund_year(programme.fund, today.year, entries, granted)
    over = (amount or 0) - (year.left or 0)
    if over <= 0:
        return None
    return Sentence(
        N_("“{fund}”{year} 年预算 {budget} 元，已审批 {granted} 元，结余 {left} 元；本件 {amount} 元将超出 {over} 元"),
        fund=Sentence(year.fund),
        year=year.year,
        budget=figures(year.budget or 0),
        granted=figures(year.whole.granted),
        left=figures(year.left or 0),
        amount=figures(amount or 0),
        over=figures(over),
    )


def _entries(store: Store) -> list[FundEntry]:
    return [_entry(act) for act in store.acts.of(*Entry)]


def _entry(act: Act) -> FundEntry:
    kept = act.entry
    return FundEntry(
        number=act.number,
        kind=Entry(act.kind),
        fund=kept["fund"],
        year=kept["year"],
        amount=Money().read(kept["amount"]),
        source=kept["source"],
        by=act.account,
        at=act.at,
    )


def _budget(entries: Iterable[FundEntry], fund: str, year: int) -> int | None:
    """What was given less what was taken away again; None where nothing was ever given."""
    given = [entry for entry in entries if (entry.fund, entry.year) == (fund, year)]
    if not any(entry.kind is Entry.BUDGET for entry in given):
        return None
    signs = {Entry.BUDGET: 1, Entry.CUT: -1, Entry.RECOVERED: 0}
    return sum(signs[entry.kind] * entry.amount for entry in given)


def _fund_year(fund: str, year: int, entries: Sequence[FundEntry], grants: Sequence[Grant]) -> FundYear:
    codes = [programme.code for _, programme in programmes() if programme.fund == fund and _is_paid_here(programme)]
    mine = [grant for grant in grants if grant.programme in codes]
    shares = [_share(_title(code), year, [g for g in mine if g.programme == code]) for code in codes]
    recovered = sum(e.amount for e in entries if (e.fund, e.year, e.kind) == (fund, year, Entry.RECOVERED))
    return FundYear(
        fund, year, _budget(entries, fund, year), recovered, _share(Sentence(fund), year, mine),
        tuple(share for share in shares if share.cases or share.paid),
    )  # fmt: skip


def _share(label: Sentence, year: int, grants: Sequence[Grant]) -> Share:
    granted = [grant for grant in grants if grant.granted == str(year)]
    paid = [grant for grant in grants if grant.paid == str(year)]
    return Share(
        label,
        cases=sum(grant.count for grant in granted),
        granted=_sum(granted),
        paid=_sum(paid),
        returned=_sum(grant for grant in granted if grant.stage == Stage.REOPENED),
        to_recover=_sum(grant for grant in paid if grant.stage == Stage.RECOVERY),
    )


def _sum(grants: Iterable[Grant]) -> int:
    return sum(grant.amount for grant in grants)


def _title(code: str) -> Sentence:
    pair = find(code)
    return Sentence(N_("{code} {name}"), code=code, name=Sentence(pair[1].name)) if pair else Sentence(code)


def fund_named(text: str) -> str:
    """The fund whose name begins like that. Raises DeskError for none, or more than one."""
    found = [fund for fund in fund_names() if fund == text] or [f for f in fund_names() if text and f.startswith(text)]
    if len(found) != 1:
        known = listed(map(Sentence, fund_names()))
        raise DeskError(Sentence(N_("没有资金“{fund}”；可用：{known}"), fund=text, known=known))
    return found[0]
