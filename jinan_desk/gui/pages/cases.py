"""办件: all cases, by search, stage, programme and outcome."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jinan_desk.core.determination import OUTCOME_LABELS
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui import case_model
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context
from jinan_desk.measures import programmes


class CasesPage(QWidget):
    """The list of everything; a double click opens a case where it is worked on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        say = context.say
        self.list = CaseList(context, hidden=(case_model.ON,), nothing=say(N_("没有符合条件的办件。")))
        self.list.opened.connect(context.bus.case_wanted)
        self.search = QLineEdit()
        self.search.setPlaceholderText(say(N_("姓名、单位、证件号尾号、编号")))
        self.search.setAccessibleName(say(N_("查找办件")))
        self.search.addAction(context.look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.list.search)
        self.stage = QComboBox()
        self.stage.setAccessibleName(say(N_("阶段")))
        self.stage.addItem(say(N_("全部阶段")), "")
        for stage in Stage:
            self.stage.addItem(say(STAGE_LABELS[stage]), stage.value)
        self.programme = QComboBox()
        self.programme.setAccessibleName(say(N_("事项")))
        self.programme.addItem(say(N_("全部事项")), "")
        for _, programme in programmes():
            self.programme.addItem(f"{programme.code} {say(programme.name)}", programme.code)
        self.programme.setMaximumWidth(280)
        self.outcome = QComboBox()
        self.outcome.setAccessibleName(say(N_("认定结果")))
        self.outcome.addItem(say(N_("全部结果")), "")
        for outcome, label in OUTCOME_LABELS.items():
            self.outcome.addItem(say(label), outcome.value)
        for choice in (self.stage, self.programme, self.outcome):
            choice.currentIndexChanged.connect(self._narrow)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for choice in (self.programme, self.stage, self.outcome):
            row.addWidget(choice)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 8)
        box.setSpacing(10)
        box.addLayout(row)
        box.addWidget(self.list, 1)

    def show_stage(self, stage: str) -> None:
        """Show the cases of this stage and nothing else."""
        self.search.clear()
        self.programme.setCurrentIndex(0)
        self.outcome.setCurrentIndex(0)
        self.stage.setCurrentIndex(max(0, self.stage.findData(stage)))
        self._narrow()

    def start_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _narrow(self) -> None:
        stage = self.stage.currentData()
        self.list.want(
            stages=(stage,) if stage else (),
            programme=self.programme.currentData(),
            outcome=self.outcome.currentData(),
        )
