"""An applicant is recognised by its number: what other cases say of it fills what is blank, and they are listed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from jinan_desk.core.applicant import APPLICANT_FIELDS
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.draft import Draft
from jinan_desk.services.applicants import NUMBERS, Known, district_of


class Recognition(QObject):
    """Looks for the applicant of one draft. Only blank fields are filled, in one step that Ctrl+Z takes back."""

    changed = Signal(object)
    """What is known (`Known`), None where nothing is."""

    def __init__(
        self,
        draft: Draft,
        case: Callable[[], str],
        context: Context,
        parent: QObject,
        *,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """While `busy` says so the draft is being saved as it stands, and nothing is filled in."""
        super().__init__(parent)
        self._draft = draft
        self._case = case
        self._context = context
        self._busy = busy
        self._looked = ""
        self._account_named = False

    @property
    def key(self) -> str:
        """The field of the number, "" where nobody applies."""
        return NUMBERS.get(self._draft.programme.applicant, "")

    def forget(self) -> None:
        """Another entry is shown."""
        self._looked = ""
        self._account_named = False
        self.changed.emit(None)

    def look(self, *, fill: bool) -> None:
        """Look for the number as it stands now, unless that was done already."""
        text = self._draft.text(self.key).strip() if self.key else ""
        if text == self._looked:
            return
        self._looked = text
        applicants, programme, case = self._context.desk.applicants, self._draft.programme, self._case()

        def show(known: Known | None) -> None:
            if text == self._looked:
                self.changed.emit(known)
                if self._busy():
                    self._looked = ""
                elif fill and text == self._draft.text(self.key).strip():  # it may have been taken back meanwhile
                    self._fill(known, text)

        self._context.store.ask(lambda: applicants.known(programme, text, besides=case), show, owner=self)

    def name_account(self) -> None:
        """The account is the applicant's as long as nobody says whose else: its name need not be typed again. Once an
        entry, so that it can be taken back."""
        draft, name = self._draft, self._draft.text("applicant_name").strip()
        if self._account_named or not name or not draft.text("bank_account").strip() or draft.text("account_name"):
            return
        self._account_named = True
        self._bring({"account_name": name})

    def _fill(self, known: Known | None, number: str) -> None:
        texts = dict(known.texts) if known is not None else {}
        given = district_of(self._draft.programme.applicant, number)
        district = (given or self._context.desk.office.district) if given is not None else ""
        if district:  # an applicant from elsewhere is here because it is handled here
            texts.setdefault("district", DISTRICTS[district].name)
        self._bring(texts)

    def _bring(self, texts: dict[str, str]) -> None:
        blank = {key: text for key, text in texts.items() if not self._draft.text(key).strip()}
        if not blank:
            return
        self._draft.fill(blank)
        say = self._context.say
        fields = APPLICANT_FIELDS[self._draft.programme.applicant]
        labels = say.listed(say(field.label) for field in fields if field.key in blank)
        self._context.tell(say(N_("已带出：{labels}。请核对；Ctrl+Z 可以撤回"), labels=labels), Level.INFO)
