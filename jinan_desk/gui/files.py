"""Asking where to write a file and which one to read: where one was chosen last, at first in the person's documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

PDF = "PDF (*.pdf)"
WORKBOOK = "Excel (*.xlsx)"
_FOLDER = "folder"
"""The property of the application that keeps where a file was chosen last, as long as the program runs."""


def ask_target(parent: QWidget, title: str, proposed: str | Path, *kinds: str) -> Path | None:
    """Where to write a file of one of these kinds, such as `PDF`; None for nowhere. A name gets the ending of its kind
    before it is asked whether the file of that name may be replaced."""
    with _dialog(parent, title, kinds) as dialog:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(str(proposed))
        while (chosen := answer(dialog)) is not None:
            named = _with_ending(chosen, dialog.selectedNameFilter() or kinds[0], kinds)
            if named == chosen or not named.exists():
                return named
            dialog.selectFile(str(named))  # nobody was asked about this one yet
        return None


def ask_source(parent: QWidget, title: str, *kinds: str) -> Path | None:
    """Which file of these kinds to read; None for none."""
    with _dialog(parent, title, kinds) as dialog:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return answer(dialog)


def ask_folder(parent: QWidget, title: str, proposed: Path | None = None) -> Path | None:
    """Which folder; None for none."""
    with _dialog(parent, title, ()) as dialog:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if proposed is not None:
            dialog.setDirectory(str(proposed))
        return answer(dialog)


def answer(dialog: QFileDialog) -> Path | None:
    """What a person chooses in the dialog; None where they give it up."""
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    _program().setProperty(_FOLDER, dialog.directory().absolutePath())
    return Path(dialog.selectedFiles()[0])


def _program() -> QCoreApplication:
    program = QCoreApplication.instance()
    assert program is not None, "there is no dialog without it"
    return program


@contextmanager
def _dialog(parent: QWidget, title: str, kinds: tuple[str, ...]) -> Iterator[QFileDialog]:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, _program().property(_FOLDER) or documents, ";;".join(kinds))
    try:
        yield dialog
    finally:
        dialog.deleteLater()


def _with_ending(path: Path, kind: str, kinds: tuple[str, ...]) -> Path:
    """The path with the ending of its kind, unless it has that of any of them."""
    if path.suffix.lower() in {_ending(each) for each in kinds}:
        return path
    return path.with_name(path.name + _ending(kind))


def _ending(kind: str) -> str:
    match = re.search(r"\*(\.\w+)", kind)
    assert match is not None, kind
    return match.group(1)
