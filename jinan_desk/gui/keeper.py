"""What is typed in an editor keeps itself: as a draft in the store, a moment after a key, until it is saved.

One keeper an editor. What is kept when is for `services.drafts`; here is only when it is asked to.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.draft import Draft
from jinan_desk.services.drafts import Drafts

_PATIENCE = 800
"""Milliseconds from the first key on that is not kept yet: somebody who goes on typing is kept meanwhile, too."""


class Keeper(QObject):
    """Keeps one draft. Every entry that is begun has a place of its own, so that none takes that of an older one."""

    kept = Signal()
    """What stood in the draft a moment ago outlives the program from now on."""
    unkept = Signal()
    """It could not be kept."""

    def __init__(self, draft: Draft, case: Callable[[], str], context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self._case = case
        self._context = context
        self._drafts: Drafts | None = None
        self.place = ""
        self._kept = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._wait.timeout.connect(self.keep)
        draft.changed.connect(self._begin_waiting)
        draft.stack.cleanChanged.connect(lambda clean: self._drop() if clean else self._begin_waiting())

    @property
    def needed(self) -> bool:
        """Whether anything was typed that is not saved."""
        return not self._draft.stack.isClean()

    @property
    def is_kept(self) -> bool:
        """Whether all that stands there now, or a little less, is kept."""
        return self._kept

    def adopt(self, place: str) -> None:
        """What is in the draft now came from this place, and is kept there from now on."""
        self._drafts, self.place = self._context.desk.drafts, place
        if not self.needed:
            self._drop()

    def keep(self) -> None:
        """Keep what stands there, if anything does that is not saved."""
        if self.needed:
            self._context.store.ask(self._work(), self._told, owner=self, failed=self._failed)

    def keep_now(self) -> None:
        """The same, and wait for it: where the window is about to go. Raises DeskError where it cannot be kept."""
        if self.needed:
            self._context.store.wait(self._work())

    def set_aside(self, then: Callable[[], None]) -> None:
        """Keep what stands there as a draft for later, that nobody works on any more, and then go on to something else.
        Where it cannot be kept it stays, and nothing else happens."""
        work, left = self._work(), self._draft.entry

        def leave(result: None) -> None:  # noqa: ARG001
            if self._draft.entry != left:  # somebody went on typing meanwhile
                self.set_aside(then)
                return
            self._drafts, self.place, self._kept = None, "", False
            then()
            self._context.bus.drafts_changed.emit()

        self._context.store.ask(work, leave, owner=self, failed=self._failed)

    def _work(self) -> Callable[[], None]:
        self._wait.stop()
        if self._drafts is None:  # whoever began typing it finds it again, whoever sits there later
            self.adopt(uuid4().hex)
        drafts, place, entry, case = self._drafts, self.place, self._draft.entry, self._case()
        assert drafts is not None
        return lambda: drafts.keep(place, entry, case=case)

    def _told(self, result: None) -> None:  # noqa: ARG002
        self._kept = self.needed
        self.kept.emit()

    def _begin_waiting(self) -> None:
        if self.needed and not self._wait.isActive():
            self._wait.start()

    def _drop(self) -> None:
        self._wait.stop()
        self._kept = False
        drafts, place = self._drafts, self.place
        self._drafts, self.place = None, ""
        if drafts is not None:
            self._context.store.ask(lambda: drafts.drop(place), lambda result: None, owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.unkept.emit()
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)
