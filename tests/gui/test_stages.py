"""A case of each route from the empty window to the archive, by the keyboard alone, with every way beside the straight one."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from jinan_desk.gui.print_dialog import PrintDialog
from tests.gui.test_entry_walk import REFUND

CONTROL = Qt.KeyboardModifier.ControlModifier


def enter(hall, article, *texts, programme=0):
    """Ctrl+N, a text in every field from the day on, Ctrl+S."""
    desk = hall.choose(article, programme)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    hall.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    hall.fill(*texts)
    hall.settle()
    return desk


def save(hall):
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()


def enter_refund(hall):
    desk = enter(hall, 6, *REFUND)
    hall.press(Qt.Key.Key_Down)
    save(hall)
    assert desk.editor.case
    return desk


def at(desk, stage, *steps):
    """The editor shows the stage and offers these steps in this order."""
    assert desk.editor.stage == stage
    assert tuple(button.text() for button in desk.editor.bar.stages) == steps


def posted(hall):
    """A refund that has been reviewed and is posted."""
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    hall.sit("韩立")
    hall.step(1, "材料齐全，拟同意")
    hall.step(1)
    hall.step(1, asked=False)
    assert desk.editor.stage == "公示"
    return desk


def test_a_refund_goes_from_entry_to_the_archive(hall):
    desk = enter_refund(hall)
    at(desk, "草稿", "收件")
    hall.step(1, asked=False)
    at(desk, "收件", "受理", "补正", "不予受理", "撤回")
    hall.step(2, "营业执照复印件\n上年度社会保险费缴纳证明")
    at(desk, "补正", "收件", "不予受理", "撤回")
    assert desk.editor.bar.papers[0].text() == "打印补正告知书"
    desk.editor.form.box("contact").control.setFocus()
    hall.fill("王敏")
    hall.step(1, asked=False)  # what was typed is saved first
    assert not desk.editor.dirty
    hall.step(1, asked=False)
    at(desk, "受理", "退回修改", "不予批准", "撤回")
    assert "苏敏 已办理“收件”" in desk.editor.bar.why_not.text()
    hall.sit("韩立")
    at(desk, "受理", "初审", "退回修改", "不予批准", "撤回")
    hall.step(2, "开户名称与申请单位不一致")
    at(desk, "退回修改", "受理", "不予批准", "撤回")
    desk.editor.form.box("account_name").control.setFocus()
    hall.fill("山东鲁泉食品有限公司")
    hall.step(1, asked=False)
    hall.step(1, "材料齐全，拟同意")
    hall.sit("邹平")
    hall.step(1)
    hall.step(1, asked=False)
    at(desk, "公示", "异议核查", "退回修改", "撤回")  # who reviewed does not refuse either
    assert "公示至 2020-03-27" in desk._strip.limit.text()
    hall.step(1, "赵青来电称该单位去年裁员较多")
    at(desk, "异议核查", "公示", "撤回")
    hall.day = date(2020, 3, 23)
    hall.step(1, asked=False)
    hall.day = date(2020, 3, 31)
    hall.sit("孔祥文")
    hall.step(1, "同意")
    at(desk, "审批", "报财政")
    hall.step(1, asked=False)
    hall.step(1)
    assert desk.editor.stage == "拨付"
    hall.step(2, "银行退回：户名与账号不符")
    at(desk, "退票重办", "报财政", "追回")
    hall.step(1, asked=False)
    hall.step(1)
    hall.step(1, asked=False)
    at(desk, "归档")
    history = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.history(desk.editor.case))
    assert {revision.account for revision in history} == {"苏敏", "韩立", "邹平", "孔祥文"}
    assert hall.sitting.store.wait(hall.sitting.context.desk.check) == []


def test_refused_granted_by_mistake_and_withdrawn_cases_end_in_the_archive(hall):
    desk = posted(hall)
    hall.sit("孔祥文")
    assert "2020年3月27日 期满" in desk.editor.bar.why_not.text()
    hall.step(3, "公示期间查实不符合条件")
    at(desk, "不予批准", "归档")
    hall.step(1, asked=False)
    hall.sit("苏敏")
    desk = posted(hall)
    hall.day = date(2020, 3, 31)
    hall.sit("孔祥文")
    for _ in range(3):
        hall.step(1, asked=desk.editor.stage != "审批")
    assert desk.editor.stage == "拨付"
    hall.step(3, "多发 1,000 元，限 30 日内退回")
    at(desk, "追回", "归档")
    hall.step(1, asked=False)
    hall.sit("苏敏")
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    hall.step(4, "申请人书面提出")
    hall.step(1, asked=False)
    at(desk, "归档")


def test_what_is_not_accepted_ends_in_the_archive_and_its_paper_is_offered(hall):
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    hall.step(3, "不属于本机构办理")
    at(desk, "不予受理", "归档")
    desk.editor.bar.papers[0].click()
    hall.settle()
    dialog = hall.window.findChild(PrintDialog)
    assert "不予受理" in dialog.forms.currentItem().text()
    assert dialog.preview is not None
    dialog.close()


def test_the_history_tells_what_was_changed(hall):
    desk = enter_refund(hall)
    desk.editor.form.box("contact").control.setFocus()
    hall.fill("王敏", "13864137000")
    save(hall)
    desk.show_history()
    hall.settle()
    told = [label.text() for label in desk.history.findChildren(QLabel)]
    assert "联系人：（空） → 王敏" in told
    assert "联系电话：（空） → *******7000" in told
