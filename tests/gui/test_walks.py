"""A case of each route from the empty window to its end, by the keyboard alone; different people for different duties."""

from datetime import date

from PySide6.QtCore import Qt

from tests.gui.walk import CONTROL, begin, example_of, fill_in, go, put, reach, save, tab_to

OTHER_WAYS = ("补正", "不予受理", "撤回")


def at(hall, stage, *steps):
    """The editor shows the stage and offers these steps in this order."""
    assert hall.desk.editor.stage == stage
    assert tuple(button.text() for button in hall.desk.editor.bar.stages) == steps


def enter(hall, code, **other):
    entry = example_of(code)
    desk = begin(hall, code)
    fill_in(hall, entry)
    for key, text in other.items():
        reach(hall, key)
        put(hall, text)
    save(hall)
    assert desk.editor.answer.outcome.value == "eligible", desk.editor.answer.missing
    return desk


def history_of(hall):
    cases = hall.sitting.context.desk.cases
    return hall.sitting.store.wait(lambda: cases.history(hall.desk.editor.case))


def last(hall):
    return history_of(hall)[-1]


def test_a_grant_is_corrected_returned_objected_to_paid_sent_back_by_the_bank_and_paid_again(hall):
    enter(hall, "06A")
    at(hall, "草稿", "收件")
    hall.step(1, asked=False)
    at(hall, "收件", "受理", *OTHER_WAYS)
    hall.step(2, "营业执照复印件\n社会保险费缴纳证明")
    at(hall, "补正", "收件", "不予受理", "撤回")
    items = last(hall).reason.splitlines()
    assert items[-2:] == ["营业执照复印件", "社会保险费缴纳证明"]  # below what is known to be lacking
    assert len(items) > 2
    assert hall.desk.editor.bar.papers[0].text() == "打印补正告知书"
    reach(hall, "contact")
    put(hall, "王敏")
    hall.step(1, asked=False)  # what was typed is saved first
    assert not hall.desk.editor.dirty
    hall.step(1, asked=False)
    at(hall, "受理", "退回修改", "不予批准", "撤回")
    assert "苏敏 已办理“收件”" in hall.desk.editor.bar.reason.text()
    hall.sit("韩立")
    at(hall, "受理", "初审", "退回修改", "不予批准", "撤回")
    hall.step(2, "开户名称与申请单位不一致")
    at(hall, "退回修改", "受理", "不予批准", "撤回")
    reach(hall, "account_name")
    put(hall, "山东鲁泉食品有限公司")
    hall.step(1, asked=False)
    hall.step(1, "材料齐全，拟同意")
    hall.sit("邹平")
    hall.step(1)
    hall.step(1, asked=False)
    at(hall, "公示", "异议核查", "退回修改", "撤回")  # who reviewed neither approves nor refuses
    assert "公示至 2020-03-27" in hall.desk._strip.limit.text()
    hall.step(2, "赵青来电称该单位去年裁员较多")  # the first, to approve, is not theirs to take
    at(hall, "异议核查", "公示", "退回修改", "撤回")  # what was objected to may be right
    hall.step(1, asked=False)
    at(hall, "公示", "异议核查", "退回修改", "撤回")
    hall.sit("孔祥文")
    hall.day = date(2020, 4, 30)
    go(hall, "06A")
    hall.press(Qt.Key.Key_Return)  # the case is the first in the list
    hall.settle()
    hall.step(1, "同意")
    hall.step(1, asked=False)
    hall.step(1)
    at(hall, "拨付", "归档", "退票重办", "追回")
    hall.step(2, "银行退回：户名与账号不符")
    at(hall, "退票重办", "报财政", "追回")
    hall.sit("苏敏")
    hall.desk.editor.bar.account.click()
    hall.settle()
    hall.keys("6222021602009999999")
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert hall.desk.editor.draft.text("bank_account") == "6222021602009999999"
    at(hall, "退票重办", "追回")
    assert "苏敏 更正了收款账户" in hall.desk.editor.bar.reason.text()
    hall.sit("孔祥文")
    at(hall, "退票重办", "报财政", "追回")
    hall.step(1, asked=False)
    hall.step(1)
    hall.step(1, asked=False)
    at(hall, "归档")
    assert {revision.account for revision in history_of(hall)} == {"苏敏", "韩立", "邹平", "孔祥文"}
    assert hall.sitting.store.wait(hall.sitting.context.desk.check) == []


def test_a_grant_with_a_roster_typed_cell_by_cell_is_refused_after_publicity(hall):
    desk = enter(hall, "02B")
    assert desk.editor.draft.lines
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    hall.sit("韩立")
    hall.step(1)
    hall.step(1)
    hall.step(1, asked=False)
    hall.sit("孔祥文")
    assert "2020年3月27日 期满" in hall.desk.editor.bar.reason.text()
    hall.step(4, "公示期间查实名单中有人并未到岗")
    at(hall, "不予批准", "归档")
    hall.step(1, asked=False)
    at(hall, "归档")


def test_what_is_paid_by_mistake_is_recovered(hall):
    enter(hall, "06A")
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    hall.sit("韩立")
    hall.step(1)
    hall.step(1)
    hall.step(1, asked=False)
    hall.day = date(2020, 4, 30)
    hall.sit("孔祥文")
    hall.step(1)
    hall.step(1, asked=False)
    hall.step(1)
    hall.step(3, "多发 1,000 元，限 30 日内退回")
    at(hall, "追回", "归档")
    hall.step(1, asked=False)
    at(hall, "归档")


def test_an_application_for_another_body_is_checked_and_passed_on(hall):
    enter(hall, "18A")
    hall.step(1, asked=False)
    hall.step(2, "贷款用途说明")
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    hall.sit("韩立")
    hall.step(1, "符合条件")
    at(hall, "预审", "转办", "退回修改", "不予受理", "撤回")
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    at(hall, "归档")


def test_an_application_for_another_body_is_not_accepted_or_withdrawn(hall):
    for step, reason, stage in ((3, "不属于本机构办理", "不予受理"), (4, "申请人书面提出", "撤回")):
        enter(hall, "18A")
        hall.step(1, asked=False)
        hall.step(step, reason)
        at(hall, stage, "归档")
        hall.step(1, asked=False)
        at(hall, "归档")
        hall.press(Qt.Key.Key_Escape)
        hall.settle()


def test_a_relief_that_comes_by_itself_is_told_and_archived(hall):
    enter(hall, "07A")
    at(hall, "草稿", "已告知")
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    at(hall, "归档")


def test_a_service_is_followed_up_and_closed(hall):
    desk = begin(hall, "22S")
    for key, text in (
        ("applicant_name", "济南历泉机械制造有限公司"), ("opened_on", "2020-03-02"), ("handler", "苏敏"),
        ("month", "2020-02"), ("headcount_last_month", "310"), ("headcount_this_month", "270"),
    ):  # fmt: skip
        reach(hall, key)
        put(hall, text)
    save(hall)
    at(hall, "办理中", "办结")
    tab_to(hall, desk.record.what)
    hall.keys("电话了解减员原因")
    tab_to(hall, desk.record.done)
    hall.press(Qt.Key.Key_Space)
    hall.settle()
    assert desk.record.events == ["2020-03-20 电话了解减员原因"]
    hall.press(Qt.Key.Key_1, CONTROL)
    hall.settle()
    hall.keys("用工恢复，解除预警")
    tab_to(hall, desk.record.done)
    hall.press(Qt.Key.Key_Space)
    hall.settle()
    at(hall, "办结")
