"""Which cases name a person anywhere in their history: what search, which knows newest versions alone, cannot answer.

Reads every revision and every roster once; asked for rarely, when somebody wants to know what is kept about them.
"""

from __future__ import annotations

from jinan_desk.core.revision import canonical
from jinan_desk.store.archive import unpack
from jinan_desk.store.connection import Database


def cases_naming(db: Database, number: str) -> list[str]:
    """The cases in any of whose revisions, or the rosters of any, the number stands as a value; in no order."""
    sign = canonical(number)
    rosters = {
        key
        for key, packed, data in db.conn.execute("SELECT hash, packed, data FROM contents WHERE kind = 'roster'")
        if sign in unpack(packed, data)
    }
    found = set()
    for case, roster, named in db.conn.execute(
        """SELECT "case", CAST(encoded AS TEXT) ->> '$.body.roster', instr(CAST(encoded AS TEXT), ?) FROM revisions""",
        (sign.decode(),),
    ):
        if named or roster in rosters:
            found.add(case)
    return sorted(found)
