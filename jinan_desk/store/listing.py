"""Lists of cases: pages of them, and the row numbers of all of them in an order, which are small enough to keep.

A row number is the store's own name of a case, as long as nothing is made anew; it is never kept in a file.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from jinan_desk.core.determination import Outcome
from jinan_desk.core.identity import compact
from jinan_desk.store.columns import SELECT_ROW, CaseRow, read_row
from jinan_desk.store.connection import Database, DatabaseError
from jinan_desk.store.filter import CaseFilter, Clause, Sorting, finding, found_at, union, where
from jinan_desk.store.search import get_ready

_AT_ONCE = 20_000
_PAGE = 500
_FEW = 500
"""Cases that are sorted sooner than anything is tried."""
TYPE = "i"
"""Of a row number in an array: four bytes are enough for two thousand million cases."""
_STEPS = 200_000
_TRIED = 2_000
_MANY = 20
"""Where a text is found in one case of so many, a page of those is among the first cases, which are then tried."""
_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Total:
    """How many cases, the sum of their amounts (fen), and how many of them have none: not known yet, or refused."""

    count: int = 0
    amount: int = 0
    without: int = 0

    def __add__(self, other: Total) -> Total:
        return Total(self.count + other.count, self.amount + other.amount, self.without + other.without)


_GRANTED = f"CASE outcome WHEN '{Outcome.INELIGIBLE}' THEN NULL ELSE amount END"
_TOTAL = f"SELECT count(*), coalesce(sum({_GRANTED}), 0), count(*) - count({_GRANTED}) FROM cases"  # noqa: S608

_GROUPS, _GROUPED = "SELECT programme, stage, count(*) FROM cases", "GROUP BY programme, stage"
_AMONG = "row IN (SELECT value FROM json_each(?))"

Group = tuple[str, str]
"""A programme and a stage."""


class Listing:
    """The lists of one store."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, wanted: CaseFilter, sorting: Sorting, after: CaseRow | None, limit: int) -> list[CaseRow]:
        """Up to `limit` cases in the order, beginning after the given one."""
        get_ready(self._db, wanted)
        rows = self._tried(wanted, sorting, limit) if after is None and self.many(wanted) else []
        if len(rows) >= limit:
            return rows
        rows = []
        for part in _in_order(wanted, sorting, after):
            # Sorted by their numbers, which stand in an index; only so many whole rows are then read.
            chosen = f"SELECT row FROM ({part.sql} LIMIT ?)"  # noqa: S608
            values = [*part.values, limit - len(rows)]
            sql = f"SELECT {SELECT_ROW} FROM cases WHERE row IN ({chosen}) {sorting.sql}"  # noqa: S608
            rows += map(read_row, self._db.conn.execute(sql, values))
            if len(rows) >= limit:
                break
        return rows

    def many(self, wanted: CaseFilter) -> bool:
        """Whether there may be many cases: nothing is looked for, or a text that a good part of all cases has."""
        get_ready(self._db, wanted)
        if not compact(wanted.text):
            return True
        least = max(_FEW, self._count("SELECT count(*) FROM cases", ()) // _MANY)
        found = union(finding(wanted.text))
        return self._count(f"SELECT count(*) FROM ({found.sql} LIMIT ?)", (*found.values, least)) >= least  # noqa: S608

    def count(self, wanted: CaseFilter) -> int:
        """How many cases are wanted."""
        get_ready(self._db, wanted)
        if compact(wanted.text) and wanted == CaseFilter(text=wanted.text):
            found = union(finding(wanted.text))
            return self._count(f"SELECT count(*) FROM ({found.sql})", found.values)  # noqa: S608
        condition = where(wanted)
        return self._count(f"SELECT count(*) FROM cases {condition.sql}", condition.values)  # noqa: S608

    def _count(self, sql: str, values: tuple[Any, ...]) -> int:
        return int(self._db.conn.execute(sql, values).fetchone()[0])

    def _tried(self, wanted: CaseFilter, sorting: Sorting, limit: int) -> list[CaseRow]:
        """Those of the first cases in the order in which the text is found, up to `limit`. To look for a text in some
        cases one after the other is much faster than to sort all those in which it is found."""
        if not compact(wanted.text):
            return []
        found = found_at(wanted.text, "tried.row")
        part = _in_order(replace(wanted, text=""), sorting)[0]
        chosen = f"SELECT row FROM ({part.sql} LIMIT ?) AS tried WHERE {found.sql} LIMIT ?"  # noqa: S608
        sql = f"SELECT {SELECT_ROW} FROM cases WHERE row IN ({chosen}) {sorting.sql}"  # noqa: S608
        return [read_row(row) for row in self._db.conn.execute(sql, (*part.values, _TRIED, *found.values, limit))]

    def numbers(
        self,
        wanted: CaseFilter,
        sorting: Sorting,
        given_up: Callable[[], bool] = lambda: False,
        *,
        most: int | None = None,
    ) -> array[int] | None:
        """The row numbers of all cases that are wanted, or of the first so many, in the order; None where it was given
        up meanwhile."""
        get_ready(self._db, wanted)
        conn = self._db.conn
        found = array(TYPE)
        conn.set_progress_handler(given_up, _STEPS)
        try:
            for part in _in_order(wanted, sorting):
                # One answer for all of them: from row to row, the thread would have to wait for the window's.
                sql = f"SELECT group_concat(row) FROM ({part.sql} LIMIT ?)"  # noqa: S608
                left = -1 if most is None else most - len(found)
                _read(conn.execute(sql, (*part.values, left)).fetchone()[0] or "", found)
        except DatabaseError:
            if given_up():
                return None
            raise
        finally:
            conn.set_progress_handler(None, _STEPS)
        return found

    def at(self, numbers: Sequence[int]) -> list[CaseRow | None]:
        """The cases in these rows, in this order; None where there is none any more."""
        sql = f"SELECT row, {SELECT_ROW} FROM cases WHERE {_AMONG}"  # noqa: S608
        rows = self._db.conn.execute(sql, (json.dumps(list(numbers)),))
        found = {row: read_row(values) for row, *values in rows}
        return [found.get(number) for number in numbers]

    def all(self, wanted: CaseFilter, sorting: Sorting) -> Iterator[CaseRow]:
        """Every case that is wanted, in the order. One that changes meanwhile comes once, as it then is."""
        for some in _portions(self.numbers(wanted, sorting) or (), _PAGE):
            yield from (row for row in self.at(some) if row is not None)

    def total(self, wanted: CaseFilter) -> Total:
        """What the cases that are wanted come to."""
        get_ready(self._db, wanted)
        condition = where(wanted)
        return Total(*self._db.conn.execute(f"{_TOTAL} {condition.sql}", condition.values).fetchone())

    def total_at(self, numbers: Sequence[int]) -> Total:
        """What the cases in these rows come to."""
        total = Total()
        for some in _portions(numbers, _AT_ONCE):
            sql = f"{_TOTAL} WHERE {_AMONG}"
            total += Total(*self._db.conn.execute(sql, (json.dumps(some),)).fetchone())
        return total

    def groups(self, wanted: CaseFilter) -> dict[Group, int]:
        """How many of the cases that are wanted are of which programme at which stage."""
        get_ready(self._db, wanted)
        condition = where(wanted)
        rows = self._db.conn.execute(f"{_GROUPS} {condition.sql} {_GROUPED}", condition.values)
        return {(programme, stage): count for programme, stage, count in rows}

    def groups_at(self, numbers: Sequence[int]) -> dict[Group, int]:
        """The same of the cases in these rows."""
        found: Counter[Group] = Counter()
        for some in _portions(numbers, _AT_ONCE):
            rows = self._db.conn.execute(f"{_GROUPS} WHERE {_AMONG} {_GROUPED}", (json.dumps(some),))
            found.update({(programme, stage): count for programme, stage, count in rows})
        return dict(found)


def _in_order(wanted: CaseFilter, sorting: Sorting, after: CaseRow | None = None) -> list[Clause]:
    """The SELECTs of the row numbers of what is wanted, or of what comes after a case; one after the other they are in
    the order. None of them looks at whole rows, but where the filter has to.

    An order that has an index of its own is read from that, and what is wanted is told first.
    """
    condition = where(wanted)
    beyond = Clause("TRUE") if after is None else sorting.beyond(after)
    index = sorting.order.index
    if not index:
        sql = f"SELECT row FROM cases {condition.sql or 'WHERE TRUE'} AND {beyond.sql} {sorting.sql}"  # noqa: S608
        return [Clause(sql, (*condition.values, *beyond.values))]
    among = f"row IN (SELECT row FROM cases {condition.sql})" if condition.sql else "TRUE"  # noqa: S608
    if compact(wanted.text) and wanted == CaseFilter(text=wanted.text):  # then the whole cases need not be looked at
        condition = union(finding(wanted.text))
        among = f"+row IN ({condition.sql})"
    return [
        Clause(
            f"SELECT row FROM cases INDEXED BY {index} WHERE {part} AND {among} AND {beyond.sql} {order}",  # noqa: S608
            (*condition.values, *beyond.values),
        )
        for part, order in sorting.parts()
    ]


def _read(text: str, numbers: array[int]) -> None:
    """Add the numbers between the commas of a text, some at a time: a million would fill forty megabytes."""
    begin = 0
    while begin < len(text):
        end = text.find(",", begin + _CHARACTERS)
        end = len(text) if end < 0 else end
        numbers.extend(json.loads(f"[{text[begin:end]}]"))
        begin = end + 1


def _portions(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    left = iter(numbers)
    while some := list(islice(left, size)):
        yield some
