"""What was exchanged with other offices: append-only, so that afterwards one can see who sent, merged, enrolled,
withdrew a partner or switched a password off, and why. No personal data: digests, fingerprints, counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.revision import canonical
from jinan_desk.store.connection import Database

REWOUND = "rewound"
"""The kind of event that the store adds itself: it found that it had been put back; `told` says what was lost."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One event. `at` is UTC, `kind` a word of the services, `partner` a fingerprint and `package` a digest ("" where
    there is none), `told` JSON without floats."""

    at: str
    account: str
    kind: str
    partner: str
    package: str
    told: Mapping[str, Any]


class ExchangeTable:
    """Adding to it and reading it; adding belongs into a transaction of the store."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, exchange: Exchange) -> None:
        """Add one. It can never be changed."""
        e = exchange
        self._db.conn.execute(
            "INSERT INTO exchanges (at, account, kind, partner, package, told) VALUES (?, ?, ?, ?, ?, ?)",
            (e.at, e.account, e.kind, e.partner, e.package, canonical(e.told).decode()),
        )

    def all(self, *, kind: str = "", package: str = "", limit: int = 500) -> list[Exchange]:
        """The newest first; of one kind, or about the packages whose digests begin so, where that is asked for."""
        rows = self._db.conn.execute(
            """SELECT at, account, kind, partner, package, told FROM exchanges
            WHERE (? = '' OR kind = ?) AND substr(package, 1, length(?)) = ? ORDER BY place DESC LIMIT ?""",
            (kind, kind, package, package, limit),
        )
        return [
            Exchange(at, account, kind, partner, package, json.loads(told))
            for at, account, kind, partner, package, told in rows
        ]

    def last(self) -> Mapping[str, str]:
        """By partner when anything was last exchanged with it."""
        sql = "SELECT partner, max(at) FROM exchanges WHERE partner <> '' GROUP BY partner"
        return dict(self._db.conn.execute(sql).fetchall())
