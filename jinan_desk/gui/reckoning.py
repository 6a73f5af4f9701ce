"""The live answer to a draft: reckoned on a thread of its own, a moment after the last key.

An answer to what has changed since is dropped.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.determine import Recent
from jinan_desk.gui.answer import Answer, live
from jinan_desk.gui.context import Context
from jinan_desk.gui.draft import Draft
from jinan_desk.services import entry
from jinan_desk.services.entry import Answered

_PAUSE = 15
_LONGEST_PAUSE = 300
"""Milliseconds after a key before an answer is reckoned: a burst of keys is answered once. As long as the last answer
took, so that one to thousands of rows is reckoned between two words and not between two keys."""


class Reckoning(QObject):
    """Answers one draft by the office's parameters, for as long as it may be changed."""

    answered = Signal(object, object)
    """What was typed as far as it could be read (`Answered`), and the answer (`Answer`), None where there is none."""

    def __init__(self, draft: Draft, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self._context = context
        self._parameters = ParameterSet()
        self._recent = Recent()
        self._asked = 0
        self._last: Answered | None = None
        self._resting = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._reckon)
        draft.changed.connect(self._begin)
        draft.loading.connect(lambda: self.rest(True))
        context.bus.parameters_changed.connect(self._renew)

    @property
    def waiting(self) -> bool:
        """Whether something typed is still to be answered."""
        return self._pause.isActive()

    def rest(self, resting: bool) -> None:
        """Answer nothing any more, since what cannot be changed has its stored answer; or begin again."""
        if resting == self._resting:
            return
        self._resting = resting
        self._asked += 1
        self._last = None
        if not resting:
            self._renew()

    def now(self) -> Answered:
        """The draft read as it stands, without an answer being shown."""
        if self._last is not None and self._last.entry == self._draft.entry:
            return self._last
        return entry.answer(self._draft.entry, self._parameters)

    def _renew(self) -> None:
        """Answer by the parameters as they are now."""
        if not self._resting:
            self._context.store.ask(self._context.desk.parameters, self._take_parameters, owner=self)

    def _take_parameters(self, parameters: ParameterSet) -> None:
        self._parameters = parameters
        self._begin()

    def _begin(self) -> None:
        if not self._resting:
            self._asked += 1
            self._pause.start()

    def _reckon(self) -> None:
        if self._resting:
            return
        asked, typed, parameters, say = self._asked, self._draft.entry, self._parameters, self._context.say

        def reckon() -> tuple[Answered, Answer | None, float]:
            start = perf_counter()
            answered = entry.answer(typed, parameters, self._recent)
            answer = live(answered.determination, say) if answered.determination is not None else None
            return answered, answer, perf_counter() - start

        def show(reckoned: tuple[Answered, Answer | None, float]) -> None:
            answered, answer, took = reckoned
            self._pause.setInterval(max(_PAUSE, min(_LONGEST_PAUSE, int(took * 1000))))
            if asked == self._asked:
                self._last = answered
                self.answered.emit(answered, answer)

        self._context.reckoner.ask(reckon, show, owner=self)
