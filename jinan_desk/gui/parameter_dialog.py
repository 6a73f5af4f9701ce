"""Adding a dated value to a parameter: what, how much, from which day on, and the document it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from jinan_desk.core.dated import Parameter
from jinan_desk.core.field import Field
from jinan_desk.core.kind import ByWord, Day, Invalid
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import Control, DayControl, make_control, set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.services import entry

_SINCE = Field("since", Day(), N_("起始日期"))


class ParameterDialog(QDialog):
    """One new value of one parameter. What is refused is said below; what was typed stays."""

    def __init__(self, parameters: Iterable[Parameter], chosen: str, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._say = say = context.say
        self._parameters = {parameter.key: parameter for parameter in parameters}
        self.setWindowTitle(say(N_("录入参数数值")))
        self.resize(560, 330)
        hint = QLabel(say(N_("原有数值不会改动；新数值从起始日期起用于认定，已认定的办件不变。")))
        hint.setWordWrap(True)
        set_role(hint, "muted")
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
        self.source.setPlaceholderText(say(N_("文件名称和文号")))
        self._values = QWidget()
        self._rows = QFormLayout(self._values)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(8)
        self.values: dict[str, Control] = {}
        self._form = QFormLayout()
        self._form.setVerticalSpacing(10)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label, part in (
            (N_("参数"), self.parameter), (N_("数值"), self._values), (_SINCE.label, self.since),
            (N_("依据的文件"), self.source),
        ):  # fmt: skip
            self._form.addRow(say(label), part)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self._ok = buttons.addButton(say(N_("录入")), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setDefault(True)
        set_role(self._ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(hint)
        box.addLayout(self._form)
        box.addWidget(self.wrong)
        box.addStretch(1)
        box.addWidget(buttons)
        self.parameter.currentIndexChanged.connect(self._ask_value)
        self.parameter.setCurrentIndex(max(0, self.parameter.findData(chosen)))
        self._ask_value()

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

    def take(self) -> None:
        """Add the value, or say why it cannot be added."""
        key, context = self._chosen.key, self._context
        since, source = self.since.text().strip(), self.source.text()
        try:
            given = self._given()
            since = entry.read(_SINCE.kind, since) or ""
        except Invalid as error:
            self.wrong.setText(self._say.read(error.sentence))
            return
        except DeskError as error:
            self._failed(error)
            return
        context.store.ask(
            lambda: context.desk.add_parameter(key, given, since=since, source=source),
            self._added,
            owner=self,
            failed=self._failed,
        )

    def _added(self, parameter: Parameter) -> None:
        label = self._say(parameter.label)
        self._context.tell(self._say(N_("已录入“{label}”的新数值"), label=label), Level.GOOD)
        self._context.bus.parameters_changed.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.wrong.setText(error.read(self._say.translate))


def _text(control: Control) -> str:
    """What was typed or chosen."""
    return str(control.currentData() or "") if isinstance(control, QComboBox) else control.text()
