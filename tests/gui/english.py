"""What the window says, text by text, and which of it is Chinese in every language.

Chinese stays, by kind: names and what people have typed, the circular and what rests on it, forms with their names and
人民币大写, and what was stored and cannot be told in another language, which is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from jinan_desk.core.district import DISTRICTS
from jinan_desk.gui.manual import ManualDialog
from jinan_desk.measures import programmes
from jinan_desk.resources import articles, chapters, policy_text
from jinan_desk.services.demo import DISTRICT, STREET
from jinan_desk.services.desk import Desk
from jinan_desk.services.listing import CaseFilter
from jinan_desk.services.paper_kinds import NOTICES
from jinan_desk.services.preferences import LANGUAGE_NAMES
from tests.i18n.messages import NUMBER, is_chinese

STORED = " [Chinese original]"
TOGETHER = "\u2060"
"""Between two characters of what no line ends in; nobody sees it."""
ROWS = 200
IN_WORDS = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{3,}")
QUOTED = re.compile("[“\"]([^”\"]+)[”\"]")
ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole,
)  # fmt: skip


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that can be seen or heard of what is shown, with where it stands."""
    yield "window title", root.windowTitle()
    for widget in shown(root):
        kind = type(widget).__name__
        about = (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip(), widget.whatsThis())
        for action in widget.actions():
            yield from ((f"action of {kind}", text) for text in (action.text(), action.toolTip(), action.statusTip()))
        yield from ((kind, text.replace(TOGETHER, "")) for text in (*about, *_own(widget)) if text)


def shown(widget: QWidget) -> Iterator[QWidget]:
    """The widget and all that is shown in it; menus, too, which are shown when they are wanted."""
    yield widget
    for part in widget.children():
        if isinstance(part, QMenu) or (isinstance(part, QWidget) and not part.isHidden() and not part.isWindow()):
            yield from shown(part)


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QLineEdit):
        yield from (widget.placeholderText(), widget.text())
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        if not isinstance(widget.window(), ManualDialog):  # which is written in Chinese
            yield from (widget.placeholderText(), *widget.toPlainText().splitlines())
    elif isinstance(widget, QProgressBar | QAbstractSpinBox):
        yield widget.text()
    elif isinstance(widget, QTabBar):
        yield from chain.from_iterable((widget.tabText(n), widget.tabToolTip(n)) for n in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model() is not None:
        yield from _of_model(widget.model())


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    rows = min(model.rowCount(QModelIndex()), ROWS)
    for role in ROLES:
        for direction, count in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, rows)):
            yield from (str(model.headerData(number, direction, role) or "") for number in range(count))
        yield from (str(model.index(row, n).data(role) or "") for row in range(rows) for n in range(columns))


class Chinese:
    """What may be Chinese in the window of a desk."""

    def __init__(self, desk: Desk) -> None:
        allowed = {*_names(desk), *_law(), *_forms()}
        known = sorted((text for text in allowed if is_chinese(text)), key=len, reverse=True)
        self._allowed = re.compile("|".join(map(re.escape, known)))
        self._circular = policy_text()

    def left(self, text: str) -> str:
        """What of the text is Chinese and may not be."""
        if not is_chinese(text) or text.endswith(STORED):
            return ""
        for known in (self._allowed, NUMBER, IN_WORDS):
            text = known.sub("", text)
        rest = QUOTED.sub(lambda quoted: "" if quoted[1] in self._circular else quoted[0], text)
        return rest if is_chinese(rest) else ""


def _names(desk: Desk) -> Iterator[str]:
    """Names, and whatever people have typed."""
    for office in (STREET, DISTRICT):
        yield from (office.name, office.prefix, office.address)
    yield from LANGUAGE_NAMES.values()
    yield from (district.name for district in DISTRICTS.values())
    for row in desk.cases.rows(CaseFilter()):
        yield row.number
        yield from _strings(desk.cases.view(row.case).facts)
        for revision in desk.cases.history(row.case):
            yield from (revision.account, revision.reason)
    yield from (proposal.dated.basis.source for proposal in desk.proposals.all())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(part)


def _law() -> Iterator[str]:
    """The circular, and the fund and the papers that it names."""
    yield from (chapter.title for chapter in chapters())
    for article in articles():
        yield from (f"Article {article.number} {article.title}", article.units, *article.text)


def _forms() -> Iterator[str]:
    """The names of what is printed."""
    return (notice.titled(programme) for _, programme in programmes() for notice in NOTICES)
