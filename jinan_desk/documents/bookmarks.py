"""Bookmarks of a PDF (ISO 32000-1, 12.3.3): one line for each paper in a file of many."""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFString


def write_bookmarks(document: PDFDocument, marks: Sequence[tuple[str, int]]) -> None:
    """Add the marks: a text, and the page (from 0) that it leads to. Readers show them when the file is opened."""
    untyped: Any = document  # reportlab's stubs know neither its references nor its catalogue
    root = PDFDictionary({"Type": PDFName("Outlines"), "Count": len(marks)})
    above = untyped.Reference(root, "bookmarks")
    entries = [PDFDictionary({"Title": PDFString(text), "Parent": above}) for text, _ in marks]
    references = [untyped.Reference(entry, f"bookmark.{number}") for number, entry in enumerate(entries)]
    for number, (entry, (_, page)) in enumerate(zip(entries, marks, strict=True)):
        entry.dict["Dest"] = PDFArray([untyped.Reference(untyped.Pages[page]), PDFName("Fit")])
        if number:
            entry.dict["Prev"] = references[number - 1]
        if number < len(entries) - 1:
            entry.dict["Next"] = references[number + 1]
    root.dict["First"], root.dict["Last"] = references[0], references[-1]
    untyped.Catalog.Outlines = above
    untyped.Catalog.setPageMode("UseOutlines")
    untyped.Outlines = _Written()


class _Written:
    """In place of reportlab's own outlines, which would take the catalogue's entry away for having none."""

    ready = 1

    def prepare(self, document: object, canvas: object) -> None:
        """Nothing is left to do."""
