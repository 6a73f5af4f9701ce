"""The answer beside the editor: the verdict, the amount, what is missing or wrong, every check, the working.

Colour is never the only sign: each verdict has its word and its drawn symbol. A click on what is missing goes there.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.core.determination import Outcome
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.answer import Answer, Pointer, place
from jinan_desk.gui.banner import Banner
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.check_rows import Checks
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.pointers import MOST_POINTERS, Pointers
from jinan_desk.gui.words import YUAN, Words
from jinan_desk.gui.working import Working
from jinan_desk.services.applicants import Known
from jinan_desk.services.listing import CaseRow


class AnswerPanel(QScrollArea):
    """The answer to one draft or one stored case."""

    place_wanted = Signal(str)
    """Go to where this path is filled in."""
    quote_wanted = Signal(str)
    """Show these words in the article."""

    def __init__(self, programme: Programme, context: Context) -> None:
        super().__init__()
        self._programme = programme
        self._context = context
        self._say = context.say
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._banner = Banner(programme, context)
        self._record = QLabel(context.say(N_("本事项为服务记录，不作认定。")))
        set_role(self._record, "muted")
        self._judges = programme.route is not Route.SERVE or bool(programme.checks)
        self._wrong = Pointers(context.say(N_("填写有误")), "ineligible", "bad", context)
        self._missing = Pointers(context.say(N_("还缺")), "incomplete", "doubt", context)
        self._cautions = Pointers(context.say(N_("请留意")), "warning", "doubt", context)
        self._checks = Checks(context.say(N_("条件")), context)
        self._row_checks = Checks("", context)
        self._rows = Pointers(context.say(N_("名单中不符合")), "ineligible", "bad", context)
        self._earlier = Pointers(context.say(N_("该申请人的其他办件")), "cases", "accent", context)
        self._steps = Working(context.say(N_("计算过程")))
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(2, 8, 6, 8)
        box.setSpacing(10)
        for part in (
            self._banner, self._record, self._wrong, self._missing, self._earlier, self._rows, self._row_checks,
            self._checks, self._steps, self._cautions,
        ):  # fmt: skip
            box.addWidget(part)
        box.addStretch(1)
        self.setWidget(inner)
        for pointers in (self._wrong, self._missing, self._rows, self._cautions):
            pointers.wanted.connect(self.place_wanted)
        for checks in (self._checks, self._row_checks):
            checks.quote_wanted.connect(self.quote_wanted)
        self._earlier.wanted.connect(context.bus.case_wanted)
        self.show_answer(None, {})
        self.show_known(None)

    @property
    def earlier(self) -> list[str]:
        """The other cases of the applicant, as they are listed."""
        return self._earlier.texts

    def show_known(self, known: Known | None) -> None:
        """List the cases that name the applicant already."""
        rows = known.cases if known is not None else ()
        pointers = [Pointer(row.case, _in_short(row, self._context)) for row in rows]
        self._earlier.show_pointers(pointers, known.count if known is not None else 0)

    def show_answer(self, answer: Answer | None, wrong: Mapping[str, Sentence]) -> None:
        """Show an answer; None where there cannot be one (no readable day, say)."""
        say = self._say
        self._banner.show_answer(answer, bool(wrong))
        self._banner.setVisible(self._judges)
        self._record.setVisible(not self._judges)
        first = islice(wrong.items(), MOST_POINTERS)  # thousands of rows may be wrong
        told = [Pointer(path, say.told(place(self._programme, path, say), say.read(s))) for path, s in first]
        self._wrong.show_pointers(told, len(wrong))
        unread = [pointer for pointer in (answer.missing if answer else ()) if pointer.path not in wrong]
        self._missing.show_pointers(unread)
        refused = _refused(answer) if answer else []
        pointers = [_row_pointer(answer, row, say) for row in refused[:MOST_POINTERS]] if answer else []
        self._rows.show_pointers(pointers, len(refused))
        self._cautions.show_pointers(answer.cautions if answer else ())
        self._checks.show_checks(answer.checks if answer else ())
        complete = answer is not None and answer.outcome is Outcome.ELIGIBLE
        self._steps.show_steps(answer.steps if answer else (), complete=complete)
        self.show_row(answer, -1, "")

    def show_row(self, answer: Answer | None, row: int, name: str) -> None:
        """Show the checks of the roster's current row, too; none for a row the answer does not know."""
        if answer is None or not 0 <= row < answer.row_count:
            self._row_checks.show_checks(())
            return
        title = self._say(N_("名单第 {row} 行 {name}"), row=row + 1, name=name)
        self._row_checks.show_checks(answer.row(row).checks, title.strip())


def _in_short(row: CaseRow, context: Context) -> str:
    say = context.say
    amount = f"　{figures(row.amount)} {say(YUAN)}" if row.amount else ""
    return f"{programme_name(row.programme, context)}　{say(STAGE_LABELS[Stage(row.stage)])}　{row.on}{amount}"


def _refused(answer: Answer) -> list[int]:
    """The roster's rows that do not hold."""
    return [row for row, outcome in enumerate(answer.outcomes) if outcome is Outcome.INELIGIBLE]


def _row_pointer(answer: Answer, row: int, say: Words) -> Pointer:
    reasons = say(N_("；")).join(check.reason for check in answer.row(row).refusals)
    return Pointer(f"roster[{row}].", say(N_("第 {row} 行：{reasons}"), row=row + 1, reasons=reasons))
