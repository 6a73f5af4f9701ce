"""A store of a great many made-up cases, written straight into its tables and kept for the next run.

Only what lists read is there: the columns of cases, people of rosters and the search; no case of it can be opened.
"""

from __future__ import annotations

import getpass
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinan_desk.app import found
from jinan_desk.core.identity import compact
from jinan_desk.core.workflow import ORDER
from jinan_desk.measures import programmes
from jinan_desk.services.demo import DISTRICT
from jinan_desk.store import data_key, open_store, schema
from jinan_desk.store.connection import Database
from jinan_desk.store.search import APPLICANT_SEARCH, ROSTER_SEARCH
from jinan_desk.store.tokens import ending, tokens

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文博宇欣怡梓涵子轩浩然雨泽晨曦佳琪俊熙思远嘉一诺鲁泉历润齐康岳华"
_TRADES = ("机械制造", "食品", "科技", "人力资源服务", "纺织", "医疗器械", "餐饮管理", "物流")
_HANDLERS = ("苏敏", "韩立", "邹平", "孔祥文")
_DISTRICTS = ("370102", "370103", "370104", "370105", "370112")
_WITH_ROSTER = 20
"""One case in so many has a roster, of three people."""

_LATER = (
    "cases_list", "cases_work", "cases_applicant", "cases_holder", "cases_number", "cases_number_end", "cases_conflict",
)  # fmt: skip
_OUTCOMES = ("eligible", "eligible", "ineligible", "incomplete")


def great_store(cases: int) -> Path:
    """The data directory of a store of so many cases; made where no earlier run has left one of this version."""
    name = f"jinan-desk-bench-{getpass.getuser()}-{cases}-{len(schema.MIGRATIONS)}"
    directory = Path(tempfile.gettempdir()) / name
    whole = directory / "whole"
    if not whole.exists():
        shutil.rmtree(directory, ignore_errors=True)
        found(directory, DISTRICT)
        with open_store(directory, data_key(directory)) as store, store.transaction():
            _fill(store._db, cases)
        whole.touch()
    return directory


def _fill(db: Database, cases: int) -> None:
    conn = db.conn
    made = {name: sql for name, sql in conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'") if sql}
    for name in _LATER:  # an index is made faster afterwards than kept up
        conn.execute(f"DROP INDEX {name}")
    columns = [row[1] for row in conn.execute("PRAGMA table_info (cases)")]
    marks = ", ".join("?" * len(columns))
    chance = random.Random(26)
    rows = (_values(number, chance) for number in range(1, cases + 1))
    conn.executemany(f"INSERT INTO cases VALUES ({marks})", ([row.get(name, "") for name in columns] for row in rows))
    for name in _LATER:
        conn.execute(made[name])
    names = conn.execute("SELECT row, applicant, id_number || credit_code FROM cases")
    insert = "INSERT INTO {} (rowid, tokens) VALUES (?, ?)"
    conn.executemany(insert.format(APPLICANT_SEARCH), ((row, tokens([(who, number)])) for row, who, number in names))
    rosters = {row: list(_people(row)) for row in range(_WITH_ROSTER, cases + 1, _WITH_ROSTER)}
    conn.executemany(
        "INSERT INTO people VALUES (?, ?, ?, ?)",
        ((row, place, *person) for row, people in rosters.items() for place, person in enumerate(people)),
    )
    conn.executemany(insert.format(ROSTER_SEARCH), ((row, tokens(people)) for row, people in rosters.items()))


def _people(row: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(-row)
    for place in range(3):
        yield _person(chance), f"3701{row:08}{place:06}"


def _person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))


def _values(number: int, chance: random.Random) -> dict[str, Any]:
    measure, programme = _PROGRAMMES[chance.randrange(len(_PROGRAMMES))]
    unit = chance.random() < 0.4
    who = f"济南{''.join(chance.choices(_GIVEN, k=2))}{chance.choice(_TRADES)}有限公司" if unit else _person(chance)
    day = f"2020-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    given = f"济历下人社受〔2020〕{programme.code}-{number:07}号"
    revision = f"{chance.getrandbits(256):064x}"
    return {
        "row": number,
        "case": f"{chance.getrandbits(128):032x}",
        "number": given,
        "number_end": ending(given),
        "programme": programme.code,
        "article": measure.article,
        "stage": str(chance.choice(ORDER[programme.route])),
        "outcome": chance.choice(_OUTCOMES),
        "amount": chance.choice((None, chance.randint(10_000, 90_000_000))),
        "applicant": compact(who),
        "id_number": "" if unit else f"3701{number:014}",
        "credit_code": f"91370102MA{number:08}" if unit else "",
        "district": chance.choice(_DISTRICTS),
        "on": day,
        "received_on": day,
        "stage_since": day,
        "due_on": "2020-12-31" if number % 3 == 0 else "",
        "granted_on": "",
        "paid_on": "",
        "updated_at": f"{day}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}Z",
        "updated_by": chance.choice(_HANDLERS),
        "office": DISTRICT.code,
        "roster": revision if number % _WITH_ROSTER == 0 else "",
        "head": revision,
        "heads": revision,
        "conflict": 0,
    }


_PROGRAMMES = tuple(programmes())
