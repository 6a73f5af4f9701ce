"""A dialog that is at least as high as what stands in it: in a language of longer words its texts take more lines."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog


class FittingDialog(QDialog):
    """Grows when it is shown, since a layout learns only then in what size the style sheet has its texts."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Make room for all that is in it: for what has come since it was shown, too."""
        self.layout().activate()
        needed = self.layout().totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)
