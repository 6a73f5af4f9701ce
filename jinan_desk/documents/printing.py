"""From a form's name and a context to a file: what services call.

    fonts = Fonts(resources / "fonts", cache)
    document = fill_in("application", "02B", context, forms=(own, shipped), fonts=fonts)
    pages = write([document], Path("申请表.pdf"), fonts)        # or .xlsx
    for lost in lost_characters(context, fonts): …              # to be told before it is printed
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinan_desk.core.text import Sentence
from jinan_desk.documents.band import Document
from jinan_desk.documents.context import Context, Fields
from jinan_desk.documents.fonts import SUBSTITUTE, Fonts, Style
from jinan_desk.documents.form import find_form, read_form
from jinan_desk.documents.layout import lay_out
from jinan_desk.errors import DeskError


@dataclass(frozen=True, slots=True)
class Lost:
    """A character that no font has, and a text in which it stands."""

    character: str
    text: str

    def sentence(self) -> Sentence:
        """What to tell the clerk before it is printed."""
        return Sentence(
            "“{text}”中的字 {character}（U+{code}）没有字体可用，纸面上以 {substitute} 代替，请手工补写",
            text=self.text,
            character=self.character,
            code=f"{ord(self.character):04X}",
            substitute=SUBSTITUTE,
        )


def fill_in(name: str, programme: str, context: Context, *, forms: Sequence[Path], fonts: Fonts) -> Document:
    """The form of that name for a programme, filled and laid out. Raises DeskError for a form that cannot be."""
    return lay_out(read_form(find_form(name, programme, forms)), context, fonts)


def write(documents: Sequence[Document], path: Path, fonts: Fonts) -> None:
    """Write documents as the file's ending says: any number into one .pdf, a single one as .xlsx."""
    if path.suffix.lower() == ".pdf":
        from jinan_desk.documents.pdf import write_pdf

        write_pdf(documents, path, fonts)
    elif path.suffix.lower() == ".xlsx" and len(documents) == 1:
        from jinan_desk.documents.xlsx import write_xlsx

        write_xlsx(documents[0], path)
    else:
        raise DeskError(Sentence("文书可以存为 .pdf 或 .xlsx（一次一份），不能存为 {file}", file=path.name))


def lost_characters(context: Context, fonts: Fonts) -> tuple[Lost, ...]:
    """The characters of the context that would be printed as a substitute, each once, with the first text it is in."""
    lost: dict[str, Lost] = {}
    for text in _texts(context):
        if not text.isascii():
            for character in fonts.missing(text.replace("\n", " "), Style.TABLE):
                lost.setdefault(character, Lost(character, text))
    return tuple(lost.values())


def _texts(context: Context) -> Iterator[str]:
    yield from _leaves(context.fields)
    for table in context.tables.values():
        for row in table.rows:
            yield from row


def _leaves(fields: Fields) -> Iterator[str]:
    for value in fields.values():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        else:
            yield value
