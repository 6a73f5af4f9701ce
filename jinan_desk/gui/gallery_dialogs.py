"""Every dialog there is, each under a name, for pictures and for tests that look everywhere. Nobody named here exists.

Where a dialog shows a file, one is written beside the store: the office is one that was made for looking at only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from jinan_desk.core.role import Role
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.exchange.enrolment import Enrolment
from jinan_desk.exchange.workdays import Arrangement
from jinan_desk.gui.account_dialog import AccountDialog
from jinan_desk.gui.batch_dialog import BatchReport, ask_step
from jinan_desk.gui.batch_print import BatchPrintDialog
from jinan_desk.gui.context import Context
from jinan_desk.gui.crash import Crash, CrashDialog
from jinan_desk.gui.drafts_bar import DraftsDialog
from jinan_desk.gui.enrol_dialog import EnrolDialog
from jinan_desk.gui.first_start import OfficeDialog
from jinan_desk.gui.fund_view import EntryDialog
from jinan_desk.gui.goto import GoToDialog
from jinan_desk.gui.handler import HandlerDialog, PasswordDialog, SwitchDialog
from jinan_desk.gui.month_ledger import MonthDialog
from jinan_desk.gui.office_view import DetailsDialog
from jinan_desk.gui.pages.parameters import ParametersPage
from jinan_desk.gui.payee_dialog import PayeeDialog
from jinan_desk.gui.reason import ReasonDialog
from jinan_desk.gui.recovery import CodeDialog, RecoverDialog
from jinan_desk.gui.restore_dialog import RestoreDialog
from jinan_desk.gui.roster_import import RosterImport, Target
from jinan_desk.gui.saved_filter_menu import NameDialog
from jinan_desk.gui.sign_in import SignInDialog
from jinan_desk.gui.step_dialog import StepDialog, Typed
from jinan_desk.gui.window import Window
from jinan_desk.gui.workdays_card import WorkdaysDialog
from jinan_desk.services.batch import Done, Report
from jinan_desk.services.cases import CaseView, programme_of
from jinan_desk.services.drafts import Draft
from jinan_desk.services.entry import blank
from jinan_desk.services.listing import CaseRow
from jinan_desk.services.particulars import Details
from jinan_desk.services.sign_in import SignInError
from jinan_desk.services.workdays import Plan

Sight = tuple[str, Callable[[], object]]
"""A name, and what shows it. A dialog that it opens is open afterwards."""

W = TypeVar("W", bound=QWidget)

_STEPS = (Stage.CORRECTION, Stage.APPROVED, Stage.PAID)
_SHARE = 3
_CODE = "7KQM-2XRD-9PWT-4HBN-6VCF-3ZJS-8LGA-5YEU"
_ROSTER = "Name,ID,First day,From,To,Insured,Remark\nZhang San,110101199003070134,2020-02-11,2020-02-11,2021-02-10,Y,\n"
_CRASH = 'ZeroDivisionError\n  File "jinan_desk/gui/editor.py", line 1, in show\n'
_WAIT = 30


def dialogs(window: Window, context: Context, cases: Sequence[CaseRow]) -> Iterator[Sight]:
    """What asks for something."""
    yield from _of_cases(window, context, cases)
    yield from _of_people(window, context)
    yield from _of_files(window, context)


def _of_cases(window: Window, context: Context, cases: Sequence[CaseRow]) -> Iterator[Sight]:
    parameters = page(window, "parameters", ParametersPage)
    yield "dialog-parameter", parameters.ask_value
    for stage in _STEPS:
        yield f"dialog-step-{stage}", partial(_open_step, stage, context, window)
    fund = Sentence(N_("失业保险基金"))
    caution = context.say(N_("“{fund}”已审批的超出预算 {amount} 元"), fund=fund, amount="29,200.00")
    yield "dialog-caution", partial(_open_step, Stage.APPROVED, context, window, caution)
    refusal = context.say.read(_not_editable())
    yield "dialog-step-refused", partial(_open_step, Stage.WITHDRAWN, context, window, refusal=refusal)
    yield "dialog-budget", lambda: EntryDialog(context.desk.today().year, context, window).open()
    yield "dialog-particulars", lambda: DetailsDialog(Details(phone="0531-12345678"), context, window).open()
    yield "dialog-month", lambda: MonthDialog(context, window).open()
    yield "dialog-filter", lambda: NameDialog(context, window, title=context.say(N_("保存条件"))).open()
    if cases:
        yield "dialog-payee", partial(_open_payee, cases[0].case, context, window)
    yield "dialog-batch", lambda: BatchPrintDialog([row.case for row in cases[:_SHARE]], context, window).open()
    yield "dialog-batch-step", lambda: ask_step(Stage.RECEIVED, 12, 9, context, window, then=lambda text, on: None)
    yield "dialog-batch-report", lambda: BatchReport(_report(cases), context, window).open()
    yield "dialog-reason", partial(_open_reason, context, window)
    yield "dialog-goto", lambda: GoToDialog(context, window).open()
    yield "dialog-drafts", lambda: DraftsDialog(_drafts(context.desk.today()), context, window).open()
    yield "manual", partial(window.show_manual, "day")


def _of_people(window: Window, context: Context) -> Iterator[Sight]:
    say = context.say
    yield "dialog-handler", lambda: HandlerDialog(["苏敏", "韩立", "邹平"], context, window).open()
    yield "dialog-switch", lambda: SwitchDialog(context, window).open()
    yield "dialog-sign-in", partial(_open_sign_in, context, window)
    yield "dialog-password", lambda: PasswordDialog(context, window).open()
    roles = frozenset({Role.CLERK})
    about, title = say(N_("初始密码请当面告知，请本人登录后更改。")), say(N_("增加账号"))
    account = partial(AccountDialog, title, context, window, about=about, roles=roles, password=True)
    yield "dialog-account", lambda: account().open()
    yield "dialog-code", lambda: CodeDialog(_CODE, say, window, office=context.desk.office.name).open()
    yield "dialog-recover", lambda: RecoverDialog(say, parent=window).open()
    yield "dialog-office", partial(_open_before, window, lambda: OfficeDialog(say))


def _of_files(window: Window, context: Context) -> Iterator[Sight]:
    folder = context.desk.store.directory
    yield "dialog-restore", lambda: RestoreDialog(folder / "desk.db", context, window).open()
    yield "dialog-enrol", partial(_open_enrolment, context, window)
    holidays = (Arrangement(2, date(2021, 2, 11), date(2021, 2, 17), worked=False, name=""),)
    yield "dialog-workdays", lambda: WorkdaysDialog(Plan(holidays, {}), context, window).open()
    yield "dialog-roster", partial(_open_roster, folder / "roster.csv", context, window)
    yield "dialog-crash", partial(_open_crash, folder / "crash.txt", context, window)


def page(window: Window, key: str, kind: type[W]) -> W:
    """A page of the window as what it is."""
    found = window.page(key)
    assert isinstance(found, kind)
    return found


def open_dialogs(window: Window) -> list[QDialog]:
    """The dialogs that stand in front of the window, the foremost last."""
    return [part for part in window.children() if isinstance(part, QDialog) and part.isVisible()]


def _not_editable() -> Sentence:
    return Sentence(N_("“{stage}”的办件不能直接修改，请先退回修改"), stage=Sentence(STAGE_LABELS[Stage.PAID]))


def _report(cases: Sequence[CaseRow]) -> Report:
    why = _not_editable()
    return Report(Stage.RECEIVED, (*(Done(row, why) for row in cases[:_SHARE]), *map(Done, cases[_SHARE:])))


def _drafts(today: date) -> list[Draft]:
    entry = blank(programme_of("06A")[1], today)
    at = f"{today}T01:20:00Z"
    return [
        Draft("a", entry, "", at, overtaken=False, wrong=2),
        Draft("b", entry, "c", at, overtaken=True, wrong=0),
    ]  # fmt: skip


def _open_payee(case: str, context: Context, window: Window) -> None:
    def show(view: CaseView) -> None:
        PayeeDialog(view, context, window, then=lambda corrected: None).open()

    context.store.ask(lambda: context.desk.cases.view(case), show, owner=window)


def _open_step(stage: Stage, context: Context, window: Window, caution: str = "", refusal: str = "") -> None:
    typed = Typed(context.say(N_("材料不齐")), None) if refusal else None
    StepDialog(stage, context, window, caution=caution, typed=typed, refusal=refusal).open()


def _open_reason(context: Context, window: Window) -> None:
    say = context.say
    asked = say(N_("撤回的原因"))
    ReasonDialog(window, say, title=asked, asked=asked, hint=say(N_("撤回的提议仍留在记录中，不再等待确认。"))).open()


def _open_sign_in(context: Context, window: Window) -> None:
    """Where somebody had to wait."""
    say = context.say
    about = say(N_("请用自己的姓名和密码登录；办理的每一步都记在登录人名下。"))
    dialog = SignInDialog(say, title=say(N_("登录")), about=about, leave=say(N_("退出")), parent=window)
    dialog.refuse(SignInError(Sentence(N_("姓名或密码不对，没有打开")), _WAIT))
    dialog.open()


def _open_before(window: Window, make: Callable[[], QDialog]) -> None:
    """A dialog that usually comes before there is a window."""
    dialog = make()
    dialog.setParent(window, dialog.windowFlags())
    dialog.open()


def _open_enrolment(context: Context, window: Window) -> None:
    office = context.desk.office
    enrolment = Enrolment("370102", office.name, "district", "2020-03-20T01:00:00Z", bytes(range(32)))
    EnrolDialog(window, context.say, enrolment, None).open()


def _open_roster(path: Path, context: Context, window: Window) -> None:
    path.write_text(_ROSTER, encoding="utf-8")
    _, programme = programme_of("02B")
    preview = context.desk.rosters.preview
    target = Target(
        lambda file, append, chosen: preview(programme.code, file, (), append=append, chosen=chosen),
        lambda inspection: None,
        rows=0,
    )
    RosterImport(path, programme, target, context, window).open()


def _open_crash(path: Path, context: Context, window: Window) -> None:
    CrashDialog(Crash(_CRASH, path), context.say, context.look, window).open()
