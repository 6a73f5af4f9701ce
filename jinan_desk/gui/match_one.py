"""政策找人 for one unit or person: what is known on the left, what every programme says to it on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.field import ROSTER, Field
from jinan_desk.core.kind import Day
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.field_box import FieldBox
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.form import Form
from jinan_desk.gui.match_list import MatchList
from jinan_desk.gui.search_line import SearchLine
from jinan_desk.services.entry import ON
from jinan_desk.services.match_table import write_matches
from jinan_desk.services.questionnaire import Answers, Questionnaire, day_of

_PAUSE = 60
"""Milliseconds after a key before the programmes are asked again."""

_DAY_FIELD = Field(ON, Day(), N_("按这一天的政策"))
_SIDE_SHARE = 0.42


class MatchOne(QWidget):
    """The questions to a unit or to a person, and the matches."""

    def __init__(self, applicant: Applicant, context: Context) -> None:
        super().__init__()
        say = context.say
        self._context = context
        self.questionnaire = Questionnaire(applicant)
        self.draft = Draft(self.questionnaire.blank(context.desk.today()), say, self)
        self._parameters = ParameterSet()
        self._answers: Answers | None = None
        self._on = context.desk.today()
        self._asked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._reckon)
        self.search = SearchLine(context.look, say(N_("查找要填的资料、事项编号")), say(N_("查找要填的资料")))
        self.search.textChanged.connect(self._filter)
        self.clear = QPushButton(say(N_("全部清空")))
        set_role(self.clear, "link")
        self.clear.clicked.connect(self._clear)
        self.list = MatchList(self.questionnaire.programmes, context)
        self.list.needed.connect(self.go_to)
        self.list.begin_wanted.connect(self.begin)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self._make_questions())
        self._split.addWidget(self._make_side())
        self._split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._split)
        self.draft.changed.connect(self._changed)
        context.bus.parameters_changed.connect(self.refresh)
        self.refresh()

    def _make_questions(self) -> QWidget:
        say = self._context.say
        holder = QWidget()
        self.day = FieldBox(_DAY_FIELD, self.draft, self._context, holder)
        self.day.setFixedWidth(170)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.day)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.search, 1)
        beside.addWidget(self.clear)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addLayout(beside)
        top.addLayout(column, 1)
        groups = [(say.read(group.title), group.fields) for group in self.questionnaire.groups]
        self.form = Form(groups, self.draft, self._context, holder, by_and_by=True)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 4, 0)
        box.setSpacing(10)
        box.addLayout(top)
        box.addWidget(self.form, 1)
        return holder

    def _make_side(self) -> QWidget:
        hint = EvenLabel(self._context.say(N_("只用填写的资料判断，没有填的按未知处理。")))
        set_role(hint, "muted")
        self.export = QPushButton(self._context.look.icon("export"), self._context.say(N_("导出结果…")))
        self.export.setEnabled(False)
        self.export.clicked.connect(lambda checked: self._ask_where())
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(hint, 1)
        top.addWidget(self.export)
        side = QWidget()
        box = QVBoxLayout(side)
        box.setContentsMargins(4, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(top)
        box.addWidget(self.list, 1)
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = int(self.width() * _SIDE_SHARE)
        self._split.setSizes([self.width() - side, side])

    @property
    def waiting(self) -> bool:
        """Whether something typed is still to be answered, or questions or answers are still being laid out."""
        return self._pause.isActive() or not self.form.complete or not self.list.complete

    # Asking ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take the office's parameters as they are now, and ask again."""
        self._context.store.ask(self._context.desk.parameters, self._take_parameters, owner=self)

    def _take_parameters(self, parameters: ParameterSet) -> None:
        self._parameters = parameters
        self._changed()

    def _changed(self) -> None:
        self._asked += 1
        self._pause.start()

    def _reckon(self) -> None:
        asked, given, parameters = self._asked, self.draft.entry, self._parameters
        on = day_of(given.on)
        if on is None:
            return

        def show(answers: Answers) -> None:
            if asked == self._asked:
                self._answers, self._on = answers, on
                self.export.setEnabled(True)
                self.form.show_wrong(answers.wrong)
                self.list.show_matches(answers.matches)

        self._context.reckoner.ask(lambda: self.questionnaire.match(given, on, parameters), show, owner=self)

    # Hands ----------------------------------------------------------------------------------------------------------

    def go_to(self, programme: Programme, key: str) -> None:
        """Go where this is filled in: a question, a parameter, or, for a roster, a new case."""
        if key.startswith("parameter:"):
            self._context.bus.parameter_wanted.emit(key.partition(":")[2])
        elif key == ROSTER:
            self.begin(programme)
        else:
            self.search.clear()
            self.form.go_to(self.questionnaire.question(programme, key))

    def begin(self, programme: Programme) -> None:
        """Begin a case of this programme with what was filled in."""
        self._context.bus.entry_wanted.emit(self.questionnaire.begin(programme, self.draft.entry))

    # A workbook -----------------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        say = self._context.say
        proposed = f"{say(N_('政策找人结果'))}-{self._on:%Y%m%d}.xlsx"
        path = ask_target(self, say(N_("结果另存为")), proposed, WORKBOOK)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write what every programme is to them into a workbook."""
        answers, on, context = self._answers, self._on, self._context
        if answers is None:
            return
        who, translate = self.draft.entry.texts.get("applicant_name", "").strip(), context.say.translate

        def told(_nothing: None) -> None:
            context.tell(context.say(N_("已存为 {name}"), name=path.name), Level.GOOD)

        context.reckoner.ask(
            lambda: write_matches(path, who, answers.matches, on=on, translate=translate),
            told,
            owner=self,
        )

    def _clear(self) -> None:
        self.draft.load(self.questionnaire.blank(self._context.desk.today()))

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        self.form.show_only(lambda key: wanted in self._described(key))

    def _described(self, key: str) -> str:
        """What a question is found by: its label, its help, and who asks it."""
        say, asked_by = self._context.say, self.questionnaire.asked_by(key)
        field = self.questionnaire.field(key)
        words = [say(field.label), say(field.help) if field.help else ""]
        return " ".join(words + [f"{p.code} {say(p.name)}" for p in asked_by]).casefold()
