"""What is kept about one person, as a paper for them."""

from __future__ import annotations

from datetime import date

from jinan_desk.core.text import N_
from jinan_desk.documents.context import Column, Context, Table
from jinan_desk.services.own_data import Kept, PersonalFile, Version
from jinan_desk.services.paper_context import Letterhead
from jinan_desk.services.paper_tables import day

_ENTRIES = (
    Column("programme", N_("事项"), 9),
    Column("number", N_("编号"), 9),
    Column("stage", N_("办理环节"), 0, "center"),
    Column("since", N_("登记日期"), 0, "center"),
    Column("handler", N_("登记人"), 0, "center"),
    Column("place", N_("身份"), 6),
    Column("told", N_("所存信息"), 24),
)


def own_data_context(file: PersonalFile, letterhead: Letterhead, on: date) -> Context:
    """All that the form may say, printed on a day."""
    entries = [_entry(kept, version) for kept in file.kept for version in kept.versions]
    return Context(
        fields={
            "document": {"title": N_("个人信息查询单"), "number": "", "date": day(on.isoformat())},
            "office": letterhead.fields,
            "check": {"code": ""},
            "person": {
                "name": "、".join(file.names),
                "number": file.number,
                "cases": str(len(file.kept)),
                "drafts": str(file.drafts) if file.drafts else "",
                "offices": "、".join(file.offices),
            },
        },
        tables={"entries": Table(_ENTRIES, entries)},
    )


def _entry(kept: Kept, version: Version) -> tuple[str, ...]:
    return (
        kept.programme.read(),
        kept.row.number,
        kept.stage.read(),
        day(version.at[:10]),
        version.account,
        version.place.read(),
        "；".join(f"{label.read()}：{value.read()}" for label, value in version.told),
    )
