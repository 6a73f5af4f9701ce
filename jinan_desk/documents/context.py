"""What a form is filled with: a plain value that knows nothing of cases, programmes or stores.

Whoever prints builds a `Context` of strings; every form takes from it what it names. Fields are nested and named with
dots (`{applicant.name}`); tables are lists of rows that a form's `table`, `pairs` or `each` names. All texts are ready
to be read: dates as 2020年3月20日, amounts as ¥1,234.50 and in words, flags as 是 or 否. What is not known is "".

The forms that ship name these fields (a context may hold more; to lack one that a form names is an error):

    document.title     企业一次性吸纳就业补贴申请表, the paper's own name
    document.number    济历下人社受〔2020〕02B-0001号, "" when it has none
    document.date      2020年3月20日                 the day written on the paper
    office.name office.phone office.address          the office that prints
    check.code         3f2a9c01b7de                  stands in the foot of every page, as text and as a QR code
    programme.code programme.name programme.fund programme.article programme.quote
                       02B, its name, the fund that pays, 第2条, the words of the circular it rests on
    applicant.name applicant.number applicant.number_label applicant.district applicant.contact applicant.phone
    applicant.account_name applicant.bank_name applicant.bank_account
                       number: credit code or ID number; number_label: 统一社会信用代码 or 居民身份证号码
    case.number case.received case.handler case.outcome
                       outcome: 符合, 不符合, 待补充
    amount.figures amount.words amount.people amount.standard
                       ¥48,000.00, 肆万捌仟元整, 48人 or "", 每人1,000元 or ""
    opinions.first_review opinions.second_review opinions.publicity opinions.approval opinions.finance opinions.payment
                       what each stage wrote, "" while it is to be written by hand

and these tables (columns by key; the roster's are the programme's own):

    facts     label, value               what the applicant stated for the case as a whole
    roster    any                        a money column is one with `money=True`; its cells are 1,234.50 or ""
    checks    label, result, reason, clause
    steps     label, value, unit, basis
    documents label                      what was handed in
    reasons   text                       the facts found, one sentence each, for the text of a letter
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Fields = Mapping[str, "str | Fields"]
"""Nested names to strings."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is how many Chinese characters a line of a long text may take (0: as it comes).

    `align` is `left`, `center` or `right`; a left column of nothing but short words is centred all the same, as forms
    have it. A `money` column is set right, and is summed where a form asks for sums. A `written` one is empty and keeps
    room for a hand.
    """

    key: str
    title: str
    width: float = 0
    align: str = "left"
    money: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows with one string a column. The rows are read several times: no iterator that runs dry."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The fields and tables that a form may name. `bookmark` is how the paper is found in a file of many."""

    fields: Fields = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    bookmark: str = ""
