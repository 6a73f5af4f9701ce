"""The month's ledger of service records, as a paper."""

from __future__ import annotations

from jinan_desk.core.record import Event
from jinan_desk.core.text import N_, Sentence
from jinan_desk.documents.context import Column, Context, Table
from jinan_desk.services.cases import programme_of
from jinan_desk.services.paper_context import Letterhead
from jinan_desk.services.paper_tables import day
from jinan_desk.services.records import MonthLedger

_ENTRIES = (
    Column("programme", N_("事项"), 7),
    Column("applicant", N_("服务对象"), 7),
    Column("opened", N_("登记日期"), 0, "center"),
    Column("handler", N_("经办人"), 0, "center"),
    Column("content", N_("内容"), 15),
    Column("follow_ups", N_("本月跟进"), 15),
    Column("closing", N_("办理结果"), 10),
)
_COUNTS = (
    Column("programme", N_("事项"), 20),
    Column("records", N_("记录"), 0, "center"),
    Column("opened", N_("本月登记"), 0, "center"),
    Column("follow_ups", N_("本月跟进次数"), 0, "center"),
    Column("closed", N_("本月办结"), 0, "center"),
)


def month_context(ledger: MonthLedger, letterhead: Letterhead) -> Context:
    """All that the form of the month's ledger may say."""
    month = Sentence("{month}", month=ledger.month).read()
    title = Sentence(N_("{month}就业服务记录台账"), month=month).read()
    counts = [
        (_name(count.programme), *map(str, (count.records, count.opened, count.follow_ups, count.closed)))
        for count in ledger.counts
    ]
    entries = [
        (
            _name(entry.programme),
            entry.applicant,
            day(entry.opened_on.isoformat()),
            entry.handler,
            "\n".join(sentence.read() for sentence in entry.content),
            "\n".join(_told(event) for event in entry.follow_ups),
            _told(entry.closing) if entry.closing is not None else N_("办理中"),
        )
        for entry in ledger.entries
    ]
    return Context(
        fields={
            "document": {"title": title, "number": "", "date": ""},
            "office": letterhead.fields,
            "check": {"code": ""},
            "month": {"name": month, "records": str(len(entries))},
        },
        tables={"entries": Table(_ENTRIES, entries), "counts": Table(_COUNTS, counts)},
    )


def _name(code: str) -> str:
    return f"{code} {programme_of(code)[1].name}"


def _told(event: Event) -> str:
    return f"{day(event.on.isoformat())}　{event.what}（{event.by}）"
