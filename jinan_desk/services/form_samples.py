"""Sample sheets of every form, to be looked at before an office works with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
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
from jinan_desk.errors import DeskError, reason
from jinan_desk.exchange.month_ledger import Counted, Entry
from jinan_desk.measures import programmes
from jinan_desk.resources import workday_calendar
from jinan_desk.services.demo import DISTRICT, person
from jinan_desk.services.forms import Forms
from jinan_desk.services.own_data import Kept, PersonalFile, Version
from jinan_desk.services.paper_context import Letterhead
from jinan_desk.services.paper_kinds import MONTH_LEDGER, NOTICES, OWN_DATA
from jinan_desk.services.paper_samples import LONG_NAME, Sample, samples
from jinan_desk.services.particulars import Details
from jinan_desk.services.records import MonthLedger
from jinan_desk.store import CaseRow


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


def sheets(forms: Forms, *, codes: Collection[str] = ()) -> Iterator[SampleSheet]:
    """Every form of every programme (or of those with the codes): with the shortest values, with the longest, and for a
    case that is refused."""
    chosen = [(measure, programme) for measure, programme in programmes() if not codes or programme.code in codes]
    for measure, programme in chosen:
        for which, sample in zip(("short", "long", "refused"), samples(measure, programme), strict=False):
            yield from _of(forms, programme, sample, which)
    for which, count in (("short", 1), ("long", 40)):
        yield SampleSheet(MONTH_LEDGER, "", which, forms.month(sample_ledger(count), LETTERHEAD))
        yield SampleSheet(OWN_DATA, "", which, forms.own_data(sample_file(count), LETTERHEAD, date(2020, 3, 20)))


def _of(forms: Forms, programme: Programme, sample: Sample, which: str) -> Iterator[SampleSheet]:
    for notice in (*NOTICES, *forms.additional(programme.code)):
        case = sample.of(notice)
        if case is not None:
            cases = (case,) * (18 if notice.of_many and sample.long else 1)
            year = case.body["stage_since"][:4]
            number = f"{DISTRICT.prefix}〔{year}〕{notice.numbered}-0001号" if notice.numbered else ""
            form = forms.found(notice.key, programme.code)
            document = forms.document(form, notice, cases, LETTERHEAD, number=number)
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


def sample_file(count: int) -> PersonalFile:
    """What is kept about a made-up person in so many cases."""
    somebody = person(22)
    told = tuple((Sentence(label), Sentence(value)) for label, value in (
        (N_("姓名"), somebody["name"]), (N_("身份证号"), somebody["id_number"]), (N_("入职日期"), "2020年2月20日"),
        (N_("合同起始日"), "2020年2月20日"), (N_("合同截止日"), "2022年2月19日"), (N_("已参保"), "是"),
    ))  # fmt: skip
    version = Version("2020-03-20T08:15:00Z", "苏敏", Sentence(N_("名单第 {row} 行"), row=12), told)
    row = CaseRow(
        case="0" * 32, number=f"{DISTRICT.prefix}〔2020〕02B-0001号", programme="02B", article=2, stage="received",
        outcome="eligible", amount=100000, applicant=LONG_NAME, id_number="", credit_code="", district="370102",
        on="2020-03-20", received_on="2020-03-20", stage_since="2020-03-20", due_on="", updated_at=version.at,
        updated_by="苏敏", office=DISTRICT.code, head="0" * 64, conflict=False, holder="",
    )  # fmt: skip
    kept = Kept(row, Sentence(N_("02B 一次性吸纳就业补贴")), Sentence(N_("收件")), (version, version))
    return PersonalFile(somebody["id_number"], (somebody["name"],), (kept,) * count, 1, (DISTRICT.name,))


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
        raise DeskError(Sentence(words, folder=str(directory), reason=reason(error))) from None
    count = 0
    for sheet in sheets(forms):
        progress(sheet.stem)
        for suffix, write in _WRITERS.items():
            write([sheet.document], directory / f"{sheet.stem}{suffix}", forms.fonts)
        count += 1
    return count
