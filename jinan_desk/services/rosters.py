"""Rosters in (花名册): from a stranger's workbook into a case, after a look at what would come of it.

First `inspect`, which changes nothing and tells everything, then `take` of what was inspected: one revision. An import
is undone as a whole by another revision, at any later time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from jinan_desk.core.field import ROSTER, Field
from jinan_desk.core.kind import IdNumber
from jinan_desk.core.measure import Programme
from jinan_desk.core.revision import Revision, canonical
from jinan_desk.core.text import N_, Sentence, Translate, chinese, listed
from jinan_desk.errors import DeskError
from jinan_desk.exchange.head import names_of, plain
from jinan_desk.exchange.marking import write_marked
from jinan_desk.exchange.roster import BadCell, Heads, Roster, RosterError, read_heads, read_roster, row_shape
from jinan_desk.exchange.template import write_template
from jinan_desk.services.cases import Cases, CaseView, programme_of
from jinan_desk.store import Store

IMPORT, UNDO = "import", "undo_import"
"""The actions of the revisions that an import and its undoing are."""

_SYNONYMS = "roster_heads"
_SHOWN = 50

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an import would come to; nothing is changed yet. All counts are of rows.

    `new` rows are of nobody who is on the case's roster, `changed` ones of somebody who is, with other facts;
    `unchanged` are there as they are. `duplicates` say again what an earlier row of the file says, and are left out.
    `gone`: rows of the case that an import in their place would leave out. `alike`: rows that nobody can tell from
    those that are there, since the roster is not of people. `roster` is what was read, `rows` what the case would have,
    `named` the labels by plain head that a person gave. `case` and its `head` are "" where the rows are no case's.
    """

    case: str
    head: str
    append: bool
    new: int
    changed: int
    unchanged: int
    duplicates: tuple[int, ...]
    gone: int
    alike: int
    roster: Roster
    rows: tuple[Row, ...]
    named: Mapping[str, str]

    @property
    def refused(self) -> int:
        """How many rows cannot be taken; with any, nothing is."""
        return len(self.roster.refused)

    def sentences(self) -> Iterator[Sentence]:
        """The whole report; of many cells the first ones."""
        yield from self.remarks()
        yield from _first(self.roster.bad)

    def remarks(self) -> Iterator[Sentence]:
        """The report without the cells that are wrong."""
        roster = self.roster
        yield Sentence(
            N_("工作表“{sheet}”：新增 {new} 行，更改 {changed} 行，不变 {same} 行，重复 {twice} 行，有误 {refused} 行"),
            sheet=roster.sheet, new=self.new, changed=self.changed, same=self.unchanged,
            twice=len(self.duplicates), refused=self.refused,
        )
        if self.gone:
            yield Sentence(N_("名单中原有的 {count} 行不在文件中，将被去掉"), count=self.gone)
        if self.alike:
            yield Sentence(N_("有 {count} 行与名单中已有的行完全相同，请确认不是重复导入"), count=self.alike)
        if self.duplicates:
            yield Sentence(N_("重复而不再读入的行：{rows}"), rows=_shown(self.duplicates))
        if roster.left_out:
            yield Sentence(N_("作为合计或附注略过的行：{rows}"), rows=_shown(roster.left_out))
        if roster.absent:
            yield Sentence(N_("没有这些列，相应内容为未知：{labels}"), labels=listed(roster.absent))
        if roster.unknown:
            yield Sentence(N_("没有用到的列：{heads}"), heads=_shown(roster.unknown))
        yield from _first(roster.doubtful)


def _shown(parts: Sequence[object]) -> Sentence:
    """The first of them, and that there are more."""
    return listed([*map(str, parts[:_SHOWN]), *(["…"] if len(parts) > _SHOWN else [])])


def _first(cells: Sequence[BadCell]) -> Iterator[Sentence]:
    yield from (cell.sentence() for cell in islice(cells, _SHOWN))
    if len(cells) > _SHOWN:
        yield Sentence(N_("另有 {count} 个单元格，详见标出错误的工作簿"), count=len(cells) - _SHOWN)


def write_roster_template(code: str, path: Path) -> None:
    """Write the programme's template to fill in. Raises DeskError where there is none, or it has no roster."""
    write_template(path, programme_of(code)[1])


class Rosters:
    """Rosters for the cases of a store."""

    def __init__(self, store: Store, cases: Cases) -> None:
        self._store = store
        self._cases = cases

    def heads(self, code: str, path: Path) -> Heads:
        """Which column of the file is which for the programme, for a person to say where that is not `sure`."""
        return read_heads(path, programme_of(code)[1], self._synonyms())

    def inspect(
        self, case: str, path: Path, *, append: bool = False, chosen: Mapping[int, str] | None = None
    ) -> Inspection:
        """What the file would do to the case's roster: stand in its place, or come to it (`append`).

        `chosen` are keys of facts by the place of a column, "" for none, where a person said which is which. Raises
        DeskError where the file cannot be read, and nothing but a bad row is wrong with it otherwise.
        """
        view = self._cases.view(case)
        rows = view.facts.get(ROSTER) or ()
        seen = self.preview(view.row.programme, path, rows, append=append, chosen=chosen)
        return replace(seen, case=case, head=view.row.head)

    def preview(
        self,
        code: str,
        path: Path,
        rows: Sequence[Row],
        *,
        append: bool = False,
        chosen: Mapping[int, str] | None = None,
    ) -> Inspection:
        """The same for rows that are no case's yet: `rows` of what comes of it are for whoever asked, not to be taken.

        A row that stays as it is is the same object. Raises DeskError likewise.
        """
        programme = programme_of(code)[1]
        roster = read_roster(path, programme, synonyms=self._synonyms(), chosen=chosen)
        named = _named(roster, programme, chosen or {})
        return _compared(rows, roster, _person(programme), append=append, named=named)

    def remember(self, inspection: Inspection) -> None:
        """Keep the heads that a person named, so that nobody is asked again."""
        if inspection.named:
            with self._store.transaction():
                self._store.settings.put(_SYNONYMS, {**self._synonyms(), **inspection.named})

    def write_marked(self, inspection: Inspection, source: Path, target: Path, translate: Translate = chinese) -> None:
        """Write the source with its bad cells coloured and named. Raises DeskError where that cannot be written."""
        if target.resolve() == source.resolve():
            raise DeskError(Sentence(N_("标出错误的工作簿不能写到原文件上，请换一个名字")))
        write_marked(source, target, inspection.roster, translate)

    def take(self, inspection: Inspection) -> CaseView:
        """Import what was inspected as one revision, and remember the heads that a person named.

        Raises RosterError where a row is refused, and DeskError where the case is another one than was inspected, or
        may not be changed; then nothing is imported.
        """
        if inspection.refused:
            raise RosterError(inspection.roster.bad)
        view = self._cases.view(inspection.case)
        if view.row.head != inspection.head:
            raise DeskError(Sentence(N_("核对之后该办件又有改动，请重新核对名单再导入")))
        reason = Sentence(
            N_("导入名单：新增 {new} 行，更改 {changed} 行，去掉 {gone} 行"),
            new=inspection.new, changed=inspection.changed, gone=inspection.gone,
        ).read()
        with self._store.transaction():
            self.remember(inspection)
            return self._with_roster(view, list(inspection.rows), action=IMPORT, reason=reason)

    def undoable(self, case: str) -> Revision | None:
        """The import that would be undone now, None where there is none."""
        imports: list[Revision] = []
        for revision in self._cases.history(case):
            if revision.action == IMPORT:
                imports.append(revision)
            elif revision.action == UNDO and imports:
                imports.pop()
        return imports[-1] if imports else None

    def undo(self, case: str, reason: str) -> CaseView:
        """Give the case the roster that it had before its last import that still stands, for the reason given.

        Raises DeskError where there is none, the roster was changed since, or the case may not be changed.
        """
        imported = self.undoable(case)
        if imported is None:
            raise DeskError(Sentence(N_("该办件没有可以撤销的名单导入")))
        if not reason.strip():
            raise DeskError(Sentence(N_("撤销导入须写明理由")))
        view = self._cases.view(case)
        if view.revision.body["roster"] != imported.body["roster"]:
            raise DeskError(Sentence(N_("导入之后名单又有改动，不能整体撤销；请直接修改名单")))
        before = self._store.revision(imported.parents[0]).body["roster"]
        rows = None if before is None else json.loads(self._store.content(before))
        return self._with_roster(view, rows, action=UNDO, reason=reason)

    def _with_roster(self, view: CaseView, rows: list[Row] | None, *, action: str, reason: str) -> CaseView:
        facts = {key: value for key, value in view.facts.items() if key != ROSTER}
        if rows is not None:
            facts[ROSTER] = rows
        day = date.fromisoformat(view.row.on)
        return self._cases.change(view.row.case, day, facts, reason=reason, action=action)

    def _synonyms(self) -> dict[str, str]:
        kept: dict[str, str] = self._store.settings.get(_SYNONYMS, {})
        return kept


def _named(roster: Roster, programme: Programme, chosen: Mapping[int, str]) -> dict[str, str]:
    """The label of each head that would not have been known without the person."""
    fields = {declared.key: declared for declared in row_shape(programme).fields}
    named = {plain(roster.heads[place]): fields[key] for place, key in chosen.items() if key and place in roster.heads}
    return {head: declared.label for head, declared in named.items() if head not in names_of(declared)}


def _person(programme: Programme) -> Field | None:
    """The fact that tells people on the roster apart, None where it is not of people."""
    return next((declared for declared in row_shape(programme).fields if isinstance(declared.kind, IdNumber)), None)


@dataclass(slots=True)
class _Sorted:
    """The rows of a file: those of people by person, the others, and what says one person twice."""

    of_people: dict[str, Row] = field(default_factory=dict)
    others: list[Row] = field(default_factory=list)
    duplicates: list[int] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)


def _sorted(roster: Roster, person: Field | None) -> _Sorted:
    """Nobody is on a roster twice: the same again is a duplicate, something else is refused."""
    found = _Sorted()
    numbers: dict[str, int] = {}
    for number, row in zip(roster.places, roster.rows, strict=True):
        who = row.get(person.key) if person is not None else None
        if person is None or who is None:
            found.others.append(row)
        elif who not in numbers:
            numbers[who] = number
            found.of_people[who] = row
        elif found.of_people[who] == row:
            found.duplicates.append(number)
        else:
            why = Sentence(N_("与第 {row} 行是同一人而内容不同，只能保留一行"), row=numbers[who])
            found.bad.append(BadCell(roster.sheet, number, roster.columns[person.key], person.label, why))
    return found


def _compared(
    there: Sequence[Row], roster: Roster, person: Field | None, *, append: bool, named: Mapping[str, str]
) -> Inspection:
    """What the roster does to the rows that are there."""
    found = _sorted(roster, person)
    key = "" if person is None else person.key
    before = {row[key]: row for row in there if key in row}
    changed = sum(person in before and before[person] != row for person, row in found.of_people.items())
    known = sum(person in before for person in found.of_people)
    others_before = Counter(canonical(row) for row in there if key not in row)
    same = (others_before & Counter(map(canonical, found.others))).total()
    if append:
        rows = [found.of_people.get(row.get(key, ""), row) for row in there]
        rows += [row for person, row in found.of_people.items() if person not in before] + found.others
    else:
        left_out = set(found.duplicates)
        rows = [row for number, row in zip(roster.places, roster.rows, strict=True) if number not in left_out]
    return Inspection(
        case="",
        head="",
        append=append,
        new=len(found.of_people) - known + len(found.others) - (0 if append else same),
        changed=changed,
        unchanged=known - changed + (0 if append else same),
        duplicates=tuple(found.duplicates),
        gone=0 if append else len(before) - known + others_before.total() - same,
        alike=same if append else 0,
        roster=replace(
            roster, bad=(*roster.bad, *found.bad), refused=(*roster.refused, *(cell.row for cell in found.bad))
        ),
        rows=tuple(rows),
        named=named,
    )
