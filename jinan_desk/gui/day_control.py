"""The control for a day: typed, or picked in a calendar."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidgetAction

from jinan_desk.core.dates import parse_date
from jinan_desk.core.field import Field
from jinan_desk.core.text import N_
from jinan_desk.gui.line_control import LineControl
from jinan_desk.gui.look import Look
from jinan_desk.gui.words import Words

_CALENDAR = QSize(300, 240)
_STEPS = {"qt_calendar_prevmonth": "back", "qt_calendar_nextmonth": "next"}
"""What Qt calls the buttons of its calendar, and our icons for them."""


class DayControl(LineControl):
    """A day, typed or picked from a calendar."""

    def __init__(self, field: Field, say: Words, look: Look) -> None:
        super().__init__(field, say)
        self._look = look
        pick = QAction(look.icon("calendar"), say(N_("选择日期")), self)
        pick.triggered.connect(self._pick)
        self.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        self._pick_action = pick

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self._pick_action.setVisible(not locked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._pick()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        calendar.setMinimumSize(_CALENDAR)
        weekend = QTextCharFormat()
        weekend.setForeground(self._look.colour("bad"))
        for day_off in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day_off, weekend)
        buttons: Iterable[QToolButton] = calendar.findChildren(QToolButton)
        for button in buttons:
            if button.objectName() in _STEPS:
                button.setIcon(self._look.icon(_STEPS[button.objectName()]))
        day = parse_date(self.text().strip())
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(lambda picked: self._picked(picked, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()

    def _picked(self, day: QDate, menu: QMenu) -> None:
        menu.close()
        self.setText(day.toString("yyyy-MM-dd"))
        self.typed.emit(self.text())
