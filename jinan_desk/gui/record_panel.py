"""The course of a service record beside its editor: alerts, follow-ups, closing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.field import Field
from jinan_desk.core.kind import Day
from jinan_desk.core.measure import Programme
from jinan_desk.core.record import Event, Record
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.answer import Answer
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.day_control import DayControl
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.look import mark
from jinan_desk.gui.segments import Segments
from jinan_desk.services.cases import CaseView
from jinan_desk.services.entry import ON
from jinan_desk.services.questionnaire import day_of

_FOLLOW_UP, _CLOSE = range(2)
_DAY_FIELD = Field(ON, Day(), N_("日期"))
_ASKED = (N_("做了什么、结果如何"), N_("办理结果"))
_DONE = (N_("添加跟进"), N_("办结记录"))
_TOLD = (N_("已记下跟进"), N_("已办结"))

Action = Callable[[], None]


class RecordPanel(QScrollArea):
    """What was done for the record that is in the editor, the newest first, and what is done next."""

    followed = Signal()
    """A follow-up was added."""
    closed = Signal()
    """The record was closed."""

    def __init__(self, programme: Programme, context: Context, saved_first: Callable[[Action], None]) -> None:
        super().__init__()
        self._programme = programme
        self._context = context
        self._say = say = context.say
        self._saved_first = saved_first
        self._case = ""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._urgent = QWidget()
        self._alerts = QVBoxLayout(self._urgent)
        self._alerts.setContentsMargins(0, 0, 0, 0)
        self._alerts.setSpacing(6)
        self._shown_alerts: list[QWidget] = []
        self._hint = EvenLabel(say(N_("保存以后，可以在这里记跟进、办结。")))
        set_role(self._hint, "muted")
        self._closing = QLabel()
        self._closing.setWordWrap(True)
        self.form = self._make_form()
        self._heading = QLabel()
        set_role(self._heading, "section")
        self._events = QVBoxLayout()
        self._events.setSpacing(0)
        self._shown: list[QWidget] = []
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(2, 8, 6, 8)
        box.setSpacing(10)
        for part in (self._urgent, self._hint, self._closing, self.form, self._heading):
            box.addWidget(part)
        box.addLayout(self._events)
        box.addStretch(1)
        self.setWidget(inner)
        self.show_case("")

    def _make_form(self) -> QFrame:
        say = self._say
        self.kind = Segments([say(N_("记一次跟进")), say(N_("办结记录"))])
        self.kind.picked.connect(self._choose)
        self.day = DayControl(_DAY_FIELD, say, self._context.look)
        self.day.setAccessibleName(say(N_("日期")))
        self.day.setFixedWidth(150)
        self.what = QPlainTextEdit()
        self.what.setTabChangesFocus(True)
        self.what.setFixedHeight(76)
        self.done = QPushButton()
        set_role(self.done, "primary")
        self.done.clicked.connect(self._act)
        self.what.textChanged.connect(self._refresh)
        last = QHBoxLayout()
        last.addWidget(self.day)
        last.addStretch(1)
        last.addWidget(self.done)
        form = QFrame()
        set_role(form, "card")
        box = QVBoxLayout(form)
        box.setContentsMargins(12, 10, 12, 12)
        box.setSpacing(8)
        box.addWidget(self.kind)
        box.addWidget(self.what)
        box.addLayout(last)
        self._choose(_FOLLOW_UP)
        return form

    # What is shown --------------------------------------------------------------------------------------------------

    def show_case(self, case: str) -> None:
        """Show the course of this record; empty for one that is not saved yet."""
        if case != self._case or not case:
            self._choose(_FOLLOW_UP)
            self.what.clear()
            self.day.show_text(self._context.desk.today().isoformat())
        self._case = case
        if not case:
            self._show(case, None)
            return
        context = self._context
        context.store.ask(
            lambda: context.desk.records.record(case), lambda record: self._show(case, record), owner=self
        )

    def show_answer(self, answer: Answer | None) -> None:
        """Show what the answer warns of, where the programme says that it cannot wait."""
        for widget in self._shown_alerts:
            widget.hide()
            widget.deleteLater()
        urgent = any(warn.alert for warn in self._programme.warnings)
        cautions = answer.cautions if answer is not None and urgent else ()
        self._shown_alerts = [self._alert(caution.text) for caution in cautions]
        for widget in self._shown_alerts:
            self._alerts.addWidget(widget)

    @property
    def alerts(self) -> list[str]:
        """What is warned of while the record is open."""
        return [widget.accessibleName() for widget in self._shown_alerts if widget.isVisible()]

    @property
    def events(self) -> list[str]:
        """The follow-ups that are listed."""
        return [widget.accessibleName() for widget in self._shown]

    def _alert(self, text: str) -> QWidget:
        alert = QFrame()
        set_role(alert, "banner")
        mark(alert, verdict="incomplete")
        alert.setAccessibleName(text)
        symbol = QLabel()
        symbol.setPixmap(self._context.look.pixmap("warning", "doubt", 20))
        words = EvenLabel(text)
        row = QHBoxLayout(alert)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return alert

    def _show(self, case: str, record: Record | None) -> None:
        if case != self._case:
            return
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        events = record.follow_ups if record is not None else ()
        newest_first = sorted(events, key=lambda event: event.on, reverse=True)
        self._shown = [self._event(event) for event in newest_first]
        for widget in self._shown:
            self._events.addWidget(widget)
        closing = record.closing if record is not None else None
        self._urgent.setVisible(closing is None)
        self._hint.setVisible(record is None)
        self.form.setVisible(record is not None and closing is None)
        self._closing.setVisible(closing is not None)
        if closing is not None:
            told = N_("{by} {on} 办结：{what}")
            self._closing.setText(self._say(told, by=closing.by, on=closing.on.isoformat(), what=closing.what))
        self._heading.setText(self._say(N_("跟进（{count}）"), count=len(events)))
        self._heading.setVisible(record is not None)

    def _event(self, event: Event) -> QWidget:
        line = QFrame()
        line.setAccessibleName(f"{event.on.isoformat()} {event.what}")
        who = QLabel(f"{event.on.isoformat()}　{event.by}")
        set_role(who, "small")
        what = EvenLabel(event.what)
        what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rule = QFrame()
        set_role(rule, "rule")
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(3)
        for part in (who, what, rule):
            box.addWidget(part)
        return line

    # What may be done -----------------------------------------------------------------------------------------------

    def begin_closing(self) -> None:
        """Put the cursor where the result is written."""
        self._choose(_CLOSE)
        self.what.setFocus()

    def _choose(self, kind: int) -> None:
        self.kind.show_picked(kind)
        asked = self._say(_ASKED[kind])
        self.what.setPlaceholderText(asked)
        self.what.setAccessibleName(asked)
        self.done.setText(self._say(_DONE[kind]))
        self._refresh()

    def _refresh(self) -> None:
        self.done.setEnabled(bool(self.what.toPlainText().strip()))

    def _act(self) -> None:
        if self.kind.current == _CLOSE:
            self._saved_first(lambda: self._write(_CLOSE))
        else:
            self._write(_FOLLOW_UP)

    def _write(self, kind: int) -> None:
        case, what, context = self._case, self.what.toPlainText(), self._context
        on = day_of(self.day.text())
        if on is None:
            self._failed(DeskError(Sentence(N_("不是有效日期：{text}（写法如 2020-02-10）"), text=self.day.text())))
            return

        def write() -> CaseView:
            records = context.desk.records
            return records.close(case, what, on=on) if kind == _CLOSE else records.follow_up(case, what, on=on)

        def written(view: CaseView) -> None:
            self.what.clear()
            context.tell(self._say(_TOLD[kind]), Level.GOOD)
            context.bus.cases_changed.emit()
            self.show_case(view.row.case)
            (self.closed if kind == _CLOSE else self.followed).emit()

        context.store.ask(write, written, owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)
