"""Who holds the case in the editor, and passing it on. There is nothing to be seen where only one office is known."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.form_dialog import TextDialog
from jinan_desk.services.cases import CaseView
from jinan_desk.services.holding import Passing, Situation


class HoldingBar(QFrame):
    """One line: that the case is elsewhere, or to whom it may go; a conflict leads to where it is settled."""

    passing_wanted = Signal(object)
    """Pass the case on like this (`Passing`), once what was typed is saved."""
    passed = Signal()
    """The case has another holder."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = context.say
        self._case = ""
        self.buttons: list[QPushButton] = []
        set_role(self, "bar")
        symbol = QLabel()
        symbol.setPixmap(context.look.pixmap("exchange", "muted", 18))
        self.text = ElidedLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 5, 12, 5)
        self._row.setSpacing(8)
        self._row.addWidget(symbol)
        self._row.addWidget(self.text, 1)
        context.bus.cases_changed.connect(self.refresh)
        self.hide()

    def show_case(self, case: str) -> None:
        """Show who holds this case; "" for none."""
        self._case = case
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        case, context = self._case, self._context
        if not case:
            self.hide()
            return
        context.store.ask(
            lambda: context.desk.holding.situation(case), lambda found: self._show(case, found), owner=self
        )

    def _show(self, case: str, situation: Situation) -> None:
        if case != self._case:
            return
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        say = self._say
        self.buttons = []
        if situation.conflict:
            self._add(say(N_("处理冲突…")), lambda checked: self._context.bus.conflict_wanted.emit(case))
        for passing in situation.passings:
            self._add(say.read(passing.sentence()), partial(self._want, passing))
        told = say(N_("该办件有两个不同的最新版本，处理冲突以后才能继续办理")) if situation.conflict else ""
        if situation.held is not None:
            told = say.read(situation.held)
        self.text.setText(told or say(N_("本级办完以后，可以移交：")))
        self.setVisible(bool(told or self.buttons))

    def _add(self, text: str, action: object) -> None:
        button = QPushButton(text)
        button.clicked.connect(action)
        self.buttons.append(button)
        self._row.addWidget(button)

    # Passing on -----------------------------------------------------------------------------------------------------

    def _want(self, passing: Passing) -> None:
        self.passing_wanted.emit(passing)

    def ask(self, passing: Passing) -> None:
        """Ask whether it is to be, and why: only calling up needs a reason."""
        say, case, holding = self._say, self._case, self._context.desk.holding
        TextDialog(
            say.read(passing.sentence()),
            say(_HINTS[passing.called, passing.upwards]),
            say(N_("确定")),
            self._context,
            self.window(),
            label=say(N_("理由")) if passing.called else say(N_("理由（可以不填）")),
            act=lambda reason: holding.hand_over(case, passing.office.code, reason=reason),
            then=partial(self._handed_over, passing),
        ).open()

    def _handed_over(self, passing: Passing, view: CaseView) -> None:
        done = self._say.read(passing.sentence())
        self._context.tell(self._say(N_("{name}：已{done}"), name=view.row.applicant, done=done), Level.GOOD)
        self._context.bus.cases_changed.emit()
        self.passed.emit()


_HINTS = {
    (True, True): N_("调取以后由本机构办理，原办理机构只能查阅；须写明理由。"),
    (False, True): N_("移交以后由该机构办理，本机构只能查阅；下一次导出数据包时送出。"),
    (False, False): N_("移交以后由该机构办理，本机构只能查阅；退回修改的，附上退回的理由。"),
}
"""By whether it is called up, and whether it goes up."""
