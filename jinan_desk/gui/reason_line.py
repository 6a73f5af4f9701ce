"""Why the case in the editor stands where it does: what is to be mended, or why nothing comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from jinan_desk.core.dates import local_time
from jinan_desk.core.revision import Revision
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.services.course import still_to_be_known, told_of

_MOST = 160
"""Characters of a line; the whole of it stands in the tooltip, and beside the form in the course of the case."""


class ReasonLine(EvenLabel):
    """Above the form; gone where there is nothing that has to be known."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._say = context.say
        set_role(self, "reason")
        self.show_history(())

    def show_history(self, history: Sequence[Revision]) -> None:
        """Show what has to be known of a case with these revisions, oldest first."""
        told = [self._say.read(told_of(one, local_time(one.at)[:10])) for one in still_to_be_known(history)]
        self.setText("\n".join(text if len(text) <= _MOST else f"{text[:_MOST]}…" for text in told))
        self.setToolTip("\n".join(told) if self.text() != "\n".join(told) else "")
        self.setVisible(bool(told))
