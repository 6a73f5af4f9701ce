"""What the window says, text by text, and which of it stays Chinese in every language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHeaderView,
    QAbstractButton, QAbstractItemView, QComboBox, QGroupBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QProgressBar, QTabBar, QTextEdit, QWidget,
)

from jinan_desk.core.district import DISTRICTS
from jinan_desk.measures import all_measures, all_parameters
from jinan_desk.resources import articles, chapters, policy_text
from jinan_desk.services.preferences import LANGUAGE_NAMES
from tests.i18n.messages import is_chinese

ROWS = 400


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that can be seen or heard of what is shown, with where it stands."""
    yield "window title", root.windowTitle()
    for action in root.findChildren(QAction):
        yield from (("action", action.text()), ("action tip", action.toolTip()))
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root) and not isinstance(widget, QMenu):
            continue
        kind = type(widget).__name__
        yield from ((f"{kind} tip", widget.toolTip()), (f"{kind} name", widget.accessibleName()), (f"{kind} description", widget.accessibleDescription()), (f"{kind} status", widget.statusTip()), (f"{kind} whatsthis", widget.whatsThis()))
        yield from ((kind, text) for text in _own(widget))


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QLineEdit):
        yield from (widget.placeholderText(), widget.text())
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield from (widget.placeholderText(), widget.toPlainText())
    elif isinstance(widget, QProgressBar):
        yield widget.text()
    elif isinstance(widget, QTabBar):
        yield from chain.from_iterable((widget.tabText(n), widget.tabToolTip(n)) for n in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model() is not None:
        yield from _of_model(widget.model())


ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole)


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for role in ROLES:
        for orientation, count in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, min(model.rowCount(QModelIndex()), ROWS))):
            yield from (str(model.headerData(n, orientation, role) or "") for n in range(count))
        for row in range(min(model.rowCount(QModelIndex()), ROWS)):
            yield from (str(model.index(row, n).data(role) or "") for n in range(columns))


class Allowed:
    def __init__(self, desk, rows):
        names = {desk.office.name, desk.office.prefix, desk.office.address, desk.account, *LANGUAGE_NAMES.values()}
        for row in rows:
            view = desk.cases.view(row.case)
            names |= set(_strings(view.facts)) | {row.number}
            for revision in desk.cases.history(row.case):
                names |= {revision.account, revision.reason}
        names |= {district.name for district in DISTRICTS.values()}
        law = set()
        for chapter in chapters():
            law |= {chapter.title, chapter.title.partition("、")[2]}
        for article in articles():
            law |= {*_sources()}
            law |= {article.title, *map(str, article.text), "".join(map(str, article.text))}
        names = {n for n in names | law if n and is_chinese(n)}
        self.names = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
        self.law = policy_text()
    def rest(self, text):
        if not text or not is_chinese(text): return ""
        text = self.names.sub("", text)
        text = re.sub('["“]([^”"]*)["”]', lambda m: "" if m.group(1) in self.law else m.group(0), text)
        text = re.sub("[\\u4e00-\\u9fff]+〔[0-9]{4}〕[0-9]+号", "", text)
        return text if is_chinese(text) else ""


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for v in value.values(): yield from _strings(v)
    elif isinstance(value, list):
        for v in value: yield from _strings(v)


def _sources():
    for measure in all_measures():
        for programme in measure.programmes:
            for check in (*programme.checks, *(programme.roster.checks if programme.roster else ())):
                yield check.basis.source
    for parameter in all_parameters().values():
        for dated in parameter.values:
            yield dated.basis.source
