"""Which cases a list shows: the store's filter, order and rows, for those above who do not know the store."""

from jinan_desk.store import CaseFilter, CaseRow, Order

__all__ = ["CaseFilter", "CaseRow", "Order"]
