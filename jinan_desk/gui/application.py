"""Starting Qt and the window on a desk.

The desk is opened on the thread that will own its store, and closed there; the window is made once it is open.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEventLoop, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from jinan_desk.core.text import N_, Sentence, Translate, chinese
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Bus, Context, Errand
from jinan_desk.gui.crash import Crashes, Report
from jinan_desk.gui.entrance import Entrance, Person, ask_office, ask_person
from jinan_desk.gui.garbage import collected_here
from jinan_desk.gui.gradual import Gradual
from jinan_desk.gui.look import COLOURS, Look, add_fonts, dress, has_chinese, undress, wear
from jinan_desk.gui.pages import bring_in
from jinan_desk.gui.task import Worker
from jinan_desk.gui.waiting import News, Waiting
from jinan_desk.gui.window import Window
from jinan_desk.gui.words import Words
from jinan_desk.services.desk import Desk
from jinan_desk.services.preferences import Colours, Preferences

FontFile = Callable[[str], Path]
OpenDesk = Callable[[], AbstractContextManager[Desk]]

CHINESE = "zh_CN"
"""The language of Qt's own texts and of dates; `translate` brings the program's."""

_WINDOW_FONT = "hei"
_RARE_FONTS = ("song", "rare")
_AS_IT_IS = 100


def run(
    entrance: Entrance,
    *,
    report: Report,
    font_file: FontFile,
    translator: Callable[[str], Translate],
    preferences: Callable[[], Preferences],
    language: str = "",
) -> int:
    """Show the window until it is closed and answer the exit status.

    The office is asked for where there is none yet, a name and password where it has accounts. `report` writes a crash
    report, `font_file` names the TrueType file of a shipped font. The window is opened again with what is preferred
    then when somebody in it asks for that; `language` is one that was asked for from outside, and stays. What keeps the
    desk from opening is told in a box of its own.
    """
    wanted = preferences()
    enlarge(os.environ, wanted.scale)
    translate = translator(language or wanted.language)
    application = make_application(translate, language or wanted.language)
    crashes = Crashes(report)
    crashes.install()
    told: Told | None = None
    running = ExitStack()
    running.enter_context(collected_here(application))
    try:
        while True:
            look = Look(COLOURS[chosen_colours(wanted.colours)])
            dress(application, look, [font_file(_WINDOW_FONT)] if not has_chinese() else ())
            crashes.speak(Words(translate), look)
            founder = None
            if entrance.found is not None:
                founder = ask_office(entrance, Words(translate))
                if founder is None:
                    return 0
                entrance = replace(entrance, found=None, name=founder.name)
            with ExitStack() as stack:
                sit = partial(Sitting, crashes=crashes, look=look, news=entrance.news)
                seat = partial(_seat, stack, partial(entrance.open_desk, translate), sit)
                sitting = _sit_down(entrance, founder, Words(translate), seat)
                if sitting is None:
                    return 0
                entrance = replace(entrance, name=sitting.context.desk.account)
                sitting.window.stand(wanted.place)
                sitting.window.show()
                sitting.settle_in(font_file)
                sitting.window.tour_bar.setVisible(not wanted.toured)
                if told is not None:
                    told.show(sitting.window)
                status = application.exec()
            if sitting.errand is None:
                return status
            application.setStyleSheet(look.sheet())  # for what stands there while no window does
            told = carry_out(application, sitting.errand, translate)
            wanted = preferences()
            translate = translator(language or wanted.language)
            speak(application, translate, language or wanted.language)
    except DeskError as error:
        _tell_refusal(error, translate)
        return 1
    except Exception as error:  # noqa: BLE001  (there is no window in which it could be told)
        crashes.tell_at_last(error)
        return 1
    finally:
        running.close()
        sys.excepthook = sys.__excepthook__


def _seat(
    stack: ExitStack, open_desk: Callable[[str, str, str], AbstractContextManager[Desk]],
    sit: Callable[[OpenDesk], Sitting], person: Person,
) -> Sitting:
    """Open the desk and its window for somebody, for as long as the stack lasts."""
    return stack.enter_context(sit(partial(open_desk, person.name, person.password, person.own)))


def _sit_down(
    entrance: Entrance, founder: Person | None, say: Words, seat: Callable[[Person], Sitting]
) -> Sitting | None:
    """Seat whoever comes in; None where nobody does."""
    if founder is not None or not entrance.protected():
        return seat(founder or Person(entrance.name))
    return ask_person(entrance, say, seat)


def make_application(translate: Translate = chinese, language: str = CHINESE) -> QApplication:
    """The one QApplication in a language, with input methods where Qt's wheels need a hint to find them."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    _prepare_input_methods(os.environ)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("jinan_desk")
    speak(application, translate, language)
    return application


def speak(application: QApplication, translate: Translate, language: str) -> None:
    """Let Qt's own texts and dates be in this language, too."""
    QLocale.setDefault(QLocale(language))
    application.setApplicationDisplayName(translate(N_("济南市稳就业政策措施经办台")))
    for before in list[QTranslator](application.findChildren(QTranslator)):
        application.removeTranslator(before)
        before.setParent(None)
    translator = QTranslator(application)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


def enlarge(environment: MutableMapping[str, str], percent: int) -> None:
    """Draw everything larger, unless the system was told how large; Qt asks only before it begins."""
    if percent != _AS_IT_IS:
        environment.setdefault("QT_SCALE_FACTOR", f"{percent / _AS_IT_IS:g}")


def chosen_colours(colours: Colours) -> Colours:
    """Light or dark; what the system has where that is what was chosen."""
    if colours is not Colours.SYSTEM:
        return colours
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Colours.DARK if dark else Colours.LIGHT


def _prepare_input_methods(environment: MutableMapping[str, str]) -> None:
    """The wheels bring only the ibus plug-in; fcitx 5 speaks it, too, through the portal."""
    if sys.platform.startswith("linux") and "QT_IM_MODULE" not in environment:
        environment["QT_IM_MODULE"] = "ibus"
        environment.setdefault("IBUS_USE_PORTAL", "1")


class Sitting:
    """A desk, its two workers and its window, from opening to closing. `errand` is what somebody in the window wants
    done while the desk is closed, before it is opened again."""

    def __init__(self, open_desk: OpenDesk, crashes: Crashes, look: Look, *, news: News | None = None) -> None:
        self._open_desk = open_desk
        self._news = news or News()
        self._crashes = crashes
        self._look = look
        self._manager: AbstractContextManager[Desk] | None = None
        self.errand: Errand | None = None

    def __enter__(self) -> Self:
        self.store = Worker("store", self._crashes.take)
        self.reckoner = Worker("reckoner", self._crashes.take)
        try:
            with self._news as news:
                desk = self.store.wait(self._open, meanwhile=news.show)
            self._begin(desk)
        except BaseException:
            self._crashes.detach()
            self._end()
            raise
        return self

    def _begin(self, desk: Desk) -> None:
        self.context = Context(
            desk=desk,
            say=Words(desk.translate),
            look=self._look,
            bus=Bus(),
            store=self.store,
            reckoner=self.reckoner,
            open_again=self._open_again,
        )
        undress()
        self.window = Window(self.context)
        wear(self.window, self._look)
        self._crashes.attach(self.context, self.window, lambda: self.window.keepers)

    def _open(self) -> Desk:
        manager = self._open_desk()
        desk = manager.__enter__()
        self._manager = manager
        self.store.at_leisure = desk.store.tidy
        return desk

    def _open_again(self, errand: Errand) -> None:
        self.errand = errand
        if not self.window.close():  # somebody would rather stay
            self.errand = None

    def settle_in(self, font_file: FontFile) -> None:
        """Bring in, once the window is there, what it can stand without: the libraries of paper and workbooks, the
        other pages, and fonts for characters that the usual ones lack."""
        pages = Gradual(self.window)
        self.reckoner.ask(
            self.context.desk.warm_up, lambda _: pages.run(bring_in(), lambda: None), owner=self.window
        )
        self.reckoner.ask(lambda: [font_file(name) for name in _RARE_FONTS], add_fonts, owner=self.window)

    def __exit__(self, *error: object) -> None:
        self._crashes.detach()
        self.window.hide()  # whether it may be left was asked when somebody closed it
        self.window.deleteLater()
        self._end()

    def _end(self) -> None:
        manager = self._manager
        if manager is not None:
            self.store.at_leisure = lambda: None
            self.store.wait(lambda: manager.__exit__(None, None, None))
        self.store.close()
        self.reckoner.close()


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of something that was done while no window was there."""

    text: str
    bad: bool

    def show(self, window: QWidget) -> None:
        """Say it in front of the window."""
        box = QMessageBox(window)
        box.setIcon(QMessageBox.Icon.Warning if self.bad else QMessageBox.Icon.Information)
        box.setText(self.text)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def carry_out(application: QApplication, errand: Errand, translate: Translate) -> Told | None:
    """Do what was wanted while the desk is closed; meanwhile the person is asked to wait."""
    quits = application.quitOnLastWindowClosed()
    application.setQuitOnLastWindowClosed(False)
    waiting = Waiting(translate(N_("数据已关闭，正在处理，完成后窗口会重新打开…")))
    waiting.show()
    loop = QEventLoop()
    done: list[Told | None] = []

    def say(sentences: Sequence[Sentence]) -> None:
        lines = [sentence.read(translate) for sentence in sentences]
        done.append(Told("\n".join(lines), bad=False) if lines else None)
        loop.quit()

    def refuse(error: Exception) -> None:
        failed.append(error)
        loop.quit()

    failed: list[Exception] = []
    worker = Worker("errand", refuse)
    worker.ask(errand, say, owner=waiting)
    loop.exec()
    worker.close()
    waiting.hide()
    waiting.deleteLater()
    application.setQuitOnLastWindowClosed(quits)
    for error in failed:
        if not isinstance(error, DeskError):
            raise error
        return Told(error.read(translate), bad=True)
    return done[0]


def _tell_refusal(error: DeskError, translate: Translate) -> None:
    """Show, where there is no window yet, why there will be none."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate(N_("无法打开")))
    box.setText(error.read(translate))
    box.exec()
