"""Which cases a list shows: the store's filter, order and rows, for those above who do not know the store."""

from jinan_desk.store import CaseFilter, CaseRow, Order, Sorting, Total

__all__ = ["CaseFilter", "CaseRow", "Order", "Sorting", "Total"]
