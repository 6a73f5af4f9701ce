"""Putting a backup back: first what that would lose, then the window closes, the store is exchanged, it opens again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.context import Context
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.services.restoring import NO_PROOF, Proof, Restored, restore

_LOOK, _DO = N_("查看将丢失什么"), N_("恢复并重新打开窗口")


class RestoreDialog(FormDialog):
    """On the first press it says what would be lost, on the second it is done. Where there are accounts an
    administrator shows who they are by their password."""

    def __init__(self, path: Path, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            say(N_("从备份恢复")),
            say(N_("从 {path} 恢复。现有的数据先另作备份，并保留在旁；恢复后窗口会重新打开。"), path=str(path)),
            say(_LOOK),
            context,
            parent,
        )
        self.resize(640, 400)
        self._path = path
        self._looked = False
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        name = say(N_("{name} 的密码"), name=context.desk.account)
        self.password.setAccessibleName(name)
        self.password.setPlaceholderText(name)
        self.password.setVisible(context.desk.accounts.protected)
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setTabChangesFocus(True)
        self.found.setAccessibleName(say(N_("将丢失什么")))
        self.box.addWidget(self.password)
        self.box.addWidget(self.found, 1)
        self._begin()

    def _begin(self) -> None:
        """A password is what is wanted first; where there are none, what would be lost is looked at right away."""
        if self._context.desk.accounts.protected:
            self.password.setFocus()
            told = N_("请输入密码，按回车，先看恢复会丢失什么；这一步不改动任何内容。")
        else:
            self.take()
            told = N_("正在查看恢复会丢失什么；这一步不改动任何内容。")
        self.found.setPlaceholderText(self._say(told))

    @property
    def _proof(self) -> Proof:
        desk = self._context.desk
        return Proof(desk.account, self.password.text()) if desk.accounts.protected else NO_PROOF

    def take(self) -> None:
        context, path, proof = self._context, self._path, self._proof
        if not self._looked:
            self.ask(lambda: context.desk.backups.look(path, proof), self._show)
            return
        directory, now = context.desk.store.directory, context.desk.now

        def put_back() -> Sequence[Sentence]:
            return list(restore(directory, path, now=now(), proof=proof).sentences())

        self.accept()
        context.open_again(put_back)

    def failed(self, error: Exception) -> None:
        """Say it, and let the password be typed over."""
        super().failed(error)
        self.password.selectAll()
        self.password.setFocus()

    def _show(self, would: Restored) -> None:
        self._looked = True
        self.found.setPlainText("\n".join(self._say.read(sentence) for sentence in would.sentences()))
        self.password.setEnabled(False)
        self.ok.setText(self._say(_DO))
