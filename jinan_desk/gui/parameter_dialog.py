"""Proposing a dated value of a parameter: what, how much, from when, by which document; then what it would change."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.dated import Parameter
from jinan_desk.core.field import Field
from jinan_desk.core.kind import ByWord, Day, Invalid
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import Control, make_control, set_role
from jinan_desk.gui.day_control import DayControl
from jinan_desk.gui.effect_panel import EffectPanel
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.fitting_dialog import field_rows
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.services import entry
from jinan_desk.services.parameters import Proposal, checked, dated_value

_SINCE = Field("since", Day(), N_("起始日期"))
_FORM, _EFFECT = range(2)
_DONE = (N_("查看影响"), N_("提出，待另一人确认"))


class ParameterDialog(FormDialog):
    """One new value of one parameter, on two leaves. What is refused is said below; what was typed stays."""

    def __init__(self, parameters: Iterable[Parameter], chosen: str, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            say(N_("录入参数数值")),
            say(N_("原有数值不会改动。新数值经另一人确认后，从起始日期起用于认定；已决办件不变，只列出供核对。")),
            say(_DONE[_FORM]),
            context,
            parent,
        )
        self.resize(960, 480)
        self._parameters = {parameter.key: parameter for parameter in parameters}
        self._checked: dict[str, Any] = {}
        self.parameter = QComboBox()
        self.parameter.setAccessibleName(say(N_("参数")))
        self.parameter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.parameter.setMinimumContentsLength(24)
        for key, parameter in self._parameters.items():
            self.parameter.addItem(say(parameter.label), key)
        self.since = DayControl(_SINCE, say, context.look)
        self.since.setAccessibleName(say(_SINCE.label))
        self.source = QLineEdit()
        self.source.setAccessibleName(say(N_("依据的文件")))
        self.source.setPlaceholderText(say(N_("文件名称、文号和日期")))
        self._values = QWidget()
        self._rows = QFormLayout(self._values)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(8)
        self.values: dict[str, Control] = {}
        self.effects = EffectPanel(context)
        self.effects.finished.connect(self._refresh)
        self._leaves = QStackedWidget()
        self._leaves.addWidget(self._make_form())
        self._leaves.addWidget(self._make_effect())
        self.box.addWidget(self._leaves, 1)
        self.back = self.buttons.addButton(say(N_("返回修改")), QDialogButtonBox.ButtonRole.ActionRole)
        self.back.clicked.connect(lambda checked: self._show(_FORM))
        self.parameter.currentIndexChanged.connect(self._ask_value)
        self.parameter.setCurrentIndex(max(0, self.parameter.findData(chosen)))
        self._ask_value()
        self._show(_FORM)
        (next(iter(self.values.values())) if chosen in self._parameters else self.parameter).setFocus()

    def _make_form(self) -> QWidget:
        leaf = QWidget()
        box = QVBoxLayout(leaf)
        box.setContentsMargins(0, 0, 0, 0)
        form = field_rows()
        for label, part in (
            (N_("参数"), self.parameter), (N_("数值"), self._values), (_SINCE.label, self.since),
            (N_("依据的文件"), self.source),
        ):  # fmt: skip
            form.addRow(self._say(label), part)
        box.addLayout(form)
        box.addStretch(1)
        return leaf

    def _make_effect(self) -> QWidget:
        leaf = QWidget()
        box = QVBoxLayout(leaf)
        box.setContentsMargins(0, 0, 0, 0)
        self._proposed = QLabel()
        self._proposed.setWordWrap(True)
        set_role(self._proposed, "heading")
        box.addWidget(self._proposed)
        box.addWidget(self.effects, 1)
        return leaf

    @property
    def _chosen(self) -> Parameter:
        return self._parameters[self.parameter.currentData()]

    def _ask_value(self) -> None:
        """Put the controls for the chosen parameter's kind of value."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        parameter = self._chosen
        kind = parameter.kind
        asked = dict(kind.words) if isinstance(kind, ByWord) else {"": ""}
        each = kind.each if isinstance(kind, ByWord) else kind
        self.values = {}
        for word, label in asked.items():
            said = self._say(label) if label else ""
            control = make_control(Field(parameter.key, each, parameter.label), self._say, self._context.look)
            control.setAccessibleName(f"{self._say(N_('数值'))} {said}".strip())
            self.values[word] = control
            unit = f"（{self._say(parameter.unit)}）" if parameter.unit else ""
            if said or unit:
                self._rows.addRow(ElidedLabel(f"{said}{unit}"), control)
            else:
                self._rows.addRow(control)
        for before, after in pairwise((self.parameter, *self.values.values(), self.since, self.source, self.ok)):
            QWidget.setTabOrder(before, after)  # controls made later would come last
        self.wrong.clear()

    def _given(self) -> Any:
        """The value in its JSON shape. Raises DeskError for what cannot be one."""
        kind = self._chosen.kind
        each = kind.each if isinstance(kind, ByWord) else kind
        try:
            read = {word: entry.read(each, _text(control)) for word, control in self.values.items()}
        except Invalid as error:
            raise DeskError(error.sentence) from None
        known = {word: value for word, value in read.items() if value is not None}
        if not known:
            raise DeskError(Sentence(N_("请填写数值")))
        return known if isinstance(kind, ByWord) else known[""]

    # From leaf to leaf ------------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Show what the value would change; once that has been seen, propose it. Or say why it cannot be one."""
        if self._leaves.currentIndex() == _FORM:
            self._look()
        else:
            self._propose()

    def _look(self) -> None:
        try:
            given = self._given()
            since = entry.read(_SINCE.kind, self.since.text().strip()) or ""
            self._checked = checked(self._chosen.key, given, since=since, source=self.source.text())
        except Invalid as error:
            self.wrong.setText(self._say.read(error.sentence))
            return
        except DeskError as error:
            self.failed(error)
            return
        parameter, dated = dated_value(self._checked)
        value = self._say.value(parameter.kind, dated.value)
        words = N_("{label}：自 {since} 起 {value}")
        self._proposed.setText(
            self._say(words, label=self._say(parameter.label), since=dated.since.isoformat(), value=value)
        )
        self._show(_EFFECT)
        self.effects.reckon(parameter, dated)
        self._refresh()

    def _show(self, leaf: int) -> None:
        self.wrong.clear()
        self._leaves.setCurrentIndex(leaf)
        self.ok.setText(self._say(_DONE[leaf]))
        self.back.setVisible(leaf == _EFFECT)
        if leaf == _FORM:
            self.effects.clear()
        self._refresh()

    def _refresh(self) -> None:
        """What nobody has looked at to the end, or stopped looking at, is not proposed."""
        self.ok.setEnabled(self._leaves.currentIndex() == _FORM or not self.effects.waiting)

    def _propose(self) -> None:
        kept, context = self._checked, self._context
        self.ask(
            lambda: context.desk.proposals.propose(
                kept["key"], kept["value"], since=kept["since"], source=kept["source"]
            ),
            self._proposed_now,
        )

    def _proposed_now(self, proposal: Proposal) -> None:
        label = self._say(proposal.parameter.label)
        words = N_("已提出“{label}”的新数值，经另一人确认后执行")
        self._context.tell(self._say(words, label=label), Level.GOOD)
        self._context.bus.parameters_changed.emit()
        self.accept()


def _text(control: Control) -> str:
    """What was typed or chosen."""
    return str(control.currentData() or "") if isinstance(control, QComboBox) else control.text()
