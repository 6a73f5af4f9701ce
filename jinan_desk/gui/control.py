"""The control for a field, by its kind. All speak the same language: a typed text in, a typed text out.

Enter goes to the next field in all of them, and none undoes by itself: undo belongs to the draft.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Day, DistrictCode, Flag
from jinan_desk.gui.choice_control import ChoiceControl
from jinan_desk.gui.day_control import DayControl
from jinan_desk.gui.flag_control import FlagControl
from jinan_desk.gui.line_control import LineControl, PrivateControl
from jinan_desk.gui.look import Look
from jinan_desk.gui.words import Words

Control = LineControl | FlagControl | ChoiceControl


def make_control(field: Field, say: Words, look: Look) -> Control:
    """The control for the field's kind."""
    if isinstance(field.kind, Flag):
        return FlagControl(say)
    if isinstance(field.kind, Choice):
        return ChoiceControl([label for _, label in field.kind.words], say)
    if isinstance(field.kind, DistrictCode):
        return ChoiceControl([district.name for district in DISTRICTS.values()], say)
    if isinstance(field.kind, Day):
        return DayControl(field, say, look)
    return PrivateControl(field, say, look) if field.is_masked else LineControl(field, say)


def set_role(widget: QWidget, role: str) -> None:
    """Name what a widget is for the style sheet, before it is shown."""
    widget.setProperty("role", role)
