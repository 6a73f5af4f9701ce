"""界面: language, colours and size of the window at this desk."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.card import Card, CardColumn
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.services.preferences import (
    COLOUR_LABELS,
    LANGUAGE_NAMES,
    SCALES,
    Colours,
    Preferences,
    read_preferences,
    write_preferences,
)


class PreferencesView(QWidget):
    """Chosen, kept at once, and in force when the window is next opened."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        say = context.say
        self.language, self.colours, self.scale = QComboBox(), QComboBox(), QComboBox()
        for language, name in LANGUAGE_NAMES.items():
            self.language.addItem(name, language)
        for colours, label in COLOUR_LABELS.items():
            self.colours.addItem(say(label), colours)
        for percent in SCALES:
            self.scale.addItem(f"{percent} %", percent)
        card = Card(say(N_("界面")))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(18)
        for label, choice in (
            (N_("语言 / Language"), self.language), (N_("颜色"), self.colours), (N_("文字和界面大小"), self.scale),
        ):  # fmt: skip
            choice.setAccessibleName(say(label))
            choice.setMinimumWidth(180)
            choice.activated.connect(lambda index: self._keep())
            form.addRow(say(label), choice)
        rows = QHBoxLayout()
        rows.addLayout(form)
        rows.addStretch(1)
        card.box.addLayout(rows)
        self._told = card.add_text(say(N_("语言和颜色在重新打开窗口后生效，大小在下次启动程序时生效。只用于本机。")))
        self.again = QPushButton(say(N_("现在重新打开窗口")))
        set_role(self.again, "primary")
        self.again.setEnabled(False)
        self.again.clicked.connect(lambda checked: context.open_again(list))
        below = QHBoxLayout()
        below.addWidget(self.again)
        below.addStretch(1)
        card.box.addLayout(below)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(CardColumn([card]))
        self._directory = context.desk.store.directory
        self._show(read_preferences(self._directory))

    @property
    def chosen(self) -> Preferences:
        """What is chosen now."""
        return replace(
            read_preferences(self._directory),
            language=str(self.language.currentData()),
            colours=Colours(self.colours.currentData()),
            scale=int(self.scale.currentData()),
        )

    def _show(self, preferences: Preferences) -> None:
        for choice, value in (
            (self.language, preferences.language),
            (self.colours, preferences.colours),
            (self.scale, preferences.scale),
        ):
            choice.setCurrentIndex(max(0, choice.findData(value)))

    def _keep(self) -> None:
        try:
            write_preferences(self._directory, self.chosen)
        except DeskError as error:
            self._context.refuse(error)
            self._show(read_preferences(self._directory))
        else:
            self.again.setEnabled(True)
