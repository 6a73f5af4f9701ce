"""Starting Qt and the window on a desk.

The desk is opened on the thread that will own its store, and closed there; the window is made once it is open.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from jinan_desk.core.text import N_, Translate, chinese
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Bus, Context
from jinan_desk.gui.crash import Crashes, Report
from jinan_desk.gui.look import LIGHT, Look, add_fonts, dress, has_chinese
from jinan_desk.gui.task import Worker
from jinan_desk.gui.window import Window
from jinan_desk.gui.words import Words
from jinan_desk.services.desk import Desk

OpenDesk = Callable[[], AbstractContextManager[Desk]]

_WINDOW_FONT = "hei"
_RARE_FONTS = ("song", "rare")


def run(open_desk: OpenDesk, *, report: Report, translate: Translate = chinese) -> int:
    """Show the window until it is closed and answer the exit status. Raises DeskError where the desk does not open."""
    application = make_application(translate)
    crashes = Crashes(report)
    crashes.install()
    try:
        with Sitting(open_desk, crashes) as sitting:
            sitting.window.show()
            sitting.add_rare_fonts()
            return application.exec()
    finally:
        sys.excepthook = sys.__excepthook__


def make_application(translate: Translate = chinese) -> QApplication:
    """The one QApplication, in Chinese, with input methods where Qt's wheels need a hint to find them."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    _prepare_input_methods(os.environ)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    application = QApplication(sys.argv[:1])
    application.setApplicationName("jinan_desk")
    application.setApplicationDisplayName(translate(N_("济南市稳就业政策措施经办台")))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def _prepare_input_methods(environment: os._Environment[str] | dict[str, str]) -> None:
    """The wheels bring only the ibus plug-in; fcitx 5 speaks it, too, through the portal."""
    if sys.platform.startswith("linux") and "QT_IM_MODULE" not in environment:
        environment["QT_IM_MODULE"] = "ibus"
        environment.setdefault("IBUS_USE_PORTAL", "1")


@dataclass(frozen=True, slots=True)
class _Opened:
    desk: Desk
    fonts: tuple[Path, ...]


class Sitting:
    """A desk, its two workers and its window, from opening to closing."""

    def __init__(self, open_desk: OpenDesk, crashes: Crashes, *, colours: dict[str, str] | None = None) -> None:
        self._open_desk = open_desk
        self._crashes = crashes
        self._look = Look(colours or LIGHT)
        self._manager: AbstractContextManager[Desk] | None = None

    def __enter__(self) -> Sitting:
        self.store = Worker("store", self._crashes.take)
        self.reckoner = Worker("reckoner", self._crashes.take)
        needs_font = not has_chinese()

        def open_() -> _Opened:
            manager = self._open_desk()
            desk = manager.__enter__()
            self._manager = manager
            return _Opened(desk, (desk.notices.font_file(_WINDOW_FONT),) if needs_font else ())

        try:
            opened = self.store.wait(open_)
        except BaseException:
            self._end()
            raise
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, self._look, opened.fonts)
        self.context = Context(
            desk=opened.desk, say=Words(opened.desk.translate), look=self._look, bus=Bus(), store=self.store,
            reckoner=self.reckoner,
        )  # fmt: skip
        self.window = Window(self.context)
        self._crashes.attach(self.context, self.window)
        return self

    def add_rare_fonts(self) -> None:
        """Fetch, once the window is there, the fonts for characters that the usual ones lack."""
        notices = self.context.desk.notices
        self.store.ask(lambda: [notices.font_file(name) for name in _RARE_FONTS], add_fonts, owner=self.window)

    def __exit__(self, *error: object) -> None:
        self.window.close()
        self.window.deleteLater()
        self._end()

    def _end(self) -> None:
        manager = self._manager
        if manager is not None:
            self.store.wait(lambda: manager.__exit__(None, None, None))
        self.store.close()
        self.reckoner.close()


def tell_refusal(error: DeskError, translate: Translate = chinese) -> None:
    """Show, where there is no window yet, why there will be none."""
    make_application(translate)
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate(N_("无法打开")))
    box.setText(error.read(translate))
    box.exec()
