"""Forms: the files that paper is laid out from, the office's own before the shipped ones.

What goes into a form is the business of `paper_context`; when it is printed and what is recorded that of `notices`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jinan_desk.documents.band import Document
from jinan_desk.documents.block import Form
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.form import find_form, forms_in, parts_of, read_form
from jinan_desk.documents.layout import lay_out
from jinan_desk.errors import DeskError
from jinan_desk.services.own_data import PersonalFile
from jinan_desk.services.paper_case import PaperCase
from jinan_desk.services.paper_context import Letterhead, context_of
from jinan_desk.services.paper_kinds import BY_KEY, MONTH_LEDGER, OF_NO_CASE, OWN_DATA, Notice, additional
from jinan_desk.services.paper_month import month_context
from jinan_desk.services.paper_own_data import own_data_context
from jinan_desk.services.press import Press
from jinan_desk.services.records import MonthLedger


class Forms:
    """The forms of one office, each read when it is first needed and again only after somebody changed it."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.fonts = Fonts(press.fonts, press.cache)
        self._read_forms: dict[Path, tuple[int, Form]] = {}

    def found(self, key: str, programme: str) -> Form:
        """The form of a paper, the programme's own before the generic one. Raises DeskError for a broken one."""
        return self._read(find_form(key, programme, self.press.forms))

    def document(
        self, form: Form, notice: Notice, cases: Sequence[PaperCase], letterhead: Letterhead, *, number: str
    ) -> Document:
        """The paper of a case, or a list of several of one programme, laid out. Raises DeskError where it cannot be."""
        title = form.paper or notice.titled(cases[0].programme)
        context = context_of(cases, letterhead, title=title, number=number, lists=notice.of_many)
        return lay_out(form, context, self.fonts)

    def month(self, ledger: MonthLedger, letterhead: Letterhead) -> Document:
        """The ledger of a month's service records, laid out."""
        return lay_out(self.found(MONTH_LEDGER, ""), month_context(ledger, letterhead), self.fonts)

    def own_data(self, file: PersonalFile, letterhead: Letterhead, on: date) -> Document:
        """What is kept about one person, laid out."""
        return lay_out(self.found(OWN_DATA, ""), own_data_context(file, letterhead, on), self.fonts)

    def additional(self, code: str) -> list[Notice]:
        """Papers for which there is a form that no kind names: an office's own, or the programme's."""
        found: dict[str, Path] = {}
        for path in forms_in(self.press.forms):
            key, own = parts_of(path.stem)
            if key not in BY_KEY and key not in OF_NO_CASE and own in ("", code):
                found.setdefault(key, path)
        return [additional(key, self._name_of(path)) for key, path in sorted(found.items())]

    def _name_of(self, path: Path) -> str:
        """What an additional form calls its paper; its file's name where it says nothing or cannot be read: what is
        wrong with it is told when somebody prints it, and bars nobody from the other papers."""
        try:
            return self._read(path).paper or path.stem
        except DeskError:
            return path.stem

    def _read(self, path: Path) -> Form:
        changed = path.stat().st_mtime_ns
        known = self._read_forms.get(path)
        if known is None or known[0] != changed:
            known = self._read_forms[path] = changed, read_form(path)
        return known[1]
