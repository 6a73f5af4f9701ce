"""Going to a programme by its code or a piece of its name, without a mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.identity import compact
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.measures import programmes
from jinan_desk.resources import articles

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class GoToDialog(FittingDialog):
    """A line above the programmes that fit what stands in it. Arrows choose, Enter goes there."""

    chosen = Signal(int, str)
    """The article and the code of the programme."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say = context.say
        self._titles = {article.number: (article.title, say(article.title)) for article in articles()}
        self.setWindowTitle(say(N_("转到事项")))
        self.resize(560, 420)
        self.line = QLineEdit()
        self.line.setPlaceholderText(say(N_("编号或名称，例如 06A、稳岗")))
        self.line.setAccessibleName(say(N_("编号或名称")))
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(say(N_("事项")))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = QLabel()
        set_role(self.hint, "small")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 12)
        for part in (self.line, self.list, self.hint):
            box.addWidget(part)
        self.line.textChanged.connect(self._list)
        self.line.returnPressed.connect(self._go)
        self.list.itemClicked.connect(lambda item: self._go())
        self._list("")

    def _list(self, text: str) -> None:
        wanted = compact(text).casefold()
        self.list.clear()
        for measure, programme in programmes():
            if self._fits(measure.article, programme, wanted):
                item = QListWidgetItem(f"{programme.code}　{self._say(programme.name)}")
                item.setToolTip(item.text())
                item.setData(Qt.ItemDataRole.UserRole, (measure.article, programme.code))
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        how = N_("上下键选择，回车转到；到了以后按 Ctrl+N 新建办件")
        self.hint.setText(self._say(how if self.list.count() else N_("没有这样的事项，请改用编号或名称中的几个字")))

    def _fits(self, article: int, programme: Programme, wanted: str) -> bool:
        """Whether the code or the article's number begin so, or a name holds it."""
        names = (programme.name, self._say(programme.name), *self._titles[article])
        return any(compact(sign).casefold().startswith(wanted) for sign in (programme.code, str(article))) or any(
            wanted in compact(name).casefold() for name in names
        )

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(*item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _LIST_KEYS:
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)
