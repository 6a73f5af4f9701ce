"""What every part of the window is handed: services, words, looks, the two workers and the bus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.look import Look
from jinan_desk.gui.task import Worker
from jinan_desk.gui.words import Words
from jinan_desk.services.desk import Desk

Errand = Callable[[], Sequence[Sentence]]
"""Something done while the desk is closed; answers what there is to say of it. Raises DeskError."""


class Level(StrEnum):
    """What kind of message a message is."""

    GOOD = "good"
    INFO = "info"
    BAD = "bad"


class Bus(QObject):
    """What parts of the window tell each other without knowing each other."""

    said = Signal(str, str)
    """A message for the person at the desk: its text and its `Level`."""
    hinted = Signal(str)
    """What is to be known about the field that has the focus; empty for nothing."""
    moved_on = Signal()
    """What was refused has been mended, or somebody has gone elsewhere: the refusal may go."""
    cases_changed = Signal()
    """Cases were entered, changed, moved or merged."""
    drafts_changed = Signal()
    """A draft was put aside for later, or taken up again."""
    case_wanted = Signal(str)
    """Open this case in its article's tab."""
    case_left = Signal(str)
    """Somebody is done looking at this case, "" for one that is not stored, and goes back to where it was listed."""
    conflict_wanted = Signal(str)
    """Show the sides of this case in conflict; empty for the first there is."""
    page_wanted = Signal(str)
    """Show the page of this key."""
    cases_wanted = Signal(object)
    """Show the cases that fit this `CaseFilter`."""
    entry_wanted = Signal(object)
    """Begin a new case with what this `Entry` holds."""
    parameters_changed = Signal()
    """A parameter value was proposed, confirmed or withdrawn."""
    parameter_wanted = Signal(str)
    """Show this parameter; "" for the first value that waits to be confirmed."""
    lock_wanted = Signal()
    """Cover the window until somebody says who they are."""
    locking = Signal()
    """The window is about to be covered: what is being typed is to be kept."""
    lock_after_changed = Signal(int)
    """After how many minutes without a key the window is to lock itself from now on."""
    help_wanted = Signal(str)
    """Open this chapter of the manual."""
    tour_wanted = Signal()
    """Show the tour of the window."""
    handler_changed = Signal()
    """Another person sits at the desk."""


@dataclass
class Context:
    """`desk.cases`, `desk.notices`, `desk.packages` and `desk.check` are called on the thread of `store` only; the
    desk's other values never change and may be read anywhere. The desk itself is another one as soon as another person
    sits down: ask for it when it is needed, and keep none."""

    desk: Desk
    say: Words
    look: Look
    bus: Bus
    store: Worker
    reckoner: Worker
    open_again: Callable[[Errand], None]
    """Close the window and the desk, carry the errand out, and open both again."""

    def seat(self, desk: Desk) -> None:
        """From now on everything is done at this desk."""
        self.desk = desk
        self.bus.handler_changed.emit()

    def tell(self, text: str, level: Level = Level.INFO) -> None:
        """Show a message; it goes away by itself or when the next one comes."""
        self.bus.said.emit(text, level)

    def refuse(self, error: DeskError) -> None:
        """Show what a person can mend."""
        self.tell(error.read(self.say.translate), Level.BAD)
