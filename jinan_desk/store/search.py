"""The full-text index of the names and numbers of cases, see `tokens`.

A save leaves the words of its case, and what it claims (see `claims`), to whoever searches first, or to a quiet moment:
writing them one case at a time costs a third of a save, and all together next to nothing. Cases whose words are not in
the index yet, or are those of before, stand in `unindexed`, where the transaction that writes a case puts it; nothing
is searched before that is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from jinan_desk.core.identity import compact
from jinan_desk.store.claims import write_waiting
from jinan_desk.store.connection import Database, DatabaseError, disk_full, is_of_the_disk
from jinan_desk.store.filter import CaseFilter
from jinan_desk.store.tokens import Person, tokens

APPLICANT_SEARCH = "applicant_search"
ROSTER_SEARCH = "roster_search"
SEARCH_TABLES = (APPLICANT_SEARCH, ROSTER_SEARCH)

_AT_ONCE = 500
MOST_WAITING = 500
"""About so many cases wait at most: a search is not to wait for a day's work, and a merge writes its own words."""
_COUNTED_EVERY = 25
_WORTH_WRITING = 50
_LONG_LOG = 5000
"""Pages: some two hundred saves, and fewer than those at which a save takes the log in itself, see `connection`."""

_WAITING = f"(SELECT row FROM unindexed ORDER BY row LIMIT {_AT_ONCE})"  # noqa: S608
_APPLICANTS = f"""SELECT row, applicant, CASE id_number WHEN '' THEN credit_code ELSE id_number END
    FROM cases WHERE row IN {_WAITING} ORDER BY row"""  # noqa: S608
_PEOPLE = f"SELECT row, name, id_number FROM people WHERE row IN {_WAITING} ORDER BY row, place"  # noqa: S608


def get_ready(db: Database, wanted: CaseFilter) -> None:
    """To be called before cases are looked for: where the filter asks for a name or a number, what it looks through is
    brought up to date. Raises DeskError where the disk is full."""
    if wanted.party or compact(wanted.text):
        catch_up(db)


def let_wait(db: Database, rows: Iterable[int]) -> None:
    """Note that the words of cases are not in the index yet, in the transaction that writes the cases."""
    db.conn.executemany("INSERT OR IGNORE INTO unindexed (row) VALUES (?)", ((row,) for row in rows))


def keep_few(db: Database, rows: Iterable[int]) -> None:
    """To be called with the rows of cases that have just been written: too many do not wait. They are counted when
    every so many cases have come, since that is a look at each."""
    if all(row % _COUNTED_EVERY for row in rows):
        return
    if db.conn.execute("SELECT count(*) FROM unindexed").fetchone()[0] > MOST_WAITING:
        catch_up(db)


def catch_up(db: Database) -> None:
    """Write the words of all cases that wait, by themselves or as a part of the transaction that is open. Raises
    DeskError where the disk is full and none is open."""
    if db.conn.in_transaction:
        _write_waiting(db)
        return
    if not _some_wait(db):
        return
    try:
        with db.atomic():
            _write_waiting(db)
    except DatabaseError as error:
        if is_of_the_disk(error):
            raise disk_full() from None
        raise


def tidy(db: Database) -> None:
    """The same where it is worth it, and a long log is taken into the database file: a save that has to do either
    takes far longer than others. The first save after that waits for the disk once more, so it is not done each time.
    Raises DeskError where the disk is full."""
    try:
        if db.conn.execute(f"SELECT 1 FROM unindexed LIMIT 1 OFFSET {_WORTH_WRITING}").fetchone() is not None:  # noqa: S608
            catch_up(db)
        _, pages, taken = db.conn.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        if pages - taken > _LONG_LOG:
            db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)")
    except DatabaseError as error:
        if is_of_the_disk(error):
            raise disk_full() from None
        raise


def _some_wait(db: Database) -> bool:
    return db.conn.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is not None


def _write_waiting(db: Database) -> None:
    while _some_wait(db):
        applicants = [(row, [(name, number)]) for row, name, number in db.conn.execute(_APPLICANTS)]
        _replace(db, APPLICANT_SEARCH, applicants)
        rows = [row for row, _ in applicants]
        _replace(db, ROSTER_SEARCH, list(_rosters(db, rows)))
        write_waiting(db, rows)
        db.conn.execute(f"DELETE FROM unindexed WHERE row IN {_WAITING}")  # noqa: S608


def _rosters(db: Database, rows: Sequence[int]) -> Iterator[tuple[int, list[Person]]]:
    """The people of each of these cases, nobody for one without a roster."""
    by_row = groupby(db.conn.execute(_PEOPLE), key=itemgetter(0))
    people = {row: [(name, number) for _, name, number in some] for row, some in by_row}
    return ((row, people.get(row, [])) for row in rows)


def _replace(db: Database, table: str, people_of: Sequence[tuple[int, list[Person]]]) -> None:
    """Put the words of these people in place of what the table holds of their cases."""
    db.conn.executemany(f"DELETE FROM {table} WHERE rowid = ?", [(row,) for row, _ in people_of])  # noqa: S608
    worded = [(row, tokens(people)) for row, people in people_of]
    db.conn.executemany(
        f"INSERT INTO {table} (rowid, tokens) VALUES (?, ?)",  # noqa: S608
        [(row, words) for row, words in worded if words],
    )
