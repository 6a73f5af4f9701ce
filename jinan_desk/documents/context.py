"""What a form is filled with: a plain value that knows nothing of cases, programmes or stores.

Whoever prints builds a `Context` of strings; every form takes from it what it names. Fields are nested and named with
dots (`{applicant.name}`); tables are lists of rows that a form's `table`, `pairs` or `each` names. All texts are ready
to be read: dates as 2020年3月20日, amounts as ¥1,234.50 and in words, flags as 是 or 否. What is not known is "".

There are these fields (to lack one that a form names is an error):

    document.title     企业一次性吸纳就业补贴申请表, the paper's own name
    document.number    济历下人社受〔2020〕发放-0001号, "" when it has none
    document.date      2020年3月20日, the day on which the case entered the stage that the paper tells of
    office.name office.phone office.address office.contact office.reconsideration
                       the office that prints; both of these in one line; whom one may turn to against it
    office.head office.reviewer office.finance office.seal
                       who answers for it, who checks its sums and its payments; （盖章）, or its own words there
    check.code         3f2a9c01b7de, stands in the foot of every page, as text and as a QR code
    programme.code programme.name programme.fund programme.article programme.quote programme.grounds
                       02B, its name, the fund that pays, 第2条, the circular's words, all of it as a letter cites it
    applicant.name applicant.number applicant.number_label applicant.number_posted applicant.district
    applicant.contact applicant.phone applicant.account_name applicant.bank_name applicant.bank_account
                       number: credit code or ID number, as may be posted (a person's masked); its label
    applicant.label applicant.you applicant.self applicant.signer applicant.seal
                       申请单位 or 申请人, 你单位 or 你, 本单位 or 本人, who signs, （盖章） or ""
    case.number case.stage case.received case.due case.on case.handler case.decided_by case.outcome case.reason
    case.conditions    number, stage and days; who received it, who took the last step and why; 符合, 不符合, 待补充;
                       （1）…；（2）…, what is vouched for, in one sentence
    amount.figures amount.words amount.people amount.standard amount.cases
                       ¥48,000.00, 肆万捌仟元整, 48人 or "", 每人1,000元 or "", how many cases a list has
    asked.figures asked.words asked.people asked.standard
                       the same as an applicant asks for it: room for a hand where the case is refused or incomplete
    opinions.first_review opinions.second_review opinions.publicity opinions.approval opinions.finance
    opinions.payment opinions.pre_check opinions.transfer
                       what was written at each stage, "" while it is to be written by hand
    publicity.since publicity.until publicity.days

and these tables (columns by key; the roster's are the programme's own):

    applicant, facts   label, value              who applies, what is stated for the case as a whole
    roster             any, verdict, amount      every row as it was handed in
    people             who, number               the eligible rows as they may be posted (in a list behind their place)
    shares             who, amount               what each eligible row comes to
    refused            number, who, reason, clause       the rows that fail
    tally              label, pass, fail, unknown, clause    how many rows fare how
    checks, failed     label, result, reason, clause     of the case itself: all, those that refuse it
    steps              label, value, unit, basis
    parameters         label, value, since, source       the numbers that were used
    documents          label, copies, form, tick         what is to be handed in
    course             stage, day, account, reason       the way of the case
    events             day, what, by             of a service record
    reasons, mend, conditions, readings, warnings    text    what was found; what has to be added; what is vouched for;
                       what rests on a reading or a number of the office's own; what deserves a look
    cases              name, number, number_posted, account_name, case, people, bank_name, bank_account, amount
                       in a list (公示, 发放汇总表)

The ledger of a month has `document`, `office`, `check`, `month.name`, `month.records`, and two tables: `counts`
(programme, records, opened, follow_ups, closed) and `entries` (programme, applicant, opened, handler, content,
follow_ups, closing). What is kept about one person has `document`, `office`, `check`, `person.name`, `person.number`,
`person.cases`, `person.drafts`, `person.offices`, and the table `entries` (programme, number, stage, since, handler,
place, told).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")
Fields = Mapping[str, "str | Fields"]
"""Nested names to strings."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is how many Chinese characters a line of a long text may take (0: as it comes).

    `align` is `left`, `center` or `right`; a left column of nothing but short words is centred all the same, as forms
    have it. A `money` column is set right, and is summed where a form asks for sums. A `written` one is empty and keeps
    room for a hand. A `spare` one is left out of a table in which no row has anything to say there.
    """

    key: str
    title: str
    width: float = 0
    align: str = "left"
    money: bool = False
    written: bool = False
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows with one string a column. The rows are read several times: no iterator that runs dry."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[str, ...]] = ()


class OnDemand(Mapping[str, Value], Generic[Value]):
    """Values by name, each made when it is first asked for: most papers show few of them."""

    __slots__ = ("_made", "_makers")

    def __init__(self, makers: Mapping[str, Callable[[], Value]]) -> None:
        self._makers = makers
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@dataclass(frozen=True, slots=True)
class Context:
    """The fields and tables that a form may name. `bookmark` is how the paper is found in a file of many."""

    fields: Fields = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    bookmark: str = ""
