"""A form's `{fields}` replaced by what the context says, and a clear sentence where it says nothing."""

import re
from collections.abc import Mapping
from functools import lru_cache

from jinan_desk.core.text import Sentence
from jinan_desk.documents.context import Context, Table
from jinan_desk.errors import DeskError

FIELD = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\}")

_NESTED = (dict, Mapping)  # what most of them are is asked first


class Filling:
    """The context, as one block of one form sees it. `row` adds `{row.KEY}`."""

    __slots__ = ("_context", "_place", "_row")

    def __init__(self, context: Context, place: Sentence, row: Mapping[str, str] | None = None) -> None:
        self._context = context
        self._place = place
        self._row = row

    def with_row(self, row: Mapping[str, str]) -> "Filling":
        """The same with the cells of a row."""
        return Filling(self._context, self._place, row)

    def fill(self, template: str) -> str:
        """The template with every field replaced."""
        text, names = _parts(template)
        return text % tuple(map(self.field, names))

    def field(self, name: str) -> str:
        """The text of a dotted name."""
        first, *rest = name.split(".")
        value: object = self._row if first == "row" and self._row is not None else self._context.fields.get(first)
        for part in rest:
            if not isinstance(value, _NESTED) or part not in value:
                raise self.unknown(name)
            value = value[part]
        if not isinstance(value, str):
            raise self.unknown(name)
        return value

    def table(self, name: str) -> Table:
        """The table of that name."""
        if name not in self._context.tables:
            raise self.unknown(name)
        return self._context.tables[name]

    def present(self, name: str) -> bool:
        """Whether the field is not empty, or the table has a row; always when nothing is named."""
        if not name:
            return True
        if name in self._context.tables:
            return any(True for _ in self._context.tables[name].rows)
        return bool(self.field(name))

    def unknown(self, name: str) -> DeskError:
        """What to raise when the form names something that the context has not."""
        return DeskError(Sentence("表样 {place} 用到了没有的项目：{field}", place=self._place, field=name))


@lru_cache(maxsize=1024)
def _parts(template: str) -> tuple[str, tuple[str, ...]]:
    """The template with `%s` in place of its fields, and their names; a form says the same on each of its papers."""
    return FIELD.sub("%s", template.replace("%", "%%")), tuple(FIELD.findall(template))
