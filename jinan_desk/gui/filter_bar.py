"""By what the list of all cases is narrowed: a search, choices, and, when more is wanted, days, amounts and states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import OUTCOME_LABELS
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.identity import compact
from jinan_desk.core.money import parse_yuan, yuan
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.choices import Choices
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import mark
from jinan_desk.gui.search_line import SearchLine
from jinan_desk.measures import all_measures
from jinan_desk.resources import articles
from jinan_desk.services.listing import CaseFilter
from jinan_desk.services.saved_filters import updated_days, updated_on

_LEAST_SEARCH, _FEW = 150, 11
RECEIVED, UPDATED, DUE, SINCE = "received", "updated", "due", "since"
_TIMES = {RECEIVED: N_("收件日期"), UPDATED: N_("最近办理"), DUE: N_("办理期限"), SINCE: N_("进入本阶段")}
_SINCE = "ended_from", "ended_by"
_STATES: dict[str, tuple[str, dict[str, Any]]] = {
    "": (N_("不限情形"), {}),
    "conflict": (N_("有冲突"), {"conflict": True}),
    "finding": (N_("有疑点待核实"), {"finding": True}),
    "alert": (N_("有用工预警"), {"mark": "alert"}),
}
"""States of a case beside its stage, each with its part of the filter."""


class FilterBar(QWidget):
    """One line, and a second one that can be folded away. What cannot be read is marked, and narrows nothing."""

    changed = Signal()
    typed = Signal()
    """Somebody is typing; there may be more to come."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._say = say = context.say
        self._told = CaseFilter()
        self.search = SearchLine(context.look, say(N_("姓名、首字母、证件号尾号、编号")), say(N_("查找办件")))
        self.search.setMinimumWidth(_LEAST_SEARCH)
        self.programme = self._combo(N_("事项"), N_("全部事项"), _programmes(context))
        self.programme.setMaximumWidth(230)
        self.programme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.programme.setMinimumContentsLength(_FEW)
        stages = [(stage.value, say(STAGE_LABELS[stage])) for stage in Stage]
        self.stages = Choices(say, name=say(N_("阶段")), everything=say(N_("全部阶段")), choices=stages)
        outcomes = [(outcome.value, say(label)) for outcome, label in OUTCOME_LABELS.items()]
        self.outcome = self._combo(N_("认定结果"), N_("全部结果"), outcomes)
        self.more = QPushButton(say(N_("更多条件")))
        self.more.setCheckable(True)
        self.district = self._combo(N_("区县"), N_("全部区县"), [(code, d.name) for code, d in DISTRICTS.items()])
        self.handler = self._combo(N_("经办人"), N_("全部经办人"), [])
        self.holder = self._combo(N_("经办机构"), N_("全部机构"), [])
        states = [(key, say(word)) for key, (word, _) in _STATES.items() if key]
        self.state = self._combo(N_("情形"), _STATES[""][0], states)
        self.time = self._combo(N_("时间"), "", [(key, say(word)) for key, word in _TIMES.items()])
        self.first, self.last = (self._line(name, N_("年-月-日"), 100) for name in (N_("起始日期"), N_("截止日期")))
        self.least, self.most = (self._line(name, N_("元"), 92) for name in (N_("金额下限"), N_("金额上限")))
        self._wrong = QLabel()
        set_role(self._wrong, "wrong")
        self._second = QWidget()
        self._lay_out()
        self.search.textChanged.connect(lambda text: self.typed.emit())
        for line in (self.first, self.last, self.least, self.most):
            line.textChanged.connect(lambda text: self.typed.emit())
        self.stages.changed.connect(self.changed)
        for combo in (self.programme, self.outcome, self.district, self.handler, self.holder, self.state, self.time):
            combo.currentIndexChanged.connect(self.changed)
        self.more.toggled.connect(self._second.setVisible)
        self.more.toggled.connect(lambda shown: self.changed.emit())
        self._second.hide()

    def _combo(self, name: str, everything: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(self._say(name))
        combo.setMaxVisibleItems(20)
        if everything:
            combo.addItem(self._say(everything), "")
        for value, label in choices:
            combo.addItem(label, value)
        return combo

    def _line(self, name: str, hint: str, width: int) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(self._say(name))
        line.setPlaceholderText(self._say(hint))
        line.setFixedWidth(width)
        return line

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 2)
        row.addWidget(self.programme, 1)
        for part in (self.stages, self.outcome, self.more):
            row.addWidget(part)
        self.first_row = row
        choices, ranges = QHBoxLayout(), QHBoxLayout()
        for part in (self.district, self.handler, self.holder, self.state):
            choices.addWidget(part)
        for widget in (self.time, self.first, QLabel("—"), self.last):
            ranges.addWidget(widget)
        ranges.addSpacing(12)
        for widget in (QLabel(self._say(N_("金额"))), self.least, QLabel("—"), self.most):
            ranges.addWidget(widget)
        second = QVBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        for line in (choices, ranges):
            line.setSpacing(8)
            line.addStretch(1)
            second.addLayout(line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self._second)
        box.addWidget(self._wrong)
        self._wrong.hide()

    def offer(self, handlers: Sequence[str], holders: Sequence[tuple[str, str]]) -> None:
        """Offer these people, and these offices (code and name) where there is more than one."""
        for combo, choices in ((self.handler, [(name, name) for name in handlers]), (self.holder, holders)):
            chosen = combo.currentData()
            combo.blockSignals(True)
            while combo.count() > 1:
                combo.removeItem(1)
            for value, label in choices:
                combo.addItem(label, value)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))
            combo.blockSignals(False)
        self.holder.setVisible(len(holders) > 1)

    # The filter -----------------------------------------------------------------------------------------------------

    def wanted(self, own_office: str) -> CaseFilter:
        """What is asked for. Cases that no office has passed on are those of our own."""
        chosen = str(self.programme.currentData())
        article = chosen.removeprefix(_ARTICLE) if chosen.startswith(_ARTICLE) else ""
        wanted = CaseFilter(
            text=self.search.text().strip(),
            programme="" if article else chosen,
            article=int(article) if article else None,
            stages=self.stages.chosen,
            outcome=self.outcome.currentData(),
        )
        if not self.more.isChecked():
            self._show_wrong([])
            return wanted
        holder = self.holder.currentData()
        (first, last), (least, most) = self._days(), self._amounts()
        return replace(
            wanted,
            district=self.district.currentData(),
            handler=self.handler.currentData(),
            holders=("", holder) if holder and holder == own_office else (holder,) if holder else (),
            amount_from=least,
            amount_to=most,
            **_STATES[self.state.currentData()][1],
            **self._time(first, last),
        )

    def _time(self, first: date | None, last: date | None) -> dict[str, Any]:
        kind = self.time.currentData()
        if kind == UPDATED:
            return updated_on(first, last)
        ends = {RECEIVED: ("received_from", "received_to"), DUE: ("due_from", "due_to"), SINCE: _SINCE}[kind]
        return {end: day.isoformat() for end, day in zip(ends, (first, last), strict=True) if day is not None}

    def _days(self) -> tuple[date | None, date | None]:
        first, last = (parse_date(compact(line.text())) for line in (self.first, self.last))
        self._judge(self.first, first is None)
        self._judge(self.last, last is None or (first is not None and last < first))
        return first, last

    def _amounts(self) -> tuple[int | None, int | None]:
        least, most = (parse_yuan(compact(line.text()).replace(",", "")) for line in (self.least, self.most))
        self._judge(self.least, least is None)
        self._judge(self.most, most is None or (least is not None and most < least))
        self._show_wrong([line for line in (self.first, self.last, self.least, self.most) if line.property("wrong")])
        return least, most

    def _judge(self, line: QLineEdit, wrong: bool) -> None:
        mark(line, wrong=wrong and bool(line.text().strip()))

    def _show_wrong(self, lines: list[QLineEdit]) -> None:
        days = any(line in (self.first, self.last) for line in lines)
        amounts = any(line in (self.least, self.most) for line in lines)
        told = [
            self._say(N_("日期写作 2020-03-20，截止不早于起始")) if days else "",
            self._say(N_("金额以元为单位，最多两位小数，上限不小于下限")) if amounts else "",
        ]
        self._wrong.setText(self._say(N_("；")).join(filter(None, told)))
        self._wrong.setVisible(bool(lines))

    def show_filter(self, wanted: CaseFilter) -> None:
        """Ask for this; nobody is told."""
        self.blockSignals(True)
        self.search.setText(wanted.text)
        programme = wanted.programme or (f"{_ARTICLE}{wanted.article}" if wanted.article is not None else "")
        state = next((key for key, (_, part) in _STATES.items() if part and _holds(wanted, part)), "")
        days = [wanted.received_from, wanted.received_to]
        kind = RECEIVED
        if wanted.updated_from or wanted.updated_before:
            kind, days = UPDATED, ["" if day is None else day.isoformat() for day in updated_days(wanted)]
        elif wanted.due_from or wanted.due_to:
            kind, days = DUE, [wanted.due_from, wanted.due_to]
        elif wanted.ended_from or wanted.ended_by:
            kind, days = SINCE, [wanted.ended_from, wanted.ended_by]
        for combo, value in (
            (self.programme, programme), (self.outcome, wanted.outcome), (self.district, wanted.district),
            (self.handler, wanted.handler), (self.holder, wanted.holders[-1] if wanted.holders else ""),
            (self.state, state), (self.time, kind),
        ):  # fmt: skip
            if value and combo.findData(value) < 0:
                combo.addItem(value, value)  # somebody of whom nothing else is known here
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self.stages.choose(wanted.stages)
        for line, text in zip((self.first, self.last), days, strict=True):
            line.setText(text)
        for line, fen in ((self.least, wanted.amount_from), (self.most, wanted.amount_to)):
            line.setText("" if fen is None else yuan(fen))
        plain = CaseFilter(
            programme=wanted.programme, article=wanted.article, stages=wanted.stages, outcome=wanted.outcome,
            text=wanted.text,
        )  # fmt: skip
        self.more.setChecked(wanted != plain)
        self.blockSignals(False)


_ARTICLE = "article:"


def _programmes(context: Context) -> list[tuple[str, str]]:
    """Each article with its programmes below it."""
    found: list[tuple[str, str]] = []
    titles = {article.number: article.title for article in articles()}
    for measure in all_measures():
        if measure.programmes:
            title = context.say(titles[measure.article])
            heading = context.say(N_("第{article}条 {title}"), article=measure.article, title=title)
            found.append((f"{_ARTICLE}{measure.article}", heading))
            found += [(p.code, f"　{p.code} {context.say(p.name)}") for p in measure.programmes]
    return found


def _holds(wanted: CaseFilter, part: dict[str, Any]) -> bool:
    return all(getattr(wanted, name) == value for name, value in part.items())
