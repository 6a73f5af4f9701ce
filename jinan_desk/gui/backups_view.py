"""备份与恢复: how old the last proven backup is, all of them, a new one, and putting one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.dates import local_time
from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.card import Card
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.files import ask_folder, ask_source
from jinan_desk.gui.restore_dialog import RestoreDialog
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.backup_files import OCCASIONS, Backup

_HEADS = (
    (N_("时间"), 150, False), (N_("几日前"), 64, True), (N_("缘由"), 150, False), (N_("大小（KB）"), 90, True),
    (N_("位置"), 0, False),
)  # fmt: skip
_SEALED = N_("备份是加密的，要用管理员的密码或恢复码才能恢复。")
_OPEN = N_("备份是加密的，要用密钥文件 desk.key 才能打开；请把它另存一份，与备份分开保管。")
_FILES = N_("备份 (*.db)")


@dataclass(frozen=True, slots=True)
class _Found:
    """How the backups stand."""

    sentences: Sequence[Sentence]
    backups: Sequence[Backup]
    second: Path | None
    now: str


class BackupsView(QWidget):
    """The state above, the list below; what may be done with them beside."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self._backups: Sequence[Backup] = ()
        self._second: Path | None = None
        card = Card()
        self._state = card.add_text("", "heading")
        self._warned = card.add_text("", "caution")
        sealed = context.desk.accounts.protected
        made = say(N_("每天首次改动前、合并、升级和恢复前自动备份，每份都经过校验。"))
        card.add_text("\n".join((made, say(_SEALED if sealed else _OPEN))), "small")
        self.make = QPushButton(context.look.icon("save", "on_accent"), say(N_("立即备份")))
        set_role(self.make, "primary")
        self.make.clicked.connect(lambda checked: self.back_up())
        self.make_there = QPushButton(say(N_("备份到…")))
        self.make_there.clicked.connect(lambda checked: self._ask_folder())
        self.second = QPushButton()
        self.second.clicked.connect(lambda checked: self._ask_second())
        self.no_second = QPushButton(say(N_("不再另存")))
        self.no_second.clicked.connect(lambda checked: self.set_second(None))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.make, self.make_there, self.second, self.no_second):
            row.addWidget(button)
        row.addStretch(1)
        card.box.addLayout(row)
        self.model = TableModel([Head(say(title), width, numeric) for title, width, numeric in _HEADS])
        self.table = Table(self.model, say(N_("备份")), [width for _, width, _ in _HEADS])
        self.model.setParent(self.table)
        self.table.selectionModel().currentChanged.connect(lambda now, before: self._refresh())
        self.nothing = QLabel(say(N_("还没有备份。")))
        set_role(self.nothing, "muted")
        self.restore = QPushButton(say(N_("从所选备份恢复…")))
        self.restore.clicked.connect(lambda checked: self._ask_restore())
        self.restore_file = QPushButton(say(N_("从其他文件恢复…")))
        self.restore_file.clicked.connect(lambda checked: self._ask_file())
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.nothing, 1)
        below.addStretch(1)
        below.addWidget(self.restore)
        below.addWidget(self.restore_file)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(card)
        box.addWidget(self.table, 1)
        box.addLayout(below)

    @property
    def state(self) -> str:
        """How old the last proven backup is, and what a person should see to."""
        return "\n".join(filter(None, (self._state.text(), self._warned.text())))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        context = self._context

        def read() -> _Found:
            backups = context.desk.backups
            warnings = list(backups.warnings())
            first = [sentence for sentence in backups.sentences() if sentence not in warnings]
            return _Found([*first, *warnings], backups.everywhere(), backups.second_folder, context.desk.now())

        context.store.ask(read, self._show, owner=self)

    def _show(self, found: _Found) -> None:
        first, *others = map(self._say.read, found.sentences)
        self._state.setText(first)
        self._warned.setText("\n".join(others))
        self._warned.setVisible(bool(others))
        self._backups, self._second = found.backups, found.second
        self.second.setText(self._say(N_("更换第二备份目录…") if found.second else N_("设置第二备份目录…")))
        self.second.setToolTip(str(found.second or ""))
        self.no_second.setVisible(found.second is not None)
        today = date.fromisoformat(found.now[:10])
        self.model.show_rows(
            [
                (
                    local_time(backup.at),
                    str((today - date.fromisoformat(backup.at[:10])).days),
                    self._say(OCCASIONS[backup.occasion]),
                    _size(backup.path),
                    str(backup.path),
                )
                for backup in found.backups
            ]
        )
        self.nothing.setVisible(not found.backups)
        self._refresh()

    def _refresh(self) -> None:
        self.restore.setEnabled(self.table.currentIndex().isValid())

    # Making -----------------------------------------------------------------------------------------------------------

    def back_up(self, folder: Path | None = None) -> None:
        """Back up now, into the folder where one is named."""
        context = self._context

        def told(backup: Backup) -> None:
            context.tell(self._say(N_("备份已校验，存到 {path}"), path=str(backup.path)), Level.GOOD)
            self._read()

        context.store.ask(lambda: context.desk.backups.make(folder), told, owner=self)

    def _ask_folder(self) -> None:
        folder = ask_folder(self, self._say(N_("备份到哪个目录")))
        if folder is not None:
            self.back_up(folder)

    def _ask_second(self) -> None:
        title = self._say(N_("第二备份目录，例如 U 盘"))
        folder = ask_folder(self, title, self._second)
        if folder is not None:
            self.set_second(folder)

    def set_second(self, folder: Path | None) -> None:
        """Copy every backup there from now on, too; None: nowhere."""
        context = self._context

        def told(_nothing: None) -> None:
            words = N_("今后每次备份另存一份到 {path}") if folder is not None else N_("今后备份不再另存")
            context.tell(self._say(words, path=str(folder)) if folder is not None else self._say(words), Level.GOOD)
            self._read()

        context.store.ask(lambda: context.desk.backups.set_second_folder(folder), told, owner=self)

    # Putting back -----------------------------------------------------------------------------------------------------

    def _ask_restore(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._backups):
            self.ask_restore(self._backups[row].path)

    def _ask_file(self) -> None:
        path = ask_source(self, self._say(N_("从哪个备份恢复")), self._say(_FILES))
        if path is not None:
            self.ask_restore(path)

    def ask_restore(self, path: Path) -> RestoreDialog:
        """Show what putting the backup back would lose, and do it if that is wanted."""
        dialog = RestoreDialog(path, self._context, self.window())
        dialog.open()
        return dialog


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size // 1024
    except OSError:
        return None
