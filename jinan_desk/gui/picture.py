"""Pictures of everything in the window, see `gallery`. For manuals, and for looking at it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent
from PySide6.QtWidgets import QDialog

from jinan_desk.core.text import Translate, chinese
from jinan_desk.gui.application import CHINESE, FontFile, OpenDesk, Sitting, make_application, speak
from jinan_desk.gui.crash import Crashes, Report
from jinan_desk.gui.form import Form
from jinan_desk.gui.gallery import sights
from jinan_desk.gui.gallery_dialogs import open_dialogs
from jinan_desk.gui.look import LIGHT, Look, dress, has_chinese
from jinan_desk.services.listing import CaseFilter, CaseRow

_QUIET = 160
_TURNS = 12
"""Of the event loop: what came last is laid out one part after the other, however long a turn takes."""
_MOST = 20_000
_CASES = 60


def take(
    open_desk: OpenDesk,
    directory: Path,
    *,
    font_file: FontFile,
    report: Report,
    size: tuple[int, int] = (1366, 768),
    scale: float = 1.0,
    colours: Mapping[str, str] = LIGHT,
    translate: Translate = chinese,
    language: str = CHINESE,
    wanted: Collection[str] | None = None,
) -> list[Path]:
    """Write pictures into `directory` and answer their paths. `size` is in dots of the screen, before `scale`;
    `wanted` are the names of some sights, where not all are."""
    if scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    application = make_application(translate, language)
    speak(application, translate, language)
    look = Look(colours)
    dress(application, look, [] if has_chinese() else [font_file("hei")])
    directory.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with Sitting(open_desk, Crashes(report), look) as sitting:
        photographer = _Photographer(sitting, directory, taken)
        sitting.window.resize(round(size[0] / scale), round(size[1] / scale))
        sitting.window.show()
        sitting.settle_in(font_file)
        cases = sitting.context.desk.cases
        rows: list[CaseRow] = sitting.store.wait(lambda: cases.rows(CaseFilter(), limit=_CASES))
        for name, show in sights(sitting.window, sitting.context, rows):
            if wanted is not None and name not in wanted and not name.startswith("page-"):
                continue  # but a page is opened before its views
            show()
            if wanted is None or name in wanted:
                photographer.take(name)
    return taken


class _Photographer:
    def __init__(self, sitting: Sitting, directory: Path, taken: list[Path]) -> None:
        self._sitting = sitting
        self._directory = directory
        self._taken = taken

    def take(self, name: str) -> None:
        self._settle()
        path = self._directory / f"{name}.png"
        dialogs = open_dialogs(self._sitting.window)
        (dialogs[-1] if dialogs else self._sitting.window).grab().save(str(path))
        self._taken.append(path)
        for dialog in dialogs:
            dialog.done(QDialog.DialogCode.Rejected)  # those, too, that there is but one way out of

    def _settle(self) -> None:
        """Wait until nothing has been going on for a moment."""
        whole, quiet = QElapsedTimer(), QElapsedTimer()
        whole.start()
        quiet.start()
        turns = 0
        while (quiet.elapsed() < _QUIET or turns < _TURNS) and whole.elapsed() < _MOST:
            turns += 1
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            forms: Iterable[Form] = self._sitting.window.findChildren(Form)
            unfinished = any(form.isVisible() and not form.complete for form in forms)
            if unfinished or self._sitting.store.busy or self._sitting.reckoner.busy:
                quiet.restart()
                turns = 0
