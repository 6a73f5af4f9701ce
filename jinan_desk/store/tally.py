"""Counts and sums over the query columns: one pass over the cases, as fine as reports need it."""

from __future__ import annotations

from dataclasses import dataclass

from jinan_desk.store.connection import Database

_BY = ("programme", "stage", "outcome", "month", "district")


@dataclass(frozen=True, slots=True)
class Tally:
    """The cases that agree in these columns: how many, and the sum of their amounts (fen). `month` is that of the day
    of receipt or, where a case was never received, of the day that it asks for; "" where there is neither."""

    programme: str
    stage: str
    outcome: str
    month: str
    district: str
    count: int
    amount: int


def tally(db: Database, first: str, last: str) -> list[Tally]:
    """Tallies of the cases of these days (ISO, both counted; "" for no bound)."""
    groups = ", ".join(_BY)
    rows = db.conn.execute(
        f"""SELECT {groups}, count(*), coalesce(sum(amount), 0) FROM (
            SELECT programme, stage, outcome, district, amount, substr(day, 1, 7) AS month, day FROM (
                SELECT *, CASE received_on WHEN '' THEN "on" ELSE received_on END AS day FROM cases
            )
        ) WHERE day >= ? AND (? = '' OR day <= ?) GROUP BY {groups}""",  # noqa: S608
        (first, last, last),
    )
    return [Tally(*row) for row in rows]
