"""A dialog as high as what stands in it, and no larger than the window in front of which it stands.

In a language of longer words texts take more lines; on a small screen what is asked scrolls, and the buttons stay.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QLayout, QScrollArea, QWidget

_AROUND = 40
"""Of the window behind it that is seen beside a dialog, or its title takes (pixels)."""
_LEAST_BODY = 96
_SCROLL_BAR = 12


class FittingDialog(QDialog):
    """Grows when it is shown, since a layout learns only then in what size the style sheet has its texts, and whenever
    what it says takes more lines."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return done

    def _fit(self) -> None:
        room, layout = self._room(), self.layout()
        width = min(max(self.width(), layout.totalMinimumSize().width()), room.width())
        self.resize(width, min(max(self.height(), layout.totalHeightForWidth(width)), room.height()))

    def _room(self) -> QSize:
        """The most it may take; a dialog behind it may be smaller than it, a window is not."""
        behind = self.parentWidget()
        while behind is not None and isinstance(behind.window(), QDialog):
            behind = behind.window().parentWidget()
        whole = self.screen().availableSize() if behind is None else behind.window().size()
        return whole - QSize(_AROUND, _AROUND)


class Body(QScrollArea):
    """What is asked for: as high as it is where there is room, and else scrolled."""

    def __init__(self, box: QLayout) -> None:
        super().__init__()
        self._box = box
        inner = QWidget()
        inner.setLayout(box)
        box.setContentsMargins(0, 0, 0, 0)
        inner.installEventFilter(self)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        needed = self._box.totalHeightForWidth(width)
        return self._box.totalSizeHint().height() if needed < 0 else needed

    def sizeHint(self) -> QSize:
        return self._box.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self._box.totalMinimumSize()
        return QSize(least.width() + _SCROLL_BAR, min(least.height(), _LEAST_BODY))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def field_rows() -> QFormLayout:
    """Labels with fields beside them, the same in every dialog and on every desktop."""
    rows = QFormLayout()
    rows.setVerticalSpacing(8)
    rows.setHorizontalSpacing(12)
    rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return rows
