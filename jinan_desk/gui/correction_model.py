"""Cells that were changed by hand, as a table with a box to tick for those that can be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from jinan_desk.core.identity import masked
from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.words import Words
from jinan_desk.services.corrections import Offer

Index = QModelIndex | QPersistentModelIndex
_CELL, _WAS, _NOW, _STATE = range(4)
WIDTHS = (136, 92, 92, 0)


class CorrectionModel(QAbstractTableModel):
    """The offers of one package. Numbers of people are masked."""

    ticked = Signal()

    def __init__(self, say: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._heads = (say(N_("单元格")), say(N_("原为")), say(N_("改为")), say(N_("能否采纳")))
        self._offers: list[Offer] = []
        self._chosen: set[str] = set()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show these, none of them ticked."""
        self.beginResetModel()
        self._offers = list(offers)
        self._chosen = set()
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> list[Offer]:
        """Those that are ticked."""
        return [offer for offer in self._offers if offer.key in self._chosen]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._offers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._heads[section] if shown else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        ticks = index.column() == _CELL and self._offers[index.row()].refusal is None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticks else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer = self._offers[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == _CELL and offer.refusal is None:
            return Qt.CheckState.Checked if offer.key in self._chosen else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(offer, index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        offer = self._offers[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or offer.refusal is not None:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._chosen.add(offer.key)
        else:
            self._chosen.discard(offer.key)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _text(self, offer: Offer, column: int) -> str:
        changed = offer.changed
        if column == _STATE:
            return self._say.read(self._state(offer))
        if column == _CELL:
            return offer.key if changed.cell else changed.sheet
        text = changed.was if column == _WAS else changed.now
        return (masked(text) if offer.private else text) or self._say(N_("（空）"))

    @staticmethod
    def _state(offer: Offer) -> Sentence:
        if offer.refusal is not None or offer.where is None:
            return offer.refusal or Sentence(N_("可以采纳"))
        return Sentence(N_("可以采纳：{applicant}的{where}"), applicant=offer.applicant, where=offer.where)
