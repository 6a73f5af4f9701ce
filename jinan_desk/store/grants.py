"""What was granted and paid, summed by programme and year: read from an index that holds granted cases alone."""

from __future__ import annotations

from dataclasses import dataclass

from jinan_desk.store.connection import Database


@dataclass(frozen=True, slots=True)
class Grant:
    """The granted cases that agree in these columns: how many, and the sum of their amounts (fen). `paid` is the year
    of payment, "" for those that are not paid."""

    programme: str
    stage: str
    granted: str
    paid: str
    count: int
    amount: int


def grants(db: Database, first: str = "", last: str = "") -> list[Grant]:
    """The grants of cases approved on these days (ISO, both counted; "" for no bound)."""
    rows = db.conn.execute(
        """SELECT programme, stage, substr(granted_on, 1, 4) AS year, substr(paid_on, 1, 4) AS paid_year,
            count(*), coalesce(sum(amount), 0)
        FROM cases WHERE granted_on <> '' AND granted_on >= ? AND (? = '' OR granted_on <= ?)
        GROUP BY programme, stage, year, paid_year""",
        (first, last, last),
    )
    return [Grant(*row) for row in rows]
