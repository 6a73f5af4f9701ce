"""A window on a real office in a folder of its own. Nobody here waits for a clock: only for the workers to be idle."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from jinan_desk import app
from jinan_desk.core.role import Role
from jinan_desk.core.text import chinese
from jinan_desk.gui.application import Sitting, make_application
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.chart_view import ChartView
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.effect_panel import EffectPanel
from jinan_desk.gui.errand import Errand
from jinan_desk.gui.garbage import collected_here
from jinan_desk.gui.gradual import Gradual
from jinan_desk.gui.look import LIGHT, Look, dress
from jinan_desk.gui.match_one import MatchOne
from jinan_desk.gui.pages.people import PeoplePage
from jinan_desk.gui.portions import Portions
from jinan_desk.gui.programme_desk import ProgrammeDesk
from jinan_desk.gui.sign_in import SignInDialog
from jinan_desk.gui.step_dialog import StepDialog
from jinan_desk.gui.window import Window
from jinan_desk.services.office import Office
from jinan_desk.store import keyring

NONE = Qt.KeyboardModifier.NoModifier
TODAY = date(2020, 3, 20)
_MOST_TURNS = 12_000
"""Before it is said that the window does not come to rest: a minute and more, since the machine may be busy."""
CHIEF, CLERK, SECRET = "陈主任", "苏敏", "correct horse"
LANGUAGES = {"zh_CN": chinese, "en": app.translate_into("en")}
OFFICE = Office("370102", "济南市历下区人力资源和社会保障局", "济历下人社受")


_BUSY = (ProgrammeDesk, MatchOne, ChartView, PeoplePage, EffectPanel, CaseList, Portions, Errand, Gradual)


class Hall:
    """The window and what a person does at it."""

    def __init__(self, sitting: Sitting, folder: Path) -> None:
        self.sitting = sitting
        self.folder = folder
        self.crashes: list[BaseException] = []
        self.day = TODAY

    @property
    def window(self) -> Window:
        return self.sitting.window

    @property
    def desk(self) -> ProgrammeDesk:
        found = self.window.measures.desk
        assert found is not None
        return found

    def settle(self) -> None:
        """Let everything that was asked for come to rest."""
        for _ in range(_MOST_TURNS):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not (self.sitting.store.busy or self.sitting.reckoner.busy or self._waiting()):
                QCoreApplication.processEvents()
                break
            if self.crashes:
                break
            QTest.qWait(5)
        else:
            raise AssertionError("the window does not come to rest")
        if self.crashes:
            raise self.crashes[0]

    def _waiting(self) -> bool:
        """Whether anything in the window has still something to do; one look at all there is costs the most."""
        return any(
            part.editor.waiting if isinstance(part, ProgrammeDesk)
            else part.running if isinstance(part, Portions | Errand | Gradual)
            else part.waiting and (not isinstance(part, ChartView) or part.isVisible())
            for part in self.window.findChildren(QObject)
            if type(part) in _BUSY  # by far quicker than asking every part what it is
        )  # fmt: skip

    def choose(self, article: int, programme: int = 0) -> ProgrammeDesk:
        self.window.show_article(article)
        self.window.measures.tab.show_programme(programme)
        self.settle()
        return self.desk

    def keys(self, text: str) -> None:
        """Type into what has the focus; Chinese comes from an input method, as it does at a desk."""
        if text.isascii():
            for key in text:
                QTest.keyClick(self.focus, key)
            return
        focus = self.focus
        QCoreApplication.sendEvent(focus, QInputMethodEvent("pinyin", []))
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(focus, event)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifier)

    @property
    def focus(self) -> QWidget:
        for _ in range(20):  # a bare X server hands the focus on when it likes, and not at all without being asked
            found = QApplication.focusWidget()
            if found is not None:
                return found
            (QApplication.activeModalWidget() or self.window).activateWindow()
            QTest.qWait(100)
        raise AssertionError("nothing has the focus")

    def sit(self, name: str) -> None:
        """Another person sits down."""
        self.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.settle()
        self.fill(name)
        self.come_back()
        assert self.sitting.context.desk.account == name

    def step(self, number: int, said: str = "", *, asked: bool = True) -> None:
        """Take the case in the editor to a next stage by its key, and answer what is asked for."""
        self.press(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        self.settle()
        dialog = self.window.findChild(StepDialog)
        assert (dialog is not None) == asked
        if dialog is not None:
            for line, text in enumerate(said.splitlines()):
                if line:
                    self.press(Qt.Key.Key_Return)
                self.keys(text)
            control = Qt.KeyboardModifier.ControlModifier
            self.press(Qt.Key.Key_Return, control if isinstance(dialog.answer, QPlainTextEdit) else NONE)
        self.come_back()

    def come_back(self) -> None:
        """Let a dialog close; where there is a desktop, it gives the window its focus back."""
        self.settle()
        self.window.activateWindow()
        self.settle()

    def fill(self, *texts: str) -> None:
        """Type a text into each field in turn, Enter after each; in a yes-or-no field Y or N, in a choice arrows."""
        for text in texts:
            if text:
                self.keys(text)
            self.press(Qt.Key.Key_Return)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    application = make_application()
    dress(application, Look(LIGHT))
    return application


@pytest.fixture(autouse=True)
def garbage(qapp: QApplication) -> Iterator[None]:
    """Collected as in the program, by the thread that owns the widgets."""
    with collected_here(qapp):
        yield


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    app.found(folder, OFFICE)
    return folder


@contextmanager
def opened(folder: Path, tmp_path: Path, *person: str) -> Iterator[Hall]:
    """The window of the office in the folder, with somebody at it."""
    crashes: list[BaseException] = []

    def report(error: BaseException) -> Path:
        crashes.append(error)
        path = tmp_path / "crash.txt"
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return path

    def today() -> date:
        return made.day

    with Sitting(lambda: app.open_desk(folder, *person, today=today), Crashes(report), Look(LIGHT)) as sitting:
        made = Hall(sitting, tmp_path)
        made.crashes = crashes
        sitting.window.resize(1366, 768)
        sitting.window.show()
        sitting.window.activateWindow()
        QTest.qWaitForWindowActive(sitting.window)
        made.settle()
        yield made
        made.settle()
        for desk in sitting.window.findChildren(ProgrammeDesk):
            desk.editor.draft.stack.setClean()


@contextmanager
def spoken(folder: Path, handler: str, language: str, tmp_path: Path) -> Iterator[Hall]:
    """The window of the office in the folder, in a language."""
    crashes: list[BaseException] = []

    def report(error: BaseException) -> Path:
        crashes.append(error)
        return tmp_path / "crash.txt"

    def open_desk() -> object:
        return app.open_desk(folder, handler, today=lambda: TODAY, translate=LANGUAGES[language])

    with Sitting(open_desk, Crashes(report), Look(LIGHT)) as sitting:
        made = Hall(sitting, tmp_path)
        made.crashes = crashes
        sitting.window.show()
        made.settle()
        yield made


@pytest.fixture
def hall(qapp: QApplication, office: Path, tmp_path: Path) -> Iterator[Hall]:
    assert qapp is QApplication.instance()
    with opened(office, tmp_path, CLERK) as made:
        yield made


@pytest.fixture(params=LANGUAGES)
def spoken_hall(qapp: QApplication, office: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hall]:
    """The window in one of the languages."""
    assert qapp is QApplication.instance()
    with spoken(office, CLERK, request.param, tmp_path) as made:
        yield made


@pytest.fixture
def guarded(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """An office with an administrator, who sits at the window, and a clerk."""
    assert qapp is QApplication.instance()
    monkeypatch.setattr(keyring, "COST", keyring.Cost(2, 1, 1))
    folder = tmp_path / "guarded"
    app.found(folder, OFFICE, administrator=CHIEF, password=SECRET)
    with app.open_desk(folder, CHIEF, SECRET) as desk:
        desk.accounts.add(CLERK, frozenset({Role.CLERK}), SECRET)
        desk.store.accounts.put([replace(row, given=False) for row in desk.store.accounts.all()])
    with opened(folder, tmp_path, CHIEF, SECRET) as made:
        yield made


def answer(dialog: SignInDialog, name: str, password: str) -> None:
    """Sign in."""
    dialog._name.setText(name)
    dialog._box.first.setText(password)
    dialog.enter.click()
