"""What is wrong with a form, in words: how it is written, what it names, whether it can be set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.documents.context import Context
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.form import examine, forms_in, parts_of
from jinan_desk.documents.layout import lay_out
from jinan_desk.documents.naming import unknown_names
from jinan_desk.documents.paging import pages
from jinan_desk.errors import DeskError
from jinan_desk.measures import find, programmes
from jinan_desk.services.form_samples import LETTERHEAD, sample_file, sample_ledger
from jinan_desk.services.forms import Forms
from jinan_desk.services.paper_context import context_of
from jinan_desk.services.paper_kinds import BY_KEY, MONTH_LEDGER, OWN_DATA, additional
from jinan_desk.services.paper_month import month_context
from jinan_desk.services.paper_own_data import own_data_context
from jinan_desk.services.paper_samples import samples


def check_form(path: Path, fonts: Fonts) -> list[Sentence]:
    """Everything that is wrong with a form's file: all faults of its writing, then every name that some case's paper
    has not, then what cannot be set. Empty where it is in order."""
    form, faults = examine(path)
    if form is None:
        return faults
    found = {fault.read(): fault for fault in faults}
    contexts = list(_contexts(path))
    if not contexts:
        words = N_("没有事项用得上表样 {file}：文件名应为“文书代码.toml”或“文书代码-事项编号.toml”")
        return [Sentence(words, file=path.name)]
    for context in contexts:
        found |= {fault.read(): fault for fault in unknown_names(form, context)}
    if not found:
        for context in contexts:
            try:
                for _ in pages(lay_out(form, context, fonts)):
                    pass
            except DeskError as error:
                found[error.read()] = error.sentence
    return list(found.values())


def check_forms(forms: Forms) -> tuple[int, list[Sentence]]:
    """How many forms there are, the office's own and the shipped ones, and everything that is wrong with them."""
    paths = forms_in(forms.press.forms)
    return len(paths), [fault for path in paths for fault in check_form(path, forms.fonts)]


def _contexts(path: Path) -> Iterator[Context]:
    """What the form will be filled with: sample cases of all programmes that have the paper."""
    key, code = parts_of(path.stem)
    if key == MONTH_LEDGER:
        yield month_context(sample_ledger(3), LETTERHEAD)
        return
    if key == OWN_DATA:
        yield own_data_context(sample_file(3), LETTERHEAD, date(2020, 3, 20))
        return
    notice = BY_KEY.get(key) or additional(key, key)
    own = find(code) if code else None
    for measure, programme in [own] if own is not None else programmes() if not code else []:
        for sample in samples(measure, programme):
            case = sample.of(notice)
            if case is not None:
                title = notice.titled(programme)
                yield context_of([case], LETTERHEAD, title=title, number=title, lists=notice.of_many)
