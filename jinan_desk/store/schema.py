"""The tables, as a list of migrations to which later versions append. A migration that was published is never edited.

An index costs every save a page to encrypt and write; those here are the ones that lists cannot do without.

What is kept: revisions, contents, settings, numbers, waiting, prints, acts, accounts, access, exchanges, tombstones.
What is derived from them and can be made again at any time: cases, people, unindexed, the search tables, and the tables
of findings. Revisions, contents, prints, acts, exchanges, tombstones and the access log refuse to be changed or
deleted, but for the revisions of a case whose destruction two people have agreed to.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from jinan_desk.store.connection import Database
from jinan_desk.store.tokens import tokens

# sqlite-utils can be imported only after `connection` has registered the library below it.
from sqlite_utils.migrations import Migrations  # isort: skip



def m0001_revisions(db: Database) -> None:
    """Revisions with their contents, and what is derived from them."""
    for statement in _FIRST:
        db.execute(statement)


def _never_changed(table: str) -> tuple[str, ...]:
    """Triggers that let rows only be added."""
    return tuple(
        f"""CREATE TRIGGER {table}_refuse_{action} BEFORE {action} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"""
        for action in ("UPDATE", "DELETE")
    )


_FIRST = (
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # `place` is the order of arrival: parents come before their children.
    """CREATE TABLE revisions (
        place INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        "case" TEXT NOT NULL,
        office TEXT NOT NULL,
        incarnation TEXT NOT NULL,
        sequence INTEGER NOT NULL CHECK (sequence > 0),
        at TEXT NOT NULL,
        encoded BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX revisions_origin ON revisions (incarnation, sequence, office)",
    """CREATE TABLE contents (
        hash TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        packed INTEGER NOT NULL CHECK (packed IN (0, 1)),
        data BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    *_never_changed("revisions"),
    *_never_changed("contents"),
    "CREATE TABLE waiting (id TEXT PRIMARY KEY, encoded BLOB NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE numbers (
        office TEXT NOT NULL, year INTEGER NOT NULL, kind TEXT NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (office, year, kind)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cases (
        row INTEGER PRIMARY KEY,
        "case" TEXT NOT NULL UNIQUE,
        number TEXT NOT NULL,
        number_end TEXT NOT NULL,
        programme TEXT NOT NULL,
        article INTEGER NOT NULL,
        stage TEXT NOT NULL,
        outcome TEXT NOT NULL,
        amount INTEGER,
        applicant TEXT NOT NULL,
        id_number TEXT NOT NULL,
        credit_code TEXT NOT NULL,
        district TEXT NOT NULL,
        "on" TEXT NOT NULL,
        received_on TEXT NOT NULL,
        stage_since TEXT NOT NULL,
        due_on TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        updated_by TEXT NOT NULL,
        office TEXT NOT NULL,
        roster TEXT NOT NULL,
        head TEXT NOT NULL,
        heads TEXT NOT NULL,
        conflict INTEGER NOT NULL CHECK (conflict IN (0, 1))
    ) STRICT""",
    'CREATE INDEX cases_updated ON cases (updated_at, "case")',
    "CREATE INDEX cases_article ON cases (article, stage, programme)",
    "CREATE INDEX cases_due ON cases (due_on) WHERE due_on <> ''",
    "CREATE INDEX cases_number ON cases (number) WHERE number <> ''",
    "CREATE INDEX cases_number_end ON cases (number_end) WHERE number_end <> ''",
    "CREATE INDEX cases_conflict ON cases (row) WHERE conflict",
    """CREATE TABLE people (
        row INTEGER NOT NULL REFERENCES cases (row),
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        id_number TEXT NOT NULL,
        PRIMARY KEY (row, place)
    ) STRICT, WITHOUT ROWID""",
    # Two tables, so that a change of the one need not write the other. What the tokens are: see `tokens`.
    *(
        f"CREATE VIRTUAL TABLE {table} USING fts5 (tokens, tokenize='ascii', columnsize=0)"
        for table in ("applicant_search", "roster_search")
    ),
)


def m0002_findings(db: Database) -> None:
    """What is derived from cases to find those that meet; see `findings`. Whoever changes what a programme claims adds
    a migration that lets its cases wait again."""
    for statement in _FINDINGS:
        db.execute(statement)


_FINDINGS = (
    "CREATE TABLE unjudged (row INTEGER PRIMARY KEY) STRICT",
    "CREATE TABLE judged (row INTEGER PRIMARY KEY, sign TEXT NOT NULL, keys TEXT NOT NULL) STRICT",
    """CREATE TABLE claims (
        key TEXT NOT NULL, row INTEGER NOT NULL, place INTEGER NOT NULL, claim TEXT NOT NULL,
        PRIMARY KEY (key, row, place)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE findings (
        id TEXT PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, "case" TEXT NOT NULL, other TEXT NOT NULL,
        told TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX findings_key ON findings (key)",
    'CREATE INDEX findings_case ON findings ("case")',
    "CREATE INDEX findings_other ON findings (other) WHERE other <> ''",
    """CREATE TABLE clearances (
        finding TEXT NOT NULL, row INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (finding, row)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX clearances_row ON clearances (row)",
    "CREATE TABLE marks (mark TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (mark, row)) STRICT, WITHOUT ROWID",
    "CREATE INDEX marks_row ON marks (row)",
    "INSERT INTO unjudged SELECT row FROM cases",
)


def m0003_prints(db: Database) -> None:
    """What was printed, see `prints`."""
    for statement in _PRINTS:
        db.execute(statement)


_PRINTS = (
    """CREATE TABLE prints (
        place INTEGER PRIMARY KEY,
        "case" TEXT NOT NULL,
        revision TEXT NOT NULL,
        form TEXT NOT NULL,
        number TEXT NOT NULL,
        code TEXT NOT NULL,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        medium TEXT NOT NULL
    ) STRICT""",
    'CREATE INDEX prints_case ON prints ("case")',
    "CREATE INDEX prints_code ON prints (code)",
    *_never_changed("prints"),
)


def m0004_holder(db: Database) -> None:
    """Which office holds a case; "" in all that there are, since none has been passed on yet."""
    for statement in _HOLDER:
        db.execute(statement)


_HOLDER = (
    "ALTER TABLE cases ADD COLUMN holder TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX cases_holder ON cases (holder) WHERE holder <> ''",
)


def m0005_acts(db: Database) -> None:
    """What the office lays down for itself, see `acts`. Values that were entered before are in force as they were."""
    for statement in _ACTS:
        db.execute(statement)


_ACTS = (
    """CREATE TABLE acts (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        about INTEGER NOT NULL,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        entry TEXT NOT NULL
    ) STRICT""",
    """INSERT INTO acts (kind, about, at, account, entry)
    SELECT 'value_proposed', 0, '', '', entered.value
    FROM settings, json_each(settings.value) AS entered WHERE settings.key = 'parameters' ORDER BY entered.key""",
    """INSERT INTO acts (kind, about, at, account, entry)
    SELECT 'value_confirmed', number, '', '', '{}' FROM acts ORDER BY number""",
    "DELETE FROM settings WHERE key = 'parameters'",
    *_never_changed("acts"),
)


def m0006_lists(db: Database) -> None:
    """One index that holds everything small by which lists narrow, sort and sum, in the place of three.

    A list of a million cases is then a look at a quarter of the pages, and a save touches fewer.
    """
    for statement in _LISTS:
        db.execute(statement)


_LISTS = (
    "DROP INDEX cases_updated",
    "DROP INDEX cases_article",
    "DROP INDEX cases_due",
    """CREATE INDEX cases_list ON cases (
        updated_at, programme, article, stage, outcome, amount, district, "on", received_on, due_on, updated_by,
        holder, conflict
    )""",
)


def m0007_accounts(db: Database) -> None:
    """Who may do what, see `accounts`, and who did what that leaves no revision, see `access`."""
    for statement in _ACCOUNTS:
        db.execute(statement)


_ACCOUNTS = (
    """CREATE TABLE accounts (
        name TEXT PRIMARY KEY,
        roles TEXT NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1)),
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE access (
        place INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL
    ) STRICT""",
    *_never_changed("access"),
)


def m0008_exchange(db: Database) -> None:
    """What was exchanged with other offices, see `exchanges`; of revisions that wait, where they come from and since
    when they are here (UTC, "" for those that waited before this was kept)."""
    for statement in _EXCHANGE:
        db.execute(statement)


_EXCHANGE = (
    """CREATE TABLE exchanges (
        place INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        kind TEXT NOT NULL,
        partner TEXT NOT NULL,
        package TEXT NOT NULL,
        told TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX exchanges_package ON exchanges (package)",
    *_never_changed("exchanges"),
    "ALTER TABLE waiting RENAME TO waiting_before",
    """CREATE TABLE waiting (
        id TEXT PRIMARY KEY,
        office TEXT NOT NULL,
        incarnation TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        since TEXT NOT NULL,
        encoded BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO waiting SELECT id, text ->> 'office', text ->> 'incarnation', text ->> 'sequence', '', encoded
        FROM (SELECT id, encoded, CAST(encoded AS TEXT) AS text FROM waiting_before)""",
    "DROP TABLE waiting_before",
)


def m0009_grants(db: Database) -> None:
    """The days on which cases were granted and paid; see `core.grant` for those that earlier versions wrote."""
    for statement in _GRANTS:
        db.execute(statement)


_GRANTS = (
    "ALTER TABLE cases ADD COLUMN granted_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN paid_on TEXT NOT NULL DEFAULT ''",
    """UPDATE cases SET granted_on = stage_since WHERE outcome = 'eligible'
    AND stage IN ('approved', 'funding', 'paid', 'reopened', 'recovery', 'archived')""",
    """UPDATE cases SET paid_on = stage_since WHERE outcome = 'eligible'
    AND stage IN ('paid', 'recovery', 'archived')""",
    """CREATE INDEX cases_granted ON cases (granted_on, programme, stage, paid_on, amount)
    WHERE granted_on <> ''""",
)


def m0010_initials(db: Database) -> None:
    """Names are found by initials, too: the words of all that there are, made anew."""
    for table, people in (("applicant_search", _APPLICANTS), ("roster_search", _ROSTERS)):
        db.execute(f"DELETE FROM {table}")  # noqa: S608
        rows = groupby(db.execute(people), key=itemgetter(0))
        words = ((row, tokens((name, number) for _, name, number in some)) for row, some in rows)
        insert = f"INSERT INTO {table} (rowid, tokens) VALUES (?, ?)"  # noqa: S608
        db.conn.executemany(insert, ((row, told) for row, told in words if told))


_APPLICANTS = "SELECT row, applicant, CASE id_number WHEN '' THEN credit_code ELSE id_number END FROM cases"
_ROSTERS = "SELECT row, name, id_number FROM people ORDER BY row, place"


def m0011_purging(db: Database) -> None:
    """Revisions of a case, and what only they rest on, may go once its destruction was proposed by one person and
    confirmed by another; see `purging` and `tombstones`."""
    for statement in _PURGING:
        db.execute(statement)


def _two_people(condition: str) -> str:
    """Whether two different people have agreed to a destruction for which the condition holds."""
    return f"""EXISTS (
        SELECT 1 FROM acts AS agreed JOIN acts AS asked ON asked.number = agreed.about
        WHERE agreed.kind = 'purge_confirmed' AND asked.kind = 'purge_proposed' AND asked.account <> agreed.account
        AND {condition}
    )"""  # noqa: S608


_PURGING = (
    """CREATE TABLE tombstones (
        id TEXT PRIMARY KEY,
        "case" TEXT NOT NULL,
        office TEXT NOT NULL,
        incarnation TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        at TEXT NOT NULL,
        own INTEGER NOT NULL CHECK (own IN (0, 1))
    ) STRICT, WITHOUT ROWID""",
    *_never_changed("tombstones"),
    # Filled and emptied within one transaction: the contents that may go, each with the act by which they do.
    "CREATE TABLE purging (hash TEXT PRIMARY KEY, act INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    f"""CREATE TRIGGER purging_by_two BEFORE INSERT ON purging WHEN NOT {_two_people("agreed.number = NEW.act")}
    BEGIN SELECT RAISE(ABORT, 'nobody has confirmed it'); END""",
    "DROP TRIGGER revisions_refuse_DELETE",
    f"""CREATE TRIGGER revisions_refuse_DELETE BEFORE DELETE ON revisions
    WHEN NOT {_two_people("asked.entry ->> '$.case' = OLD.[case]")}
    BEGIN SELECT RAISE(ABORT, 'revisions are never changed'); END""",
    "DROP TRIGGER contents_refuse_DELETE",
    """CREATE TRIGGER contents_refuse_DELETE BEFORE DELETE ON contents
    WHEN NOT EXISTS (SELECT 1 FROM purging WHERE hash = OLD.hash)
    BEGIN SELECT RAISE(ABORT, 'contents are never changed'); END""",
)


def m0012_orders(db: Database) -> None:
    """The orders by name and by number, and what there is to do by programme and stage, each from an index of its own.

    They are touched when a case is entered, numbered or moved on, and by no save besides.
    """
    for statement in _ORDERS:
        db.execute(statement)


_ORDERS = (
    "DROP INDEX cases_number",
    "CREATE INDEX cases_number ON cases (number)",
    "CREATE INDEX cases_applicant ON cases (applicant)",
    "CREATE INDEX cases_work ON cases (programme, stage, due_on, holder)",
)


def m0013_given(db: Database) -> None:
    """Whose password is one that an administrator gave; nobody's of those that there are."""
    for statement in _GIVEN:
        db.execute(statement)


_GIVEN = ("ALTER TABLE accounts ADD COLUMN given INTEGER NOT NULL DEFAULT 0 CHECK (given IN (0, 1))",)


def m0014_search(db: Database) -> None:
    """The words of new cases wait for whoever searches first, see `search`; and the numbers of what was destroyed are
    looked up at every save."""
    for statement in _SEARCH:
        db.execute(statement)


_SEARCH = (
    "CREATE TABLE unindexed (row INTEGER PRIMARY KEY) STRICT",
    "CREATE INDEX tombstones_origin ON tombstones (incarnation, sequence)",
)

def m0015_claims(db: Database) -> None:
    """The claims of a case that is saved by itself, and the sign of them, wait with its words, see `claims`."""
    for statement in _CLAIMS:
        db.execute(statement)


_CLAIMS = (
    "ALTER TABLE unindexed ADD COLUMN sign TEXT",
    "ALTER TABLE unindexed ADD COLUMN claims TEXT",
)


def m0016_retirement(db: Database) -> None:
    """The claims of article 10 tell when the person retires: its cases wait to be judged again."""
    db.execute("INSERT OR IGNORE INTO unjudged SELECT row FROM cases WHERE programme IN ('10A', '10B', '10C', '10D')")


MIGRATIONS = (
    m0001_revisions,
    m0002_findings,
    m0003_prints,
    m0004_holder,
    m0005_acts,
    m0006_lists,
    m0007_accounts,
    m0008_exchange,
    m0009_grants,
    m0010_initials,
    m0011_purging,
    m0012_orders,
    m0013_given,
    m0014_search,
    m0015_claims,
    m0016_retirement,
)
"""In order. A store in which one is recorded that is not here was written by a newer version."""

migrations = Migrations("jinan_desk")
for _migration in MIGRATIONS:
    migrations()(_migration)


def is_newer(db: Database) -> bool:
    """Whether a newer version wrote the store."""
    applied = {migration.name for migration in migrations.applied(db)}
    return bool(applied - {migration.__name__ for migration in MIGRATIONS})
