"""Exchanging from the window: passwords, looking before merging, receipts, enrolment, cells changed by hand."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from jinan_desk import app
from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.enrol_dialog import EnrolDialog
from jinan_desk.measures import find
from jinan_desk.services.office import Level, Office
from tests.gui.conftest import TODAY

PASSWORD = "泉城路街道2020"
STREET = Office("370102001", "济南市历下区泉城路街道办事处", "济历下泉办", Level.STREET)


@pytest.fixture
def page(hall):
    hall.window.show_page("exchange")
    hall.settle()
    return hall.window.page("exchange")


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """Another office with a case, its package and its enrolment workbook."""
    folder = tmp_path / "street"
    app.found(folder, STREET)
    facts = dict(find("06A")[1].examples[0].facts)
    with app.open_desk(folder, "韩立", today=lambda: TODAY) as desk:
        desk.cases.enter("06A", TODAY, facts)
        desk.packages.export(tmp_path / "locked.xlsx", password=PASSWORD, everything=True)
        desk.packages.export(tmp_path / "open.xlsx", unlocked="测试", everything=True)
        desk.partners.write_enrolment(tmp_path / "enrolment.xlsx")
    return folder


def show(page, panel) -> None:
    page.tabs.setCurrentWidget(panel)


def test_enter_leads_from_password_to_password_and_exports(hall, page, tmp_path, monkeypatch):
    monkeypatch.setattr(page.outwards, "_ask_where", lambda proposed: tmp_path / proposed)
    page.outwards.password.setFocus()
    for _ in range(2):
        hall.keys("quancheng-2020")
        hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert [*tmp_path.glob("*.xlsx")] != []


def inspect(hall, page, path: Path):
    show(page, page.inwards)
    page.inwards.inspect(path)
    hall.settle()
    return page.inwards


def test_nothing_leaves_without_a_password_or_a_reason(hall, page, tmp_path):
    out = page.outwards
    assert not out.export.isEnabled()
    out.password.first.setText("泉城路街道2020")
    out.password.second.setText("泉城路街道2021")
    assert not out.export.isEnabled()
    out.password.second.setText("泉城路街道2020")
    assert out.export.isEnabled()
    out.write(tmp_path / "p.xlsx")
    hall.settle()
    assert "已设密码" in out.report.toPlainText()
    assert not out.export.isEnabled()  # the password is forgotten
    out.unlocked.setChecked(True)
    assert not out.export.isEnabled()
    out.reason.setText("对方的电脑打不开")
    out.write(tmp_path / "p.xlsx")
    hall.settle()
    assert "未设密码，原因：对方的电脑打不开" in out.report.toPlainText()


def test_what_an_export_still_needs_is_said(page):
    show(page, page.outwards)
    assert "还没有登记往来机构" in page.outwards.report.placeholderText()
    assert not page.outwards.export.isEnabled()
    assert "请先设密码" in page.outwards.export.toolTip()


def test_the_focus_comes_back_once_the_work_is_done(hall, page):
    """Guard: `_set_busy`; a button that cannot be used meanwhile loses the focus."""
    show(page, page.outwards)
    page.outwards.ledger.setFocus()
    hall.sitting.context.refuse(DeskError(Sentence("上一次没有存成")))
    page.outwards._do(lambda: None, lambda done: None)
    assert not page.outwards.ledger.isEnabled()
    assert "没有存成" not in hall.window.status.text
    hall.settle()
    assert hall.focus is page.outwards.ledger


def test_a_wrong_password_is_typed_over(hall, page, street, tmp_path):
    assert street.exists()
    inwards = inspect(hall, page, tmp_path / "locked.xlsx")
    hall.keys("not this one")
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert hall.focus is inwards.password.first
    assert inwards.password.first.selectedText() == "not this one"


def test_our_own_enrolment_is_not_asked_about(hall, page, tmp_path):
    show(page, page.partners)
    hall.sitting.store.wait(lambda: hall.sitting.context.desk.partners.write_enrolment(tmp_path / "own.xlsx"))
    page.partners.enrol(tmp_path / "own.xlsx")
    hall.settle()
    assert "本机构自己的登记表" in hall.window.status.text
    assert page.partners.findChild(EnrolDialog) is None


def test_a_password_is_hidden_until_one_asks_to_see_it(page):
    box = page.outwards.password
    assert box.first.echoMode() == QLineEdit.EchoMode.Password
    box.reveal.click()
    assert box.first.echoMode() == box.second.echoMode() == QLineEdit.EchoMode.Normal
    box.clear()
    assert box.first.echoMode() == QLineEdit.EchoMode.Password


def test_a_package_is_merged_after_its_password_was_given_and_its_fingerprint_compared(hall, page, street, tmp_path):
    inwards = inspect(hall, page, tmp_path / "locked.xlsx")
    assert inwards.password.isVisible()
    inwards.password.first.setText("别的密码别的密码")
    inwards.open.click()
    hall.settle()
    assert "密码不对" in inwards.password._wrong.text()
    inwards.password.first.setText(PASSWORD)
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert not inwards.password.isVisible()
    assert inwards.counts.rowCount() == 0
    assert "指纹" in inwards.report.toPlainText()
    assert inwards.trust.hasFocus()
    inwards.trust.setChecked(True)
    hall.settle()
    assert [inwards.counts.index(0, column).data() for column in range(5)] == ["1", "0", "0", "0", "0"]
    assert inwards.merge.isEnabled()
    inwards.trust.setChecked(False)
    assert not inwards.merge.isEnabled()
    inwards.trust.setChecked(True)
    inwards.merge.click()
    hall.settle()
    assert "新增记录 1 条" in inwards.report.toPlainText()
    assert not inwards.merge.isEnabled()
    inwards.write_receipt(tmp_path / "receipt.xlsx")
    hall.settle()
    assert "回执已存到" in hall.window.status.text
    hall.window.show_page("cases")
    hall.settle()
    assert hall.window.page("cases").list.model.rowCount() == 1
    with app.open_desk(street, "韩立", today=lambda: TODAY) as desk:
        desk.partners.admit(load_key(tmp_path), "370102", "历下区")
        assert desk.receipts.read(tmp_path / "receipt.xlsx").receipt.counts["new"] == 1


def load_key(tmp_path: Path) -> bytes:
    from jinan_desk.exchange.receipt import read_receipt

    return read_receipt(tmp_path / "receipt.xlsx").public_key


def test_what_a_superior_hands_down_is_seen_at_once(hall, page, tmp_path):
    """Guard: `parameters_changed`, by which the list of parameters and open cases learn of it."""
    app.found(tmp_path / "city", Office("370100", "济南市人力资源和社会保障局", "济人社", Level.CITY))
    with app.open_desk(tmp_path / "city", "孟兰", today=lambda: TODAY) as desk:
        desk.proposals.enter("refund_share_general", "60", since="2020-03-01", source="济人社发〔2020〕9号")
        desk.packages.export(tmp_path / "city.xlsx", unlocked="测试", everything=True)
    changed = []
    hall.sitting.context.bus.parameters_changed.connect(lambda: changed.append(True))
    inwards = inspect(hall, page, tmp_path / "city.xlsx")
    inwards.trust.setChecked(True)
    hall.settle()
    inwards.merge.click()
    hall.settle()
    assert "采用上级下发的政策参数 1 项" in inwards.report.toPlainText()
    assert changed == [True]


@pytest.mark.usefixtures("street")
def test_who_compared_a_fingerprint_does_so_for_nobody_else(hall, page, tmp_path):
    inwards = inspect(hall, page, tmp_path / "open.xlsx")
    inwards.trust.setChecked(True)
    hall.settle()
    assert inwards.merge.isEnabled()
    hall.sit("王芳")
    assert not inwards.trust.isChecked()
    assert not inwards.merge.isEnabled()


@pytest.mark.usefixtures("street")
def test_a_merge_can_be_given_up_and_changes_nothing(hall, page, tmp_path, monkeypatch):
    inwards = inspect(hall, page, tmp_path / "open.xlsx")
    inwards.trust.setChecked(True)
    hall.settle()
    begin = inwards.under_way.begin

    def begin_and_give_up(what):
        tell = begin(what)
        inwards.under_way.cancel.click()
        return tell

    monkeypatch.setattr(inwards.under_way, "begin", begin_and_give_up)
    inwards.merge.click()
    hall.settle()
    assert "已取消" in inwards.report.toPlainText()
    assert not inwards.under_way.isVisible()
    hall.window.show_page("cases")
    hall.settle()
    assert hall.window.page("cases").list.model.rowCount() == 0


@pytest.mark.usefixtures("street")
def test_it_is_said_that_a_package_is_being_opened_and_merged(hall, page, tmp_path):
    """Guard: `what` goes on in `UnderWay.begin`, and how far it is."""
    said = []
    inwards = inspect(hall, page, tmp_path / "locked.xlsx")
    inwards.under_way._told.connect(lambda *_: said.append(inwards.under_way.told))
    inwards.password.first.setText(PASSWORD)
    inwards.open.click()
    assert inwards.under_way.told == "正在解密并核对…"
    hall.settle()
    assert said[0] == "正在解密并核对… 25 %"
    inwards.trust.setChecked(True)
    hall.settle()
    inwards.merge.click()
    assert inwards.under_way.told == "正在合并…"
    hall.settle()
    assert not inwards.under_way.isVisible()


def test_an_export_says_that_it_goes_on_and_can_be_given_up(hall, page, tmp_path):
    """Guard: `tell` in `write_envelope`: nothing is written once it raises."""
    outwards = page.outwards
    for line in (outwards.password.first, outwards.password.second):
        line.setText(PASSWORD)
    outwards.write(tmp_path / "given up.xlsx")
    assert outwards.under_way.told == "正在加密并写入…"
    outwards.under_way.cancel.click()
    hall.settle()
    assert "已取消" in outwards.report.toPlainText()
    assert list(tmp_path.glob("given up*")) == []
    desk = hall.sitting.context.desk
    assert [one for one in hall.sitting.store.wait(desk.packages.history) if one.kind == "export"] == []


def test_a_damaged_package_is_refused_in_a_sentence(hall, page, tmp_path):
    (tmp_path / "package.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    inwards = inspect(hall, page, tmp_path / "package.xlsx")
    assert inwards.report.toPlainText()
    assert hall.window.status.text == inwards.report.toPlainText()
    assert not inwards.merge.isEnabled()


@pytest.mark.usefixtures("street")
def test_an_office_is_enrolled_after_a_call_and_withdrawn(hall, page, tmp_path, monkeypatch):
    show(page, page.partners)
    hall.settle()
    page.partners.enrol(tmp_path / "enrolment.xlsx")
    hall.settle()
    dialog = page.partners.findChild(EnrolDialog)
    assert not dialog.enrol.isEnabled()
    assert dialog.level.text() == "对方自称层级：街道（镇）"
    dialog.compared.setChecked(True)
    dialog.enrol.click()
    hall.settle()
    assert page.partners.list.index(0, 0).data() == "370102001"
    assert not page.partners.withdraw.isEnabled()
    page.partners.table.selectRow(0)
    assert page.partners.withdraw.isEnabled()
    monkeypatch.setattr("jinan_desk.gui.reason.ask", lambda *args, **kwargs: "机构撤并")
    page.partners.withdraw.click()
    hall.settle()
    assert page.partners.list.index(0, 4).data() == "已停用"
    inwards = inspect(hall, page, tmp_path / "open.xlsx")
    assert "停用" in inwards.report.toPlainText()
    assert not inwards.trust.isVisible()
    assert not inwards.merge.isEnabled()


@pytest.mark.usefixtures("street")
def test_a_second_key_of_an_office_needs_the_first_to_be_withdrawn(hall, page, tmp_path):
    again = tmp_path / "again"
    app.found(again, STREET)
    with app.open_desk(again, "韩立", today=lambda: TODAY) as desk:
        desk.partners.write_enrolment(tmp_path / "second.xlsx")
    show(page, page.partners)
    for name in ("enrolment.xlsx", "second.xlsx"):
        page.partners.enrol(tmp_path / name)
        hall.settle()
        dialog = page.partners.findChildren(EnrolDialog)[-1]
        dialog.compared.setChecked(True)
        if name == "second.xlsx":
            assert not dialog.enrol.isEnabled()
            dialog.replace.setChecked(True)
        dialog.enrol.click()
        hall.settle()
    assert [page.partners.list.index(row, 4).data() for row in range(2)] == ["往来中", "已停用"]


@pytest.mark.usefixtures("street")
def test_a_changed_cell_is_ticked_and_taken_over(hall, page, tmp_path):
    book = load_workbook(tmp_path / "open.xlsx")
    sheet = book["06A 稳岗返还"]
    place = next(cell.coordinate for cell in sheet[3] if sheet.cell(2, cell.column).value.startswith("上年度裁员"))
    sheet[place].value = 1
    sheet["C3"].value = "审批"
    book.save(tmp_path / "open.xlsx")
    inwards = inspect(hall, page, tmp_path / "open.xlsx")
    assert inwards.corrections.rowCount() == 0
    inwards.trust.setChecked(True)
    hall.settle()
    assert inwards.corrections.rowCount() == 2
    inwards.merge.click()
    hall.settle()
    assert not inwards.take_over.isEnabled()
    row = next(n for n in range(2) if inwards.corrections.index(n, 0).data().endswith(place))
    index = inwards.corrections.index(row, 0)
    assert "的“上年度裁员人数”" in inwards.corrections.index(row, 3).data()
    assert not inwards.corrections.flags(inwards.corrections.index(1 - row, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    inwards.corrections.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    inwards.take_over.click()
    hall.settle()
    assert "已更正 1 个办件" in hall.window.status.text
    cases = hall.sitting.context.desk.cases
    (case,) = hall.sitting.store.wait(lambda: [cases.view(row.case) for row in cases.all()])
    assert case.facts["dismissed"] == 1
    assert case.revision.account == "苏敏"
    assert case.revision.reason.startswith("更正：数据包")
