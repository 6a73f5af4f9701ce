"""Accounts and the access log on the page of the system, for an administrator and for others."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QMessageBox

from jinan_desk.core.role import Role
from jinan_desk.gui.access_panel import AccessPanel
from jinan_desk.gui.account_dialog import AccountDialog
from jinan_desk.gui.accounts_panel import AccountsPanel
from jinan_desk.gui.pages.system import ACCESS, ACCOUNTS
from jinan_desk.gui.recovery import CodeDialog
from jinan_desk.services.access import Action
from tests.gui.conftest import CHIEF, CLERK, SECRET

pytestmark = pytest.mark.usefixtures("qapp")


def shown(hall, name):
    page = hall.window.page("system")
    hall.window.show_page("system")
    panel = page.show_named(name)
    hall.settle()
    return panel


def lines(panel):
    model = panel.table.model()
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]


def choose(panel, name):
    panel.table.selectRow([line[0] for line in lines(panel)].index(name))


def dialog_in(hall):
    hall.settle()
    (dialog,) = hall.window.findChildren(AccountDialog)
    return dialog


def fill(dialog, *, name="", password="", roles=()):
    if name:
        dialog._name.setText(name)
    for role in Role:
        if roles:
            dialog.set_role(role, role in roles)
    if password:
        for line in (dialog._box.first, dialog._box.second):
            line.setText(password)
    dialog.ok.click()


def close_code(hall):
    (dialog,) = hall.window.findChildren(CodeDialog)
    code = dialog.code.text()
    dialog.copied.setChecked(True)
    dialog.done_.click()
    hall.settle()
    return code


def test_an_administrator_adds_an_account_changes_its_roles_and_disables_it(guarded):
    panel = shown(guarded, ACCOUNTS)
    assert [line[:3] for line in lines(panel)] == [[CLERK, "经办员", "可用"], [CHIEF, "管理员", "可用"]]
    panel.add.click()
    dialog = dialog_in(guarded)
    fill(dialog, name="韩立", password="short")
    assert "至少 8 个字符" in dialog.wrong.text()
    fill(dialog, name=CLERK, password=SECRET)
    guarded.settle()
    assert "已有名为" in dialog.wrong.text()
    fill(dialog, name="韩立", roles=(Role.REVIEWER,))
    guarded.settle()
    assert ["韩立", "审核员", "可用"] in [line[:3] for line in lines(panel)]
    choose(panel, "韩立")
    panel.change.click()
    fill(dialog_in(guarded), roles=(Role.REVIEWER, Role.APPROVER))
    guarded.settle()
    panel.turn.click()
    fill(dialog_in(guarded))
    guarded.settle()
    assert ["韩立", "审核员、审批员", "已停用"] in [line[:3] for line in lines(panel)]
    choose(panel, "韩立")
    assert not panel.reset.isEnabled()
    panel.turn.click()
    fill(dialog_in(guarded), password="another start")
    guarded.settle()
    assert ["韩立", "审核员、审批员", "可用"] in [line[:3] for line in lines(panel)]
    desk = guarded.sitting.context.desk
    assert guarded.sitting.store.wait(lambda: desk.by("韩立", "another start", "my own words")).account == "韩立"


def test_a_password_is_reset(guarded):
    panel = shown(guarded, ACCOUNTS)
    choose(panel, CLERK)
    panel.reset.click()
    fill(dialog_in(guarded), password="forgotten one")
    guarded.settle()
    desk = guarded.sitting.context.desk
    assert guarded.sitting.store.wait(lambda: desk.by(CLERK, "forgotten one", "my own words")).account == CLERK


def test_the_last_administrator_stays_and_is_told_why(guarded):
    panel = shown(guarded, ACCOUNTS)
    choose(panel, CHIEF)
    panel.turn.click()
    dialog = dialog_in(guarded)
    fill(dialog)
    guarded.settle()
    assert "唯一的管理员" in dialog.wrong.text()
    dialog.reject()


def test_a_new_code_is_shown_once_and_a_new_data_key_made_where_somebody_is_sure(guarded, monkeypatch):
    panel = shown(guarded, ACCOUNTS)
    asked = []

    def question(*texts):
        asked.append(texts[2])
        return QMessageBox.StandardButton.Ok if len(asked) > 1 else QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    panel.new_code.click()
    guarded.settle()
    assert not guarded.window.findChildren(CodeDialog)
    panel.new_code.click()
    guarded.settle()
    assert len(close_code(guarded)) > 32
    panel.rekey.click()
    guarded.settle()
    assert "数据密钥已更换" in guarded.window.status.text
    assert "作废" in asked[0]


def test_the_minutes_of_the_lock_are_set(guarded):
    panel = shown(guarded, ACCOUNTS)
    assert panel.minutes.value() == 10
    panel.minutes.setValue(3)
    panel.minutes.editingFinished.emit()
    guarded.settle()
    assert guarded.window.lock.minutes == 3
    assert "3 分钟" in guarded.window.status.text


def test_others_see_the_accounts_and_change_nothing_and_not_the_log(guarded):
    panel, log = shown(guarded, ACCOUNTS), shown(guarded, ACCESS)
    assert lines(log)
    guarded.sitting.context.seat(guarded.sitting.store.wait(lambda: guarded.sitting.context.desk.by(CLERK, SECRET)))
    guarded.settle()
    assert len(lines(panel)) == 2
    for part in (panel.add, panel.change, panel.reset, panel.turn, panel.new_code, panel.rekey, panel.minutes):
        assert not part.isEnabled()
    assert lines(log) == []
    assert not log.export.isEnabled()
    assert guarded.window.status.property("level") != "bad"


def test_accounts_are_begun_in_the_window(hall):
    panel = shown(hall, ACCOUNTS)
    assert panel.begin.isVisible()
    assert not panel.table.isVisible()
    panel.begin.click()
    fill(dialog_in(hall), name=CHIEF, password=SECRET)
    hall.settle()
    close_code(hall)
    assert hall.sitting.context.desk.account == CHIEF
    assert [line[0] for line in lines(panel)] == [CHIEF]
    assert hall.window.lock.minutes == 10


def test_the_log_is_filtered_and_exported(guarded, tmp_path):
    panel = shown(guarded, ACCESS)
    everything = len(lines(panel))
    panel.action.setCurrentIndex(panel.action.findData(Action.ACCOUNT_ADDED.value))
    panel.action.activated.emit(0)
    guarded.settle()
    assert [line[1:] for line in lines(panel)] == [[CHIEF, "增加账号", f"{CLERK} 经办员"]]
    panel.last.setText("2020-01-01")
    panel.last.editingFinished.emit()
    guarded.settle()
    assert lines(panel) == []
    panel.last.setText("soon")
    panel.last.editingFinished.emit()
    assert panel.last.property("wrong")
    panel.last.clear()
    panel.action.setCurrentIndex(0)
    panel.write(tmp_path / "access.xlsx")
    guarded.settle()
    assert load_workbook(tmp_path / "access.xlsx").active.max_row == 2 + everything + 1
    assert lines(panel)[0][2] == "导出访问记录"


def test_more_of_the_log_is_read_on_demand(guarded):
    access = guarded.sitting.context.desk.access

    def fill_log():
        for number in range(150):
            access.note(Action.PRINT, number)

    guarded.sitting.store.wait(fill_log)
    panel = shown(guarded, ACCESS)
    assert len(lines(panel)) == 100
    panel.more.click()
    guarded.settle()
    assert len(lines(panel)) > 150
    assert not panel.more.isVisible()


def test_the_panels_are_what_the_page_shows(hall):
    assert isinstance(shown(hall, ACCOUNTS), AccountsPanel)
    assert isinstance(shown(hall, ACCESS), AccessPanel)


def test_whoever_was_changed_stays_chosen_and_is_named(guarded):
    panel = shown(guarded, ACCOUNTS)
    for name in ("艾青", "钱立"):  # one comes to stand before, one after those that are there
        panel.add.click()
        fill(dialog_in(guarded), name=name, password=SECRET)
        guarded.settle()
        guarded.come_back()
        assert panel.chosen.name == name
        assert f"已增加账号：{name}" in guarded.window.status.text
    choose(panel, "艾青")
    panel.reload()
    guarded.settle()
    assert panel.chosen.name == "艾青"
