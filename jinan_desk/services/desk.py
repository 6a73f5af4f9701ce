"""A desk: the services of one opened store, as the window and the command line are handed them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jinan_desk.core.text import Sentence, Translate
from jinan_desk.services.cases import Cases
from jinan_desk.services.notices import Notices
from jinan_desk.services.office import Office
from jinan_desk.services.packages import Packages
from jinan_desk.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """One office's services. `account` is who sits at the desk, `today` its clock."""

    store: Store
    office: Office
    account: str
    translate: Translate
    today: Callable[[], date]
    cases: Cases
    notices: Notices
    packages: Packages

    def check(self) -> list[Sentence]:
        """What is wrong with the store, in sentences; empty where columns and revisions agree."""
        return self.store.check()
