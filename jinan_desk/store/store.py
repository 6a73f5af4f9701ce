"""The store of one office: append-only revisions, and what is derived from them to list, search and count.

Belongs to the thread that opened it. A store has an **incarnation**, a random name made with it that its revisions
carry; a restored store takes a new one (see `origins`), so that numbers given out after the backup are not used twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from jinan_desk.core.identity import compact
from jinan_desk.core.revision import Origin, Revision, recall
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store import origins
from jinan_desk.store.access import AccessTable
from jinan_desk.store.accounts import AccountTable
from jinan_desk.store.acts import ActTable
from jinan_desk.store.archive import (
    Contents,
    history,
    newest,
    read_content,
    read_revision,
    write_contents,
    write_new,
)
from jinan_desk.store.backup import write_backup
from jinan_desk.store.check import check
from jinan_desk.store.columns import SELECT_ROW, CaseRow, read_row
from jinan_desk.store.connection import (
    Database,
    DatabaseError,
    OperationalError,
    disk_full,
    encrypt_with,
    is_of_the_disk,
)
from jinan_desk.store.derived import Written, rebuild, refresh
from jinan_desk.store.destroyed import DestroyedFile, destroyed_in, list_beside_backups
from jinan_desk.store.exchanges import ExchangeTable
from jinan_desk.store.filter import CaseFilter, Sorting, where
from jinan_desk.store.findings import FindingTables, let_wait
from jinan_desk.store.grants import Grant, grants
from jinan_desk.store.incarnation import begin_anew, incarnation_of, lives_of
from jinan_desk.store.keyfile import KeyFile, Opened
from jinan_desk.store.listing import Listing
from jinan_desk.store.mentions import cases_naming
from jinan_desk.store.origins import Fork, Gap, Vector
from jinan_desk.store.parties import Joined, Kind, Party, parties
from jinan_desk.store.places import destroyed_path, witness_path
from jinan_desk.store.prints import PrintTable
from jinan_desk.store.purging import purge
from jinan_desk.store.receive import Received, Tell, nobody, receive
from jinan_desk.store.restore import Comparison, compare_with
from jinan_desk.store.search import get_ready, tidy
from jinan_desk.store.settings import Settings
from jinan_desk.store.tally import Tally, tally
from jinan_desk.store.tokens import ending
from jinan_desk.store.tombstones import Tombstone, all_tombstones, given_out
from jinan_desk.store.witness import Standing, Witness

_LEAST_OF_AN_ID = 6
_BEYOND_HEX = "g"


class Store:
    """An opened store. Use as a context manager, or `close` it.

    `before_change` is called before each transaction that is not inside another one, to save what is there.
    """

    def __init__(
        self, db: Database, key: bytes, directory: Path, held: AbstractContextManager[object], standing: Standing
    ) -> None:
        self.directory = directory
        self.keys = KeyFile(directory, key)
        self.before_change: Callable[[], None] = lambda: None
        self._db = db
        self._held = held
        self._given: tuple[str, int] | None = None
        self._reached: tuple[str, int] | None = None
        self._numbers: dict[tuple[str, int, str], int] = {}
        self._witness = Witness(witness_path(directory))
        self.settings = Settings(db)
        self.findings = FindingTables(db)
        self.prints = PrintTable(db)
        self.acts = ActTable(db)
        self.accounts = AccountTable(db)
        self.access = AccessTable(db)
        self.lists = Listing(db)
        self.exchanges = ExchangeTable(db)
        self._standing = standing

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and give the lock back. Closing twice does nothing."""
        self._db.conn.close()
        self._held.__exit__(None, None, None)

    # Writing --------------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written inside is written as one: all of it, or after an error nothing. An inner one joins it.

        Raises DeskError where the disk is full or cannot be written.
        """
        if self._db.conn.in_transaction:
            yield
            return
        self.before_change()
        try:
            self._db.conn.execute("BEGIN IMMEDIATE")
            yield
            self._db.conn.execute("COMMIT")
            self._bear_witness()
        except BaseException as error:
            self._db.rollback()
            self.settings.forget()
            self.acts.forget()
            if is_of_the_disk(error):
                raise disk_full() from None
            raise
        finally:
            self._given = self._reached = None
            self._numbers = {}

    def _bear_witness(self) -> None:
        """Say beside the store what was given out in the transaction that has just been committed."""
        if self._reached is not None or self._numbers:
            incarnation, sequence = self._reached or (self._standing.incarnation, self._standing.sequence)
            self._standing = Standing(incarnation, sequence, {**self._standing.numbers, **self._numbers})
            self._witness.write(self._standing)

    @property
    def incarnation(self) -> str:
        """The name of this life of the store, which its revisions carry."""
        return incarnation_of(self.settings)

    @property
    def lives(self) -> tuple[str, ...]:
        """The names of its earlier lives."""
        return lives_of(self.settings)

    def next_origin(self, office: str) -> Origin:
        """The next free place in this store's sequence, as that office's; it is taken by appending a revision in the
        same transaction."""
        assert self._db.conn.in_transaction
        incarnation, last = self._given or (self._standing.incarnation, self._standing.sequence)
        self._given = incarnation, last + 1
        return Origin(office, *self._given)

    def next_number(self, office: str, year: int, kind: str) -> int:
        """The next number of that kind, from 1 on, without gaps: it is given back if the transaction fails."""
        assert self._db.conn.in_transaction
        row = self._db.conn.execute(
            """INSERT INTO numbers VALUES (?, ?, ?, 1)
            ON CONFLICT (office, year, kind) DO UPDATE SET last = last + 1 RETURNING last""",
            (office, year, kind),
        ).fetchone()
        self._numbers[office, year, kind] = int(row[0])
        return int(row[0])

    def append(self, revisions: Sequence[Revision], contents: Contents, *, judged: bool = False) -> list[Written]:
        """Add revisions made here, and the contents they rest on, and bring the columns and the search up to date;
        answers the cases of those that are new.

        They then wait to be judged, unless the caller does so in the same transaction (`judged`).

        Those that are there already are left out. Raises ValueError where a parent is missing, a content is not what
        its hash says, or a body is not a case's: these are bugs, what comes from elsewhere goes through `receive`.
        """
        with self.transaction():
            here = {revision.id for revision in revisions}
            if not all(parent in here or self._has(parent) for r in revisions for parent in r.parents):
                raise ValueError("a parent is missing")
            write_contents(self._db, contents)
            fresh = write_new(self._db, revisions)
            self._take(fresh)
            written = list(refresh(self._db, fresh))
            if not judged:
                let_wait(self._db, {revision.case for revision in fresh})
        return written

    def _take(self, revisions: Iterable[Revision]) -> None:
        """Their places in this store's sequence are taken."""
        incarnation, last = self._given or self._reached or (self._standing.incarnation, self._standing.sequence)
        taken = [r.origin.sequence for r in revisions if r.origin.incarnation == incarnation]
        if taken:
            self._given = self._reached = incarnation, max(last, *taken)

    def receive(
        self,
        revisions: Iterable[Revision],
        contents: Contents,
        *,
        at: str = "",
        destroyed: Iterable[Tombstone] = (),
        dry_run: bool = False,
        tell: Tell = nobody,
    ) -> Received:
        """Merge revisions from elsewhere in one transaction; `dry_run` answers the same and changes nothing.

        `at` is the time (UTC), from which on what has to wait waits; `destroyed` is what the sender has purged. `tell`
        hears how far it is.
        """
        try:
            with self.transaction():
                own = frozenset({self.incarnation, *self.lives})
                received = receive(self._db, revisions, contents, own=own, at=at, destroyed=destroyed, tell=tell)
                if received.overtaken:
                    self.renew_incarnation()
                if dry_run:
                    raise _OnlyToSee
        except _OnlyToSee:
            pass
        return received

    def purge(self, cases: Sequence[tuple[str, int]]) -> int:
        """Destroy cases, each with the number of the act that confirms it, see `purging`; answers how many revisions
        are gone. Belongs into a transaction; `scrub` when it is through."""
        self.settings.forget()
        return purge(self._db, cases)

    def scrub(self) -> None:
        """Say beside the store what was destroyed, and leave nothing of it in the log there."""
        DestroyedFile(destroyed_path(self.directory)).write(destroyed_in(self._db).stones, self.keys.key)
        self._empty_log()

    def carry_destroyed(self, folder: Path) -> None:
        """Say in a folder of backups, too, what was destroyed. Raises OSError where it cannot be written."""
        stones = destroyed_in(self._db).stones
        if stones:
            list_beside_backups(folder, self.keys.key).add(stones, self.keys.key)

    def tombstones(self) -> list[Tombstone]:
        """What is left of revisions that were destroyed, here or elsewhere."""
        return all_tombstones(self._db)

    def renew_incarnation(self) -> None:
        """Begin a new life: needed wherever the file is not the one that last gave out numbers."""
        begin_anew(self.settings)
        self._given = self._reached = given_out(self._db)

    # Reading --------------------------------------------------------------------------------------------------------

    def revision(self, identifier: str) -> Revision:
        """The revision of that id. Raises DeskError where there is none."""
        found = read_revision(self._db, identifier)
        if found is None:
            raise DeskError(Sentence(N_("没有编号为 {id} 的记录"), id=identifier[:12]))
        return found

    def history(self, case: str) -> tuple[Revision, ...]:
        """All revisions of the case in the order of arrival, parents before children; none where there is no case."""
        return history(self._db, self._heads(case))

    def histories(self, cases: Collection[str]) -> Mapping[str, Sequence[Revision]]:
        """The same for several cases at once; nothing for a case that is not there."""
        marks = ", ".join("?" * len(cases))
        sql = f'SELECT heads FROM cases WHERE "case" IN ({marks})'  # noqa: S608
        found: dict[str, list[Revision]] = {}
        heads = [head for (some,) in self._db.conn.execute(sql, tuple(cases)) for head in some.split()]
        for revision in history(self._db, heads):
            found.setdefault(revision.case, []).append(revision)
        return found

    def newest(self, cases: Sequence[str]) -> list[Revision]:
        """The newest revision of each of these cases, or the latest of them; nothing for a case that is not there."""
        return newest(self._db, cases)

    def heads(self, case: str) -> tuple[Revision, ...]:
        """The newest revision of the case, or all of them where there is a conflict, the one that counts last."""
        return tuple(map(self.revision, self._heads(case)))

    def _heads(self, case: str) -> list[str]:
        row = self._db.conn.execute('SELECT heads FROM cases WHERE "case" = ?', (case,)).fetchone()
        return row[0].split() if row else []

    def content(self, key: str) -> bytes:
        """The content of that hash. Raises DeskError where there is none."""
        return self.kept(key)[1]

    def kept(self, key: str) -> tuple[str, bytes]:
        """The kind and the content of that hash. Raises DeskError where there is none."""
        found = read_content(self._db, key)
        if found is None:
            raise DeskError(Sentence(N_("缺少附带的名单或认定结果 {key}"), key=key[:12]))
        return found

    def cases(
        self,
        wanted: CaseFilter,
        *,
        sorting: Sorting = Sorting(),  # noqa: B008  (a frozen value)
        after: CaseRow | None = None,
        limit: int = 100,
    ) -> list[CaseRow]:
        """Up to `limit` cases in the order, beginning after the given one (the last of the page before)."""
        return self.lists.page(wanted, sorting, after, limit)

    def count(self, wanted: CaseFilter) -> int:
        return self.lists.count(wanted)

    def counts(self, column: str, wanted: CaseFilter) -> Mapping[str, int]:
        """How many cases there are by stage, programme, outcome, district or who last worked on them (the column)."""
        assert column in {"stage", "programme", "outcome", "district", "updated_by"}
        get_ready(self._db, wanted)
        condition = where(wanted)
        sql = f"SELECT {column}, count(*) FROM cases {condition.sql} GROUP BY {column}"  # noqa: S608
        return dict(self._db.conn.execute(sql, condition.values).fetchall())

    def parties(self, kind: Kind, text: str, joined: Joined) -> Iterator[Party]:
        """Units or people that cases name, each once; see `parties`."""
        return parties(self._db, kind, text, joined)

    def tally(self, first: str = "", last: str = "") -> list[Tally]:
        """Counts and sums of the cases of these days (ISO, both counted; "" for no bound), for reports."""
        return tally(self._db, first, last)

    def grants(self, first: str = "", last: str = "") -> list[Grant]:
        """What was granted on these days (ISO, both counted; "" for no bound), and what of it was paid."""
        return grants(self._db, first, last)

    def cases_naming(self, number: str) -> list[str]:
        """The cases in whose history the ID number stands anywhere, as applicant's or in a roster."""
        return cases_naming(self._db, number)

    def case(self, case: str) -> CaseRow:
        """The case of that id. Raises DeskError where there is none."""
        found = self._some('"case" = ?', (case,))
        if not found:
            raise DeskError(Sentence(N_("没有编号为 {id} 的办件"), id=case[:12]))
        return found[0]

    def cases_of(self, cases: Iterable[str]) -> Iterator[CaseRow]:
        """Those of the cases with these ids that are here, in no order."""
        for case in cases:
            yield from self._some('"case" = ?', (case,))

    def find(self, text: str) -> CaseRow:
        """The one case with this number, end of a number, id, beginning of an id, or check code (the beginning of a
        revision's id, as printed on its paper). Raises DeskError where there is none, or more than one."""
        found = self._some("number = ? AND number <> ''", (text.strip(),))
        sign = compact(text).replace("-", "").lower()
        if not found and len(sign) >= _LEAST_OF_AN_ID:
            beyond = sign + _BEYOND_HEX
            found = self._some('"case" >= ? AND "case" < ?', (sign, beyond)) or self._some(
                '"case" IN (SELECT "case" FROM revisions WHERE id >= ? AND id < ?)', (sign, beyond)
            )
        end = ending(text)
        if not found and end:
            found = self._some("number_end >= ? AND number_end < ? AND number_end <> ''", (end, end + "~"))
        if len(found) == 1:
            return found[0]
        if found:
            raise DeskError(Sentence(N_("“{text}”对应不止一个办件，请写全编号"), text=text.strip()))
        raise DeskError(Sentence(N_("找不到“{text}”对应的办件"), text=text.strip()))

    def _some(self, condition: str, values: tuple[str, ...]) -> list[CaseRow]:
        """At most two cases of the condition: enough to know whether there is one."""
        sql = f"SELECT {SELECT_ROW} FROM cases WHERE {condition} LIMIT 2"  # noqa: S608
        return [read_row(row) for row in self._db.conn.execute(sql, values)]

    def _has(self, identifier: str) -> bool:
        sql = "SELECT 1 FROM revisions WHERE id = ?"
        return self._db.conn.execute(sql, (identifier,)).fetchone() is not None

    # Exchange and care ----------------------------------------------------------------------------------------------

    def gaps(self) -> tuple[Gap, ...]:
        """What is missing before what is here or waits."""
        return origins.gaps(self._db)

    def forks(self) -> tuple[Fork, ...]:
        """Numbers that stand for several revisions."""
        return origins.forks(self._db)

    def vector(self) -> Vector:
        """By (office, incarnation): the highest sequence up to which everything is here."""
        return origins.vector(self._db)

    def revisions_since(self, vector: Vector) -> Iterator[Revision]:
        """Every revision beyond the vector, parents before children. Nothing may be written meanwhile."""
        for place in origins.places_since(self._db, vector):
            encoded = self._db.conn.execute("SELECT encoded FROM revisions WHERE place = ?", (place,)).fetchone()[0]
            yield recall(encoded)

    def tidy(self) -> None:
        """Do what saves have left for a quiet moment, where it is worth it: write words and claims that wait, take the
        log into the database file. Where the disk does not take it, whoever saves next is told."""
        with suppress(DeskError):
            tidy(self._db)

    def rebuild(self) -> None:
        """Make the columns, the people and the search anew from the revisions, in one transaction."""
        with self.transaction():
            rebuild(self._db)

    def check(self) -> list[Sentence]:
        """What is wrong with the store, in sentences; empty where it is whole and everything derived agrees."""
        return check(self._db, self.incarnation)

    def repair(self) -> tuple[list[Sentence], list[Sentence]]:
        """Make anew what is derived, where something is wrong; answers what was mended and what was not."""
        wrong = self.check()
        if not wrong:
            return [], []
        try:
            self.rebuild()
        except DatabaseError:
            return [], wrong
        left = self.check()
        return [sentence for sentence in wrong if sentence not in left], left

    def compare(self, opened: Opened, backup: Path) -> Comparison:
        """What putting the backup in the place of this store would come to. Changes nothing. Raises DeskError where the
        backup is not sound, or for none of the keys that were opened."""
        return compare_with(self._db, self.keys.key, self.directory, opened, backup)

    def backup(self, path: Path) -> None:
        """Write a copy that has been reopened, checked and counted. Raises DeskError where that fails."""
        write_backup(self._db, path, self.keys.key)

    def rekey(self) -> None:
        """Encrypt everything with a new data key, sealed to everybody in the key ring. Raises DeskError where the disk
        does not take it; then the old one holds.

        Wherever this is interrupted, the key file holds the key to which the store answers.
        """
        assert not self._db.conn.in_transaction
        old, fresh = self.keys.key, self.keys.next_key()
        try:
            encrypt_with(self._db, fresh, before=old)
        except DatabaseError as error:
            self.keys.settle(1, old)
            if is_of_the_disk(error):
                raise disk_full() from None
            raise
        self.keys.settle(0, fresh)
        self._empty_log()  # no page under the old key is left in the file

    def _empty_log(self) -> None:
        """Write back what stands in the log beside the store. Where the disk does not take it, closing the store does
        the same, and what has been kept is kept."""
        with suppress(OperationalError):
            self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _OnlyToSee(Exception):  # noqa: N818  (takes a dry run's transaction back)
    pass
