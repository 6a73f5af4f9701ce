"""政策参数: every dated value of every programme, with its source and how sure it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.basis import MARK_LABELS, Mark
from jinan_desk.core.dated import ALWAYS, Dated, Parameter, ParameterSet
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.parameter_dialog import ParameterDialog
from jinan_desk.measures import programmes

Index = QModelIndex | QPersistentModelIndex

_HEADS = (
    (N_("参数"), 260), (N_("数值"), 130), (N_("起始日期"), 100), (N_("性质"), 110), (N_("依据"), 330),
    (N_("事项"), 130),
)  # fmt: skip
_SOURCE = 4
_DOUBTFUL = (Mark.READING, Mark.UNKNOWN)


class ParametersPage(QWidget):
    """A table to be read and searched."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        say = context.say
        self.search = QLineEdit()
        self.search.setPlaceholderText(say(N_("查找参数、依据或事项编号")))
        self.search.setAccessibleName(say(N_("查找参数")))
        self.search.addAction(context.look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(360)
        hint = QLabel(say(N_("“本机构确认”为本程序采用的解释，“待本机构录入”为文件没有公布的数值。")))
        hint.setWordWrap(True)
        set_role(hint, "muted")
        self.model = ParameterModel(context, self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self.model)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.textChanged.connect(self._shown.setFilterFixedString)
        self.table = QTableView()
        self.table.setModel(self._shown)
        self.table.setAccessibleName(say(N_("政策参数")))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(30)
        for column, (_, width) in enumerate(_HEADS):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(_SOURCE, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        self._context = context
        self.add = QPushButton(context.look.icon("new", "on_accent"), say(N_("录入数值…")))
        set_role(self.add, "primary")
        self.add.clicked.connect(lambda checked: self.ask_value())
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.search, 1)
        row.addWidget(hint, 2)
        row.addWidget(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        box.addLayout(row)
        box.addWidget(self.table, 1)
        context.bus.parameters_changed.connect(self._fetch)
        self._fetch()

    def _fetch(self) -> None:
        self._context.store.ask(self._context.desk.parameters, self._show_own, owner=self)

    def _show_own(self, own: ParameterSet) -> None:
        key = self.current
        self.model.add(own.added)
        if key:
            self._pick(key)

    @property
    def current(self) -> str:
        """The parameter under the cursor, "" for none."""
        index = self._shown.mapToSource(self.table.currentIndex())
        return self.model.parameter(index.row()).key if index.isValid() else ""

    def ask_value(self) -> ParameterDialog:
        """Ask for a new value of the parameter under the cursor, or of another one."""
        dialog = ParameterDialog(self.model.parameters, self.current, self._context, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def show_parameter(self, key: str) -> None:
        """Put the cursor on this parameter."""
        self.search.clear()
        self._pick(key)
        self.table.setFocus()

    def _pick(self, key: str) -> None:
        row = self.model.row_of(key)
        if row >= 0:
            index = self._shown.mapFromSource(self.model.index(row, 0))
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)

    def start_search(self) -> None:
        self.search.setFocus()


class ParameterModel(QAbstractTableModel):
    """One row a dated value; a parameter without any has one, too, that says so."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = context.say
        self._doubt = context.look.colour("doubt")
        self._codes: dict[str, list[str]] = {}
        self._parameters: dict[str, Parameter] = {}
        for _, programme in programmes():
            for parameter in programme.parameters:
                self._parameters.setdefault(parameter.key, parameter)
                self._codes.setdefault(parameter.key, []).append(programme.code)
        self._rows: list[tuple[Parameter, Dated | None]] = []
        self._own: set[int] = set()
        self.add({})

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters, in the order in which they are shown."""
        return tuple(self._parameters.values())

    def parameter(self, row: int) -> Parameter:
        """The parameter of a row."""
        return self._rows[row][0]

    def add(self, added: Any) -> None:
        """Show the office's own values between those that are shipped."""
        self.beginResetModel()
        self._rows = []
        self._own = {id(dated) for values in added.values() for dated in values}
        for parameter in self._parameters.values():
            values = sorted((*parameter.values, *added.get(parameter.key, ())), key=lambda dated: dated.since)
            self._rows += [(parameter, dated) for dated in values] or [(parameter, None)]
        self.endResetModel()

    def row_of(self, key: str) -> int:
        return next((n for n, (parameter, _) in enumerate(self._rows) if parameter.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._say(_HEADS[section][0]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        parameter, dated = self._rows[index.row()]
        mark = Mark.UNKNOWN if dated is None else dated.basis.mark
        doubtful = mark in _DOUBTFUL and id(dated) not in self._own
        if role == Qt.ItemDataRole.ForegroundRole and doubtful and index.column() in (1, 3):
            return self._doubt
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._texts(parameter, dated, mark)[index.column()]

    def _texts(self, parameter: Parameter, dated: Dated | None, mark: Mark) -> tuple[str, ...]:
        say = self._say
        unit = f" {say(parameter.unit)}" if parameter.unit else ""
        return (
            say(parameter.label),
            say(N_("未录入")) if dated is None else say.value(parameter.kind, dated.value) + unit,
            "" if dated is None or dated.since == ALWAYS else dated.since.isoformat(),
            say(N_("本机构录入") if id(dated) in self._own else MARK_LABELS[mark]),
            "" if dated is None else say.read(dated.basis.cite()),
            "、".join(self._codes[parameter.key]),
        )
