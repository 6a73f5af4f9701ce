"""Sample sheets of every form, to be looked at before an office works with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinan_desk.core.dates import Month
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.record import Event
from jinan_desk.core.text import N_, Sentence
from jinan_desk.documents.band import Document
from jinan_desk.documents.pdf import write_pdf
from jinan_desk.documents.xlsx import write_xlsx
from jinan_desk.errors import DeskError
from jinan_desk.exchange.month_ledger import Counted, Entry
from jinan_desk.measures import programmes
from jinan_desk.resources import workday_calendar
from jinan_desk.services.demo import DISTRICT
from jinan_desk.services.forms import Forms
from jinan_desk.services.paper_context import Letterhead
from jinan_desk.services.paper_kinds import MONTH_LEDGER, NOTICES
from jinan_desk.services.paper_samples import LONG_NAME, Sample, samples
from jinan_desk.services.particulars import Details
from jinan_desk.services.records import MonthLedger


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """One sample: the form's key, the programme's code ("" for none), which of its samples, and the paper."""

    key: str
    code: str
    which: str
    document: Document

    @property
    def stem(self) -> str:
        return "-".join(part for part in (self.key, self.code, self.which) if part)


LETTERHEAD = Letterhead(
    DISTRICT,
    Details(DISTRICT.phone, DISTRICT.address, DISTRICT.head, reviewer="", finance=""),
    workday_calendar(),
)
"""The office on the samples."""


def sheets(forms: Forms) -> Iterator[SampleSheet]:
    """Every form of every programme: with the shortest values, with the longest, and for a case that is refused."""
    for measure, programme in programmes():
        for which, sample in zip(("short", "long", "refused"), samples(measure, programme), strict=False):
            yield from _of(forms, programme, sample, which)
    for which, count in (("short", 1), ("long", 40)):
        yield SampleSheet(MONTH_LEDGER, "", which, forms.month(sample_ledger(count), LETTERHEAD))


def _of(forms: Forms, programme: Programme, sample: Sample, which: str) -> Iterator[SampleSheet]:
    for notice in (*NOTICES, *forms.additional(programme.code)):
        case = sample.of(notice)
        if case is not None:
            cases = (case,) * (18 if notice.of_many and sample.long else 1)
            number = f"{DISTRICT.prefix}〔2020〕{notice.numbered}-0001号" if notice.numbered else ""
            document = forms.document(notice, cases, LETTERHEAD, number=number)
            yield SampleSheet(notice.key, programme.code, which, document)


def sample_ledger(count: int) -> MonthLedger:
    """A month with so many made-up records."""
    event = Event(date(2020, 3, 22), N_("上门走访，了解用工缺口，推送求职人员名单，约定回访时间"), "苏敏")
    served = [programme.code for _, programme in programmes() if programme.route is Route.SERVE]
    entries = tuple(
        Entry(
            programme=served[number % len(served)],
            applicant=LONG_NAME,
            opened_on=date(2020, 3, 20),
            handler="苏敏",
            content=(Sentence(event.what), Sentence(event.what)),
            follow_ups=(event,) * (number % 3),
            closing=event if number % 2 else None,
        )
        for number in range(count)
    )
    return MonthLedger(Month(2020, 3), entries, tuple(Counted(code, 12, 10, 30, 8) for code in served))


_WRITERS = {".pdf": write_pdf, ".xlsx": write_xlsx}


def write_samples(
    forms: Forms,
    directory: Path,
    *,
    progress: Callable[[str], object] = lambda name: None,
) -> int:
    """Write every sample as PDF and as workbook into the directory; how many papers there are.

    Raises DeskError for a broken form, or where the directory cannot be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = N_("文件夹建不了：{folder}（{reason}）")
        raise DeskError(Sentence(words, folder=str(directory), reason=error.strerror or str(error))) from None
    count = 0
    for sheet in sheets(forms):
        progress(sheet.stem)
        for suffix, write in _WRITERS.items():
            write([sheet.document], directory / f"{sheet.stem}{suffix}", forms.fonts)
        count += 1
    return count
