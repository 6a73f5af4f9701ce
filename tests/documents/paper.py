"""Drawing forms and looking at what came out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from jinan_desk import paths
from jinan_desk.documents.band import Document
from jinan_desk.documents.context import Context
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.form import find_form, read_form
from jinan_desk.documents.layout import lay_out

FORMS = ("application", "roster", "approval", "notice")


def filled(name: str, context: Context, fonts: Fonts) -> Document:
    return lay_out(read_form(find_form(name, "02B", [paths.forms_directory()])), context, fonts)


def written(content: str, context: Context, fonts: Fonts, folder: Path) -> Document:
    """A document of a form written for a test."""
    path = folder / "mine.toml"
    path.write_text('title = "{document.title}"\n' + content, encoding="utf-8")
    return lay_out(read_form(path), context, fonts)


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        yield pdf
    finally:
        pdf.close()


def texts(path: Path) -> list[str]:
    """The text of each page, as a reader copies it."""
    with opened(path) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]
