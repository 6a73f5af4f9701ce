"""Starting Qt and the window on a desk.

The desk is opened on the thread that will own its store, and closed there; the window is made once it is open.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from jinan_desk.core.text import N_, Translate, chinese
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Bus, Context
from jinan_desk.gui.crash import Crashes, Report
from jinan_desk.gui.first_start import OfficeDialog
from jinan_desk.gui.look import LIGHT, Look, add_fonts, dress, has_chinese
from jinan_desk.gui.task import Worker
from jinan_desk.gui.window import Window
from jinan_desk.gui.words import Words
from jinan_desk.services.desk import Desk
from jinan_desk.services.office import Office

FontFile = Callable[[str], Path]
OpenDesk = Callable[[], AbstractContextManager[Desk]]

CHINESE = "zh_CN"
"""The language of Qt's own texts and of dates; `translate` brings the program's."""

_WINDOW_FONT = "hei"
_RARE_FONTS = ("song", "rare")


def run(
    open_desk: OpenDesk,
    found: Callable[[Office], object] | None = None,
    *,
    report: Report,
    font_file: FontFile,
    translate: Translate = chinese,
    language: str = CHINESE,
    colours: Mapping[str, str] = LIGHT,
) -> int:
    """Show the window until it is closed and answer the exit status.

    `found` founds the office, and is given only where there is none yet: it is asked for first. `report` writes a
    crash report, `font_file` names the TrueType file of a shipped font. What keeps the desk from opening is told in a
    box of its own.
    """
    application = make_application(translate, language)
    crashes = Crashes(report)
    crashes.install()
    try:
        look = Look(colours)
        dress(application, look, [font_file(_WINDOW_FONT)] if not has_chinese() else ())
        if found is not None and not _ask_office(found, translate):
            return 0
        with Sitting(open_desk, crashes, look) as sitting:
            sitting.window.show()
            sitting.settle_in(font_file)
            return application.exec()
    except DeskError as error:
        _tell_refusal(error, translate)
        return 1
    finally:
        sys.excepthook = sys.__excepthook__


def make_application(translate: Translate = chinese, language: str = CHINESE) -> QApplication:
    """The one QApplication in a language, with input methods where Qt's wheels need a hint to find them."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    _prepare_input_methods(os.environ)
    QLocale.setDefault(QLocale(language))
    application = QApplication(sys.argv[:1])
    application.setApplicationName("jinan_desk")
    application.setApplicationDisplayName(translate(N_("济南市稳就业政策措施经办台")))
    translator = QTranslator(application)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def _prepare_input_methods(environment: MutableMapping[str, str]) -> None:
    """The wheels bring only the ibus plug-in; fcitx 5 speaks it, too, through the portal."""
    if sys.platform.startswith("linux") and "QT_IM_MODULE" not in environment:
        environment["QT_IM_MODULE"] = "ibus"
        environment.setdefault("IBUS_USE_PORTAL", "1")


class Sitting:
    """A desk, its two workers and its window, from opening to closing."""

    def __init__(self, open_desk: OpenDesk, crashes: Crashes, look: Look) -> None:
        self._open_desk = open_desk
        self._crashes = crashes
        self._look = look
        self._manager: AbstractContextManager[Desk] | None = None

    def __enter__(self) -> Self:
        self.store = Worker("store", self._crashes.take)
        self.reckoner = Worker("reckoner", self._crashes.take)
        try:
            desk = self.store.wait(self._open)
        except BaseException:
            self._end()
            raise
        self.context = Context(
            desk=desk, say=Words(desk.translate), look=self._look, bus=Bus(), store=self.store, reckoner=self.reckoner
        )
        self.window = Window(self.context)
        self._crashes.attach(self.context, self.window, self.window.keep)
        return self

    def _open(self) -> Desk:
        manager = self._open_desk()
        desk = manager.__enter__()
        self._manager = manager
        return desk

    def settle_in(self, font_file: FontFile) -> None:
        """Bring in, once the window is there, what it can stand without: the libraries of paper and workbooks, and
        fonts for characters that the usual ones lack."""
        self.reckoner.ask(self.context.desk.warm_up, lambda _: None, owner=self.window)
        self.reckoner.ask(lambda: [font_file(name) for name in _RARE_FONTS], add_fonts, owner=self.window)

    def __exit__(self, *error: object) -> None:
        self.window.hide()  # whether it may be left was asked when somebody closed it
        self.window.deleteLater()
        self._end()

    def _end(self) -> None:
        manager = self._manager
        if manager is not None:
            self.store.wait(lambda: manager.__exit__(None, None, None))
        self.store.close()
        self.reckoner.close()


def _ask_office(found: Callable[[Office], object], translate: Translate) -> bool:
    """Ask for the office and found it; whether that was done."""
    dialog = OfficeDialog(Words(translate))
    while dialog.exec() == QDialog.DialogCode.Accepted:
        try:
            found(dialog.office)
        except DeskError as error:
            dialog.wrong.setText(error.read(translate))
        else:
            return True
    return False


def _tell_refusal(error: DeskError, translate: Translate) -> None:
    """Show, where there is no window yet, why there will be none."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate(N_("无法打开")))
    box.setText(error.read(translate))
    box.exec()
