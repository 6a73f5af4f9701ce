"""Keeping times, destroying by two people, and a person's own data, in the window."""

from datetime import date

from PySide6.QtCore import QItemSelectionModel

from jinan_desk.core.workflow import Stage
from jinan_desk.gui import files
from jinan_desk.gui.form_dialog import TextDialog
from jinan_desk.gui.pages import system
from jinan_desk.services.demo import hires, unit
from tests.gui.test_system_page import open_view

FACTS = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 2)}


def withdrawn(hall):
    cases = hall.sitting.context.desk.cases

    def make():
        case = cases.enter("02B", date(2020, 3, 20), FACTS).row.case
        for stage in (Stage.RECEIVED, Stage.WITHDRAWN, Stage.ARCHIVED):
            cases.advance(case, stage, reason="申请人撤回")
        return case

    return hall.sitting.store.wait(make)


def pick_all(view):
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in range(view.model.rowCount()):
        view.table.selectionModel().select(view.model.index(row, 0), flags)


def answer(hall, text):
    dialog = hall.window.findChild(TextDialog)
    dialog.text.setText(text)
    dialog.ok.click()
    hall.settle()
    return dialog


def test_a_case_past_its_time_is_proposed_by_one_and_destroyed_by_another(hall):
    case = withdrawn(hall)
    view = open_view(hall, system.RETENTION)
    assert (view.money.value(), view.service.value()) == (10, 3)
    assert view.model.rowCount() == 0
    assert "没有" in view.nothing.text()
    hall.day = date(2031, 1, 1)
    view.read()
    hall.settle()
    assert view.model.rowCount() == 1
    assert not view.propose.isEnabled()
    pick_all(view)
    assert view.propose.isEnabled()
    assert not view.confirm.isEnabled()
    view.propose.click()
    answer(hall, "保存期满")
    assert "苏敏 提议" in view.model.index(0, 5).data()
    assert "由另一人" in hall.window.status.text
    pick_all(view)
    assert view.withdraw.isEnabled()
    assert not view.confirm.isEnabled()
    hall.come_back()
    view.table.setFocus()
    hall.settle()
    hall.sit("孔祥文")
    assert view.confirm.isEnabled()
    view.confirm.click()
    dialog = answer(hall, "好")
    assert "请输入" in dialog.wrong.text()
    answer(hall, "销毁")
    assert view.model.rowCount() == 0
    desk = hall.sitting.context.desk
    assert hall.sitting.store.wait(lambda: [stone.case for stone in desk.store.tombstones()]) == [case] * 4


def test_a_proposal_is_withdrawn_and_the_years_are_set(hall):
    withdrawn(hall)
    hall.day = date(2031, 1, 1)
    view = open_view(hall, system.RETENTION)
    pick_all(view)
    view.propose.click()
    answer(hall, "保存期满")
    pick_all(view)
    view.withdraw.click()
    hall.settle()
    assert view.model.index(0, 5).data() == ""
    view.money.setValue(30)
    view.keep.click()
    hall.settle()
    assert view.model.rowCount() == 0


def test_what_is_kept_about_a_person_is_printed_and_the_number_is_gone_from_the_screen(hall, tmp_path, monkeypatch):
    asked = []

    def ask_where(dialog):
        asked.append(dialog)
        return tmp_path / "own.pdf"

    monkeypatch.setattr(files, "answer", ask_where)
    withdrawn(hall)
    view = open_view(hall, system.OWN_DATA)
    card = view.findChild(system.OwnDataCard)
    card.number.setText("37010")
    card.print_.click()
    hall.settle()
    assert "18 位" in hall.window.status.text
    assert asked == []  # where to write what there is not
    for name in (system.CHECK, system.OWN_DATA):
        hall.window.page("system").picked.emit([given for given, _ in hall.window.page("system")._views].index(name))
    assert "18 位" not in hall.window.status.text  # it is not of this view
    card.number.setText(hires(1, 1)[0]["id_number"])
    card.print_.click()
    hall.settle()
    assert len(asked) == 1
    assert (tmp_path / "own.pdf").read_bytes().startswith(b"%PDF")
    assert card.number.text() == ""
    assert "1 个办件" in hall.window.status.text
