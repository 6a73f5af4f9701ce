"""The store: revisions in an encrypted SQLite file, their query columns and search. SQL is known nowhere else."""

from jinan_desk.store.access import AccessFilter, AccessRow
from jinan_desk.store.accounts import AccountRow
from jinan_desk.store.acts import Act
from jinan_desk.store.archive import Contents
from jinan_desk.store.columns import CaseRow
from jinan_desk.store.derived import Written
from jinan_desk.store.exchanges import REWOUND, Exchange
from jinan_desk.store.filter import CaseFilter, Order, Sorting
from jinan_desk.store.findings import FindingRow, Ground, LastJudged
from jinan_desk.store.grants import Grant
from jinan_desk.store.keyfile import Opened, data_key
from jinan_desk.store.listing import Total
from jinan_desk.store.opening import open_store
from jinan_desk.store.origins import Fork, Gap, Vector
from jinan_desk.store.parties import Joined, Kind, Party
from jinan_desk.store.prints import Print
from jinan_desk.store.purging import CONFIRMED as PURGE_CONFIRMED
from jinan_desk.store.purging import PROPOSED as PURGE_PROPOSED
from jinan_desk.store.purging import WITHDRAWN as PURGE_WITHDRAWN
from jinan_desk.store.receive import Received, Tell
from jinan_desk.store.settings import DRAFTS
from jinan_desk.store.store import Store
from jinan_desk.store.tally import Tally
from jinan_desk.store.tombstones import Tombstone

__all__ = [
    "DRAFTS",
    "PURGE_CONFIRMED",
    "PURGE_PROPOSED",
    "PURGE_WITHDRAWN",
    "REWOUND",
    "AccessFilter",
    "AccessRow",
    "AccountRow",
    "Act",
    "CaseFilter",
    "CaseRow",
    "Contents",
    "Exchange",
    "FindingRow",
    "Fork",
    "Gap",
    "Grant",
    "Ground",
    "Joined",
    "Kind",
    "LastJudged",
    "Opened",
    "Order",
    "Party",
    "Print",
    "Received",
    "Sorting",
    "Store",
    "Tally",
    "Tell",
    "Tombstone",
    "Total",
    "Vector",
    "Written",
    "data_key",
    "open_store",
]
