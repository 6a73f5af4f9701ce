"""The way in: founding the office at the first start, signing in at every other, the recovery code when all is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QMessageBox

from jinan_desk.core.text import N_, Translate
from jinan_desk.errors import DeskError
from jinan_desk.gui.first_start import OfficeDialog
from jinan_desk.gui.recovery import CodeDialog, RecoverDialog
from jinan_desk.gui.sign_in import SignInDialog
from jinan_desk.gui.waiting import News
from jinan_desk.gui.words import Words
from jinan_desk.services.desk import Desk
from jinan_desk.services.sign_in import SignInError

T = TypeVar("T")
D = TypeVar("D", bound=QDialog)


@dataclass(frozen=True, slots=True)
class Person:
    """Who wants in; the password is "" where the store has no accounts, `own` where it was not given by somebody."""

    name: str = ""
    password: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What stands behind the door. `found` founds the office and answers the recovery code; it is None where there is
    an office. `recover` takes the code, an administrator's name and new password, and answers the next code."""

    open_desk: Callable[[Translate, str, str, str], AbstractContextManager[Desk]]
    protected: Callable[[], bool]
    recover: Callable[[str, str, str], str]
    found: Callable[..., str] | None = None
    name: str = ""
    news: News = field(default_factory=News)
    """What opening the desk tells."""


@contextmanager
def _passing(dialog: D) -> Iterator[D]:
    """A dialog that goes with the block, on this thread: Python's collector would take it away on any."""
    try:
        yield dialog
    finally:
        dialog.deleteLater()


def ask_office(entrance: Entrance, say: Words) -> Person | None:
    """Ask for the office and its administrator and found it; None where somebody thinks better of it."""
    assert entrance.found is not None
    with _passing(OfficeDialog(say)) as dialog:
        while dialog.exec() == QDialog.DialogCode.Accepted:
            person = Person(dialog.administrator, dialog.password)
            try:
                code = entrance.found(dialog.office, administrator=person.name, password=person.password)
            except DeskError as error:
                dialog.refuse(error.read(say.translate))
            else:
                with _passing(CodeDialog(code, say, office=dialog.office.name)) as shown:
                    shown.exec()
                return person
    return None


def ask_person(entrance: Entrance, say: Words, enter: Callable[[Person], T]) -> T | None:
    """Ask who it is until `enter` takes them, and answer what it answers; None where nobody came in. Raises DeskError
    for what no password mends."""
    asking = SignInDialog(
        say,
        title=say(N_("登录")),
        about=say(N_("请用自己的姓名和密码登录；办理的每一步都记在登录人名下。")),
        name=entrance.name,
        leave=say(N_("退出")),
    )
    with _passing(asking) as dialog:
        dialog.tried.connect(dialog.accept)
        dialog.forgotten.connect(lambda: _recover(entrance, say, dialog))
        while dialog.exec() == QDialog.DialogCode.Accepted:
            try:
                return enter(Person(dialog.name, dialog.password, dialog.own))
            except SignInError as error:
                dialog.refuse(error)
    return None


def _recover(entrance: Entrance, say: Words, parent: SignInDialog) -> None:
    with _passing(RecoverDialog(say, name=parent.name, parent=parent)) as dialog:
        while dialog.exec() == QDialog.DialogCode.Accepted:
            try:
                code = entrance.recover(dialog.code, dialog.name, dialog.password)
            except DeskError as error:
                dialog.refuse(error.read(say.translate))
            else:
                with _passing(CodeDialog(code, say, parent)) as shown:
                    shown.exec()
                told = say(N_("{name} 的密码已重设，请用新密码登录"), name=dialog.name)
                QMessageBox.information(parent, say(N_("忘记密码")), told)
                parent.begin_with(dialog.name)
                break
