"""What a form names: its fields, tables, columns; and those that a context has not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields as fields_of

from jinan_desk.core.text import Sentence
from jinan_desk.documents.block import Block, Box, CellSpec, Form, PairsBlock, TableBlock, TextBlock
from jinan_desk.documents.context import Context
from jinan_desk.documents.filling import FIELD, Filling
from jinan_desk.errors import DeskError

_PAIRED = ("label", "value")


def unknown_names(form: Form, context: Context) -> list[Sentence]:
    """A sentence for everything that the form names and the context has not, each once, in the form's order."""
    faults: dict[str, Sentence] = {}
    whole = Filling(context, Sentence(form.name))
    _fields(_named((form.title, form.author)), whole, faults)
    for block in form.blocks:
        filling = Filling(context, block.place, _row(block, context))
        if block.when and block.when not in context.tables:
            _fields([block.when], filling, faults)
        _fields(_named(_texts(block)), filling, faults)
        for table, columns in _tables(block):
            _columns(table, columns, filling, faults)
    return list(faults.values())


def _row(block: Block, context: Context) -> Mapping[str, str] | None:
    """Stands for a row of the table that a text is repeated for."""
    if not isinstance(block, TextBlock) or block.each not in context.tables:
        return None
    return {"no": "", **{column.key: "" for column in context.tables[block.each].columns}}


def _texts(part: object) -> Iterator[str]:
    """Every text of a block that may hold fields."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, Block | Box | CellSpec):
        for field in fields_of(part):
            if field.name not in _NO_TEXT:
                yield from _texts(getattr(part, field.name))


_NO_TEXT = frozenset({"place", "when", "each", "of", "columns", "align"})


def _tables(block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tables that a block shows, with the columns that it names."""
    match block:
        case TableBlock():
            yield block.of, block.columns
        case PairsBlock():
            yield block.of, _PAIRED
        case TextBlock() if block.each:
            yield block.each, ()


def _columns(name: str, keys: tuple[str, ...], filling: Filling, faults: dict[str, Sentence]) -> None:
    try:
        table = filling.table(name)
    except DeskError as error:
        faults.setdefault(error.read(), error.sentence)
        return
    there = {column.key for column in table.columns}
    for key in keys if there else ():  # one without columns is that of another programme
        if key not in there:
            sentence = filling.unknown(f"{name}.{key}").sentence
            faults.setdefault(sentence.read(), sentence)


def _named(texts: Iterable[str]) -> Iterator[str]:
    """The fields in the texts."""
    for text in texts:
        yield from FIELD.findall(text)


def _fields(names: Iterable[str], filling: Filling, faults: dict[str, Sentence]) -> None:
    for name in names:
        try:
            filling.field(name)
        except DeskError as error:
            faults.setdefault(error.read(), error.sentence)
