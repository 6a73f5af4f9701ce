"""Printing: a paper of a case, a batch of them, what was printed before, and how its forms are found.

Looking is not printing. `write` fills a form to be looked at and leaves no trace; `issue` prints it officially: an
outgoing paper gets its number (per office, year and kind of paper, without gaps or reuse), and who printed what and
when is recorded, in one transaction with the writing of the file: a paper that could not be written used no number.
The paper of one revision keeps its number, so that printing it again gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain, starmap
from pathlib import Path

from jinan_desk.core.measure import Programme
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workday import Calendar
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.documents.band import Document
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.pdf import write_pdf
from jinan_desk.documents.xlsx import write_xlsx
from jinan_desk.errors import DeskError, reason
from jinan_desk.file import placing
from jinan_desk.services.access import Access, Action
from jinan_desk.services.cases import programme_of
from jinan_desk.services.forms import Forms
from jinan_desk.services.office import Office
from jinan_desk.services.own_data import PersonalFile
from jinan_desk.services.paper_case import PaperCase, as_of
from jinan_desk.services.paper_context import Letterhead, check_code
from jinan_desk.services.paper_kinds import BY_KEY, HISTORY, NOTICES, Notice
from jinan_desk.services.particulars import Particulars
from jinan_desk.services.press import Press
from jinan_desk.services.printed import Batch, Before, Offer, Printed
from jinan_desk.services.records import MonthLedger
from jinan_desk.services.steps import paper_told
from jinan_desk.store import Print, Store

__all__ = ["Batch", "Before", "Notice", "Notices", "Printed"]

_READ_AT_ONCE = 50
"""Cases of a batch whose histories are read together."""
_WRITERS: dict[str, Callable[[Iterable[Document], Path, Fonts], int]] = {".pdf": write_pdf, ".xlsx": write_xlsx}


class CancelledError(DeskError):
    """Somebody stopped a batch. What had been put in its place by then stays."""

    def __init__(self) -> None:
        super().__init__(Sentence(N_("已取消打印")))


@dataclass(frozen=True, slots=True)
class _Job:
    """One paper to be made: of one case, or a list of several of one programme."""

    notice: Notice
    cases: tuple[PaperCase, ...]

    @property
    def programme(self) -> Programme:
        return self.cases[0].programme


_Layer = Callable[[_Job, str], Document]
"""Makes a paper of a job under a number."""


class Notices:
    """Printing for the cases of one office, by `account`; `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(
        self,
        store: Store,
        office: Office,
        press: Press,
        *,
        particulars: Particulars,
        calendar: Calendar,
        account: str,
        now: Callable[[], str],
    ) -> None:
        self._store = store
        self._office = office
        self._forms = Forms(press)
        self._fonts = self._forms.fonts
        self._particulars = particulars
        self._calendar = calendar
        self._account = account
        self._access = Access(store, account=account, now=now)
        self._now = now

    # Which papers ---------------------------------------------------------------------------------------------------

    def available(self, case: str) -> tuple[Notice, ...]:
        """The papers that the case has at its stage, those of the office's own making last."""
        history = self._store.history(case)
        programme = programme_of(self._store.case(case).programme)[1]
        kinds = (*NOTICES, *self._forms.additional(programme.code))
        return tuple(kind for kind in kinds if kind.revision(programme, history) is not None)

    def before(self, case: str, key: str = "") -> list[Before]:
        """What was printed of the case (or of one of its papers), the latest first."""
        programme = programme_of(self._store.case(case).programme)[1]
        history = self._store.history(case)
        kinds = {**BY_KEY, **{kind.key: kind for kind in self._forms.additional(programme.code)}}
        current = {name: kind.revision(programme, history) for name, kind in kinds.items()}
        found = []
        for one in self._store.prints.of(case):
            if key in ("", one.form):
                kind, now = kinds.get(one.form), current.get(one.form)
                title = one.form if kind is None else kind.titled(programme)
                same = now is not None and now.id == one.revision
                found.append(Before(one.form, title, one.number, one.at, one.account, one.medium, same))
        return found

    def offered(self, cases: Iterable[str]) -> list[Offer]:
        """The papers that any of the cases has, in the order in which a case meets them."""
        found: dict[str, Offer] = {}
        for case in cases:
            history = self._store.history(case)
            programme = programme_of(self._store.case(case).programme)[1]
            before = self._store.prints.of(case)
            printed, ever = {(one.form, one.revision) for one in before}, {one.form for one in before}
            for kind in (*NOTICES, *self._forms.additional(programme.code)):
                revision = kind.revision(programme, history)
                if revision is not None:
                    offer = found.get(kind.key) or Offer(kind.key, kind.titled(programme))
                    again = (kind.key, revision.id) in printed
                    due = kind.key != HISTORY and not (again if kind.tells_of else kind.key in ever)
                    found[kind.key] = offer.plus(kind.titled(programme), again=again, due=due)
        order = {kind.key: place for place, kind in enumerate(NOTICES)}
        return sorted(found.values(), key=lambda offer: order.get(offer.key, len(order)))

    def first_wanted(self, case: str) -> str:
        """The key of the paper that somebody who prints now most likely wants: of those that are due the one that tells
        of the stage (of what is received, the application comes first), or the first; "" where nothing is due."""
        due = [offer.key for offer in self.offered((case,)) if offer.due]
        row = self._store.case(case)
        stage, programme = Stage(row.stage), programme_of(row.programme)[1]
        told = [] if stage is Stage.RECEIVED else [paper.key for paper in paper_told(stage, programme)]
        return next((key for key in (*told, *due) if key in due), "")

    # One paper ------------------------------------------------------------------------------------------------------

    def write(self, case: str, key: str, path: Path) -> Printed:
        """Make a paper to be looked at, as PDF or, where the path ends in .xlsx, as a workbook; nothing is recorded.

        Raises DeskError for a paper that the case does not have, a path of another kind, or one that cannot be written.
        """
        write = _writer(path)
        job = self._job(case, key)
        number = self._number_of(job) or ""
        return self._made(starmap(self._layer(), [(job, number or self._blank_number(job))]), path, write, number)

    def issue(self, case: str, key: str, path: Path, *, medium: str = "") -> Printed:
        """Print a paper officially, see the module. `medium` is PRINTER where the file only goes to a printer.

        Raises DeskError as `write` does; then no number was used and nothing recorded.
        """
        return self._issued([self._job(case, key)], path, medium, self._layer())

    def _job(self, case: str, key: str) -> _Job:
        row = self._store.case(case)
        job = self._job_of(self._store.history(row.case), key)
        if job is None:
            available = listed(one.key for one in self.available(case))
            raise DeskError(Sentence(N_("该办件目前没有文书 {key}；可用：{all}"), key=key, all=available))
        return job

    def _job_of(self, history: Sequence[Revision], key: str) -> _Job | None:
        """The paper of the case with this history, None where it has none."""
        programme = programme_of(history[-1].body["programme"])[1]
        additional = self._forms.additional(programme.code) if key not in BY_KEY else ()
        notice = BY_KEY.get(key) or next((one for one in additional if one.key == key), None)
        revision = notice.revision(programme, history) if notice is not None else None
        if notice is None or revision is None:
            return None
        return _Job(notice, (as_of(revision, history, self._store.content),))

    # Batches --------------------------------------------------------------------------------------------------------

    def issue_all(
        self,
        cases: Iterable[str],
        keys: Sequence[str],
        path: Path,
        *,
        separate: bool = False,
        suffix: str = ".pdf",
        medium: str = "",
        progress: Callable[[int, int], object] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Batch:
        """Print the papers of these `keys` of every case that has them: into the file `path` with a bookmark for each,
        or `separate`, each into a file of its own in the folder `path`. The papers of a case follow each other; a list
        of cases is one paper for each programme, at the end.

        Cases without any of them are left out and named; those printed before keep their numbers. `progress` is told
        how many of the cases are done, `cancelled` is asked before each. Raises CancelledError where it is to stop: one
        file is then not written and nothing recorded, separate files that are finished stay, and are recorded. Raises
        DeskError where no case has any of the papers, or nothing can be written.
        """
        left_out: list[Sentence] = []
        jobs = self._jobs(tuple(cases), keys, left_out, progress=progress, cancelled=cancelled)
        first = next(jobs, None)
        if first is None:
            raise DeskError(left_out[0] if left_out else Sentence(N_("没有选中任何办件")))
        if separate:
            _make_folder(path)
        files: list[Path] = []
        made: list[Printed] = []
        laid_out = self._layer()
        for some in ([job] for job in chain([first], jobs)) if separate else (chain([first], jobs),):
            files.append(path / f"{_file_stem(some[0])}{suffix}" if isinstance(some, list) else path)
            made.append(self._issued(some, files[-1], medium, laid_out))
        return Batch(
            tuple(files),
            papers=sum(one.papers for one in made),
            pages=sum(one.pages for one in made),
            remarks=list(dict.fromkeys(remark for one in made for remark in one.remarks)),
            left_out=left_out,
            again=sum(one.again for one in made),
            medium=medium,
        )

    def _jobs(
        self,
        cases: Sequence[str],
        keys: Sequence[str],
        left_out: list[Sentence],
        *,
        progress: Callable[[int, int], object],
        cancelled: Callable[[], bool],
    ) -> Iterator[_Job]:
        """The papers of the cases, one after the other, so that no more than one is held; lists at the end. What has
        none is added to `left_out`."""
        lists: dict[tuple[str, str], list[_Job]] = {}
        histories: Mapping[str, Sequence[Revision]] = {}
        for done, case in enumerate(cases):
            if cancelled():
                raise CancelledError
            progress(done, len(cases))
            if done % _READ_AT_ONCE == 0:
                histories = self._store.histories(cases[done : done + _READ_AT_ONCE])
            found = [self._job_of(histories[case], key) for key in keys] if case in histories else []
            jobs = [job for job in found if job is not None]
            if not jobs:
                row = self._store.case(case)
                words = N_("{case}（{stage}）：目前没有这种文书")
                stage = Sentence(STAGE_LABELS[Stage(row.stage)])
                left_out.append(Sentence(words, case=row.number or row.case[:8], stage=stage))
            for job in jobs:
                if job.notice.of_many:
                    lists.setdefault((job.notice.key, job.programme.code), []).append(job)
                else:
                    yield job
        for members in lists.values():
            yield _Job(members[0].notice, tuple(case for job in members for case in job.cases))
        progress(len(cases), len(cases))

    # Making ---------------------------------------------------------------------------------------------------------

    def _issued(self, jobs: Iterable[_Job], path: Path, medium: str, laid_out: _Layer) -> Printed:
        """Number, write and record papers, all or none of them."""
        write = _writer(path)
        records: list[Print] = []
        numbers: list[str] = []
        again = 0
        at = self._now()

        def numbered() -> Iterator[tuple[_Job, str]]:
            nonlocal again
            for job in jobs:
                before = self._number_of(job)
                again += before is not None
                number = before or self._next_number(job)
                numbers.append(number)
                code = check_code(job.cases)
                records.extend(
                    Print(
                        case=case.revision.case,
                        revision=case.revision.id,
                        form=job.notice.key,
                        number=number,
                        code=code,
                        at=at,
                        account=self._account,
                        medium=medium or path.suffix.lower().removeprefix("."),
                    )
                    for case in job.cases
                )
                yield job, number

        with placing(path) as fresh, self._store.transaction():
            printed = self._made(starmap(laid_out, numbered()), fresh, write, "")
            self._store.prints.add(records)
            self._access.note(Action.PRINT, self._subject(records))
        number = numbers[0] if len(numbers) == 1 else ""
        return Printed(printed.pages, printed.remarks, number, again, len(numbers))

    def _subject(self, records: Sequence[Print]) -> str:
        """Which paper of which case, or of how many."""
        first = records[0]
        if len(records) > 1:
            return f"{first.form} ×{len(records)}"
        return f"{first.form} {self._store.case(first.case).number or first.case[:8]}"

    def _layer(self) -> _Layer:
        """What lays papers out, one after the other; forms and letterheads are looked up once for all of them."""
        form, letterhead = cache(self._forms.found), cache(self._letterhead)

        def laid_out(job: _Job, number: str) -> Document:
            of_programme = form(job.notice.key, job.programme.code)
            return self._forms.document(of_programme, job.notice, job.cases, letterhead(_day(job)), number=number)

        return laid_out

    def _made(
        self,
        documents: Iterable[Document],
        path: Path,
        write: Callable[[Iterable[Document], Path, Fonts], int],
        number: str,
    ) -> Printed:
        with self._fonts.watching() as lost:
            pages = write(documents, path, self._fonts)
        return Printed(pages, _lost(lost), number)

    def write_month(self, ledger: MonthLedger, path: Path) -> Printed:
        """The ledger of a month's service records as PDF or as a workbook."""
        write = _writer(path)
        with placing(path) as fresh, self._fonts.watching() as lost:
            letterhead = self._letterhead(ledger.month.plus(1).first_day - timedelta(days=1))
            pages = write([self._forms.month(ledger, letterhead)], fresh, self._fonts)
            self._access.note(Action.LEDGER, str(ledger.month))
        return Printed(pages, _lost(lost))

    def write_own_data(self, file: PersonalFile, path: Path, on: date) -> Printed:
        """What is kept about one person, as PDF or as a workbook. Noted in the access log, without the person."""
        write = _writer(path)
        with placing(path) as fresh, self._fonts.watching() as lost:
            pages = write([self._forms.own_data(file, self._letterhead(on), on)], fresh, self._fonts)
            self._access.note(Action.OWN_DATA, len(file.kept))
        return Printed(pages, _lost(lost))

    def _letterhead(self, day: date) -> Letterhead:
        """The office as it was on the day of a paper."""
        return Letterhead(self._office, self._particulars.on(day), self._calendar)

    def font_file(self, name: str) -> Path:
        """The TrueType file of a shipped font: the window uses `hei` where the system has no Chinese."""
        return self._fonts.file(name)

    # Numbers --------------------------------------------------------------------------------------------------------

    def _number_of(self, job: _Job) -> str | None:
        """The number that the paper went out with before, None where it did not; a list has it where all of its cases
        share it."""
        found = {self._store.prints.number(c.revision.case, job.notice.key, c.revision.id) for c in job.cases}
        return found.pop() if len(found) == 1 else None

    def _next_number(self, job: _Job) -> str:
        """A new number, in the year of the day that stands on the paper."""
        if not job.notice.numbered:
            return ""
        year = _day(job).year
        serial = self._store.next_number(self._office.code, year, job.notice.numbered)
        return f"{self._office.prefix}〔{year}〕{job.notice.numbered}-{serial:04}号"

    def _blank_number(self, job: _Job) -> str:
        """What stands in place of a number while a paper is only looked at."""
        return f"{self._office.prefix}〔{_day(job).year}〕{job.notice.numbered}-　　号" if job.notice.numbered else ""


def _day(job: _Job) -> date:
    """The day that stands on a paper: on which its case entered the stage."""
    return date.fromisoformat(job.cases[0].body["stage_since"])


def _writer(path: Path) -> Callable[[Iterable[Document], Path, Fonts], int]:
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise DeskError(Sentence(N_("文书只能存为 .pdf 或 .xlsx，不能是 {name}"), name=path.name))
    return write


def _file_stem(job: _Job) -> str:
    """Names the case, never a person."""
    case = job.cases[0]
    return f"{job.programme.code}-{case.revision.case[:8]}-{job.notice.key}"


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = N_("文件夹建不了：{folder}（{reason}）")
        raise DeskError(Sentence(words, folder=str(path), reason=reason(error))) from None


def _lost(characters: Iterable[str]) -> list[Sentence]:
    """A sentence naming the characters that no font has."""
    named = [Sentence(N_("{whole}（{part}）"), whole=one, part=f"U+{ord(one):04X}") for one in characters]
    words = N_("以下字符没有字体可印，纸上以 〓 代替，请手写补正：{named}")
    return [Sentence(words, named=listed(named))] if named else []
