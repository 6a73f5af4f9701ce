"""政策找人: a unit, a person, or a list of them, and what every programme is to each."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.match_book import MatchBook
from jinan_desk.gui.match_one import MatchOne
from jinan_desk.gui.switched import SwitchedViews


class MatchingPage(SwitchedViews):
    """Three ways of asking, one at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            (
                (N_("一个单位"), lambda: MatchOne(Applicant.UNIT, context)),
                (N_("一个人"), lambda: MatchOne(Applicant.PERSON, context)),
                (N_("一份名单（Excel）"), lambda: MatchBook(context)),
            ),
            context.say,
        )

    def start_search(self) -> None:
        """Put the cursor into the search box, where there is one."""
        if isinstance(self.shown, MatchOne):
            self.shown.search.setFocus()
            self.shown.search.selectAll()
