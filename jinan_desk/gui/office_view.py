"""经办机构: what is fixed of the office, and what may change: telephone, address, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.dates import local_time
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Day
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.card import Card, CardColumn, room_for
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.day_control import DayControl
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.services.office import LEVEL_LABELS
from jinan_desk.services.particulars import LABELS, LONGEST, Change, Details
from jinan_desk.services.questionnaire import day_of

_SINCE = Field("since", Day(), N_("自哪一天起"))
_SHOWN = 8


class OfficeView(QWidget):
    """The fixed and the changeable particulars, and what they were before."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        office = context.desk.office
        district = DISTRICTS[office.district].name if office.district else ""
        fixed = Card(say(N_("经办机构")))
        lines = (
            (say(N_("机构名称")), office.name),
            (say(N_("机构代码")), office.code),
            (say(N_("层级")), say(LEVEL_LABELS[office.level])),
            (say(N_("所在区县")), district),
            (say(N_("文号字头")), office.prefix),
        )
        names = room_for((*dict(lines), *map(say, LABELS.values())))
        fixed.add_lines(lines, names=names)
        fixed.add_text(say(N_("名称、代码和字头用于编号和与其他机构往来，建立后不能更改。")), "small")
        self._details = Details()
        changing = Card(say(N_("联系方式和签字人")))
        self._values = {key: QLabel() for key in LABELS}
        rows = QFormLayout()
        rows.setHorizontalSpacing(18)
        for key, label in LABELS.items():
            name = QLabel(say(label))
            set_role(name, "muted")
            name.setMinimumWidth(names)
            self._values[key].setWordWrap(True)
            rows.addRow(name, self._values[key])
        changing.box.addLayout(rows)
        self.change = QPushButton(say(N_("更改…")))
        self.change.clicked.connect(lambda checked: self.ask_change())
        changing.box.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self._history = changing.add_text("", "small")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(CardColumn([fixed, changing]))
        self._read()

    @property
    def shown(self) -> dict[str, str]:
        """The particulars that are shown."""
        return {key: label.text() for key, label in self._values.items()}

    @property
    def history(self) -> str:
        """What they were before."""
        return self._history.text()

    def _read(self) -> None:
        context = self._context

        def read() -> tuple[Details, list[Change]]:
            particulars = context.desk.particulars
            return particulars.current(), particulars.history()

        context.store.ask(read, lambda found: self._show(*found), owner=self)

    def _show(self, details: Details, history: Sequence[Change]) -> None:
        self._details = details
        for key, value in asdict(details).items():
            self._values[key].setText(value or self._say(N_("（未填写）")))
        lines = []
        office = self._context.desk.office
        earlier = [*(change.details for change in history[1:]), Details(office.phone, office.address, office.head)]
        for change, before in zip(history, earlier, strict=False):
            words = N_("自 {since} 起，{name} 于 {at} 更改")
            said = self._say(words, since=change.since.isoformat(), name=change.account, at=local_time(change.at))
            lines.append("　".join((said, *map(self._say.read, change.sentences(before)))))
        self._history.setText("\n".join(lines[:_SHOWN]))
        self._history.setVisible(bool(lines))

    def ask_change(self) -> DetailsDialog:
        """Ask for other particulars."""
        dialog = DetailsDialog(self._details, self._context, self.window())
        dialog.accepted.connect(self._read)
        dialog.open()
        return dialog


class DetailsDialog(FormDialog):
    """The particulars, to be changed as of a day."""

    def __init__(self, details: Details, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            say(N_("更改联系方式和签字人")),
            say(N_("印在此后各阶段的文书上；以前的文书再次打印时仍按当时的内容。")),
            say(N_("保存")),
            context,
            parent,
        )
        self.resize(520, 380)
        form = self.rows()
        self.fields: dict[str, QLineEdit] = {}
        for key, value in asdict(details).items():
            field = QLineEdit(value)
            field.setMaxLength(LONGEST[key])
            field.setAccessibleName(say(LABELS[key]))
            self.fields[key] = field
            form.addRow(say(LABELS[key]), field)
        self.since = DayControl(_SINCE, say, context.look)
        self.since.setAccessibleName(say(_SINCE.label))
        self.since.show_text(context.desk.today().isoformat())
        form.addRow(say(_SINCE.label), self.since)
        next(iter(self.fields.values())).setFocus()
        self.box.addStretch(1)

    def take(self) -> None:
        context = self._context
        details = Details(**{key: field.text().strip() for key, field in self.fields.items()})
        since = day_of(self.since.text())
        if since is None:
            self.failed(DeskError(Sentence(N_("不是有效日期：{text}（写法如 2020-02-10）"), text=self.since.text())))
            self.since.setFocus()
            return
        self.ask(lambda: context.desk.particulars.change(details, since=since), self._changed)

    def _changed(self, change: Change) -> None:
        words = N_("联系方式和签字人自 {since} 起更改")
        self._context.tell(self._say(words, since=change.since.isoformat()), Level.GOOD)
        self.accept()
