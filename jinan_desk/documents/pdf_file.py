"""A PDF file that grows object by object.

reportlab numbers the objects and writes their table; what they say is written here as it stands in the file, since its
own dictionaries cost most of the time of a short file.
"""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFInfo, PDFObject, PDFObjectReference

from jinan_desk.documents.band import Paper

_FONTS = "BasicFonts"  # where reportlab keeps the fonts of a document
_PAGES, _OUTLINE = "pages", "bookmarks"


class PdfFile:
    """Pages, fonts and bookmarks, each added once; objects are named by who adds them."""

    __slots__ = ("_document", "_marks", "_pages")

    def __init__(self) -> None:
        self._document: Any = PDFDocument(compression=1, invariant=1)  # the stubs know only half of it
        self._pages: list[str] = []
        self._marks = 0

    def add(self, name: str, text: str, *references: str, data: bytes | None = None) -> None:
        """Add an object: the text, each `%s` in it a reference to the object of that name; with `data` a stream, the
        text being what its dictionary has beside the length."""
        self._document.Reference(_Object(text, references, data), name)

    def add_font(self, resource: str, name: str) -> None:
        """Let pages use the font object of that name under a resource's name."""
        self._document.idToObject[_FONTS].dict[resource] = PDFObjectReference(name)

    def add_page(self, paper: Paper, content: bytes) -> None:
        """Add a page with its content, compressed."""
        name = f"page.{len(self._pages)}"
        self._pages.append(name)
        self.add(f"{name}.content", "/Filter/FlateDecode", data=content)
        width, height = round(paper.width, 2), round(paper.height, 2)
        text = f"<</Type/Page/Parent %s/MediaBox[0 0 {width} {height}]/Resources<</Font %s>>/Contents %s>>"
        self.add(name, text, _PAGES, _FONTS, f"{name}.content")

    def add_bookmarks(self, marks: list[tuple[str, int]]) -> None:
        """Add bookmarks (ISO 32000-1, 12.3.3): a text, and the page (from 0) that it leads to, a line for each paper in
        a file of many. Readers show them when the file is opened."""
        names = [f"bookmark.{number}" for number in range(len(marks))]
        for number, (text, page) in enumerate(marks):
            beside = {"Prev": names[number - 1 : number], "Next": names[number + 1 : number + 2]}
            links = "".join(f"/{key} %s" for key, name in beside.items() if name)
            content = f"<</Title{_text(text)}/Parent %s/Dest[%s/Fit]{links}>>"
            self.add(names[number], content, _OUTLINE, self._pages[page], *beside["Prev"], *beside["Next"])
        self.add(_OUTLINE, f"<</Type/Outlines/Count {len(marks)}/First %s/Last %s>>", names[0], names[-1])
        self._marks = len(marks)

    def content(self, *, title: str, author: str, subject: str) -> bytes:
        """The whole file. The same objects give the same bytes."""
        document = self._document
        kids = " ".join(["%s"] * len(self._pages))
        self.add(_PAGES, f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>", *self._pages)
        outline = "/Outlines %s/PageMode/UseOutlines" if self._marks else ""
        document.Catalog = _Object(
            f"<</Type/Catalog/Pages %s{outline}/Lang (zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>",
            (_PAGES, _OUTLINE) if self._marks else (_PAGES,),
        )
        document.info = _Object(
            f"<</Title{_text(title)}/Author{_text(author)}/Subject{_text(subject)}/Creator(jinan_desk)"
            f"/Producer({PDFInfo.producer})>>"
        )
        for told in (title, author, subject):
            document.updateSignature(told)
        written: bytes = document.format()
        return written


def _text(text: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2): UTF-16 behind its mark, in hexadecimal."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


class _Object(PDFObject):
    """What stands in the file, see `PdfFile.add`."""

    __RefOnly__ = 1

    def __init__(self, text: str, references: tuple[str, ...] = (), data: bytes | None = None) -> None:
        self._text = text
        self._references = references
        self._data = data

    def format(self, document: Any) -> bytes:
        """As reportlab asks for it, when all objects have their numbers."""
        numbers = document.idToObjectNumberAndVersion
        text = self._text
        if self._references:
            text %= tuple([f"{numbers[name][0]} 0 R" for name in self._references])
        if self._data is None:
            return text.encode("ascii")
        head = f"<</Length {len(self._data)}{text}>>\nstream\n"
        return b"".join((head.encode("ascii"), self._data, b"\nendstream"))
