"""Objects of a PDF that are written as they are: reportlab's own dictionaries cost most of the time of a short file."""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject


class Raw(PDFObject):
    """An object that is the text, each `%s` in it a reference to the object of that name in the document's register;
    with `data` a stream, the text being what its dictionary has beside the length."""

    __RefOnly__ = 1

    def __init__(self, text: str, *references: str, data: bytes | None = None) -> None:
        self._text = text
        self._references = references
        self._data = data

    def format(self, document: Any) -> bytes:
        """What stands in the file."""
        numbers = document.idToObjectNumberAndVersion
        text = self._text % tuple(f"{numbers[name][0]} 0 R" for name in self._references)
        if self._data is None:
            return text.encode("ascii")
        head = f"<</Length {len(self._data)}{text}>>\nstream\n"
        return b"".join((head.encode("ascii"), self._data, b"\nendstream"))
