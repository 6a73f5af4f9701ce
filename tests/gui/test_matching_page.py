"""政策找人 in the window: one unit, one person, a list."""

import openpyxl
from PySide6.QtCore import QCoreApplication, Qt

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.text import Sentence
from jinan_desk.gui.field_box import FieldBox
from jinan_desk.gui.match_one import MatchOne
from jinan_desk.measures import find
from jinan_desk.services.matching import Verdict
from tests.gui.test_entry_walk import CONTROL

KNOWN = {
    "applicant_name": "山东鲁泉食品有限公司", "year_end_headcount": "286", "dismissed": "9", "paid_all_months": "是",
    "discredited": "否", "has_complaints": "否", "premium_paid": "158400",
}  # fmt: skip


def ask(hall, way=0, **texts):
    hall.window.show_page("matching")
    one = hall.window.page("matching").show_view(way)
    assert isinstance(one, MatchOne)
    for key, text in texts.items():
        one.draft.set_text(key, text)
    hall.settle()
    return one


def test_questions_are_laid_out_while_nothing_else_is_to_be_done(hall):
    one = MatchOne(Applicant.UNIT, hall.sitting.context)
    assert len(one.findChildren(FieldBox)) == 1  # the day
    assert not one.form.complete
    assert one.form.box("wage_base") is not None  # who asks for one has it
    assert one.form.complete
    one.deleteLater()


def test_enter_leads_from_question_to_question_though_answers_were_laid_out_meanwhile(hall):
    """The guard: no answer stands between two questions for who types one after the other."""
    one = ask(hall)
    controls = [box.control for group in one.form._groups for box in group.boxes]
    controls[0].setFocus()
    for control in controls[:-1]:
        assert hall.focus is control
        hall.press(Qt.Key.Key_Return)
    assert hall.focus is controls[-1]


def test_a_question_that_is_laid_out_later_says_what_is_wrong_with_it(hall):
    one = MatchOne(Applicant.UNIT, hall.sitting.context)
    one.form.show_wrong({"wage_base": Sentence("应为数字")})
    assert one.form.box("wage_base").note == "应为数字"
    one.deleteLater()


def test_every_programme_answers_from_what_is_known(hall):
    one = ask(hall, **KNOWN)
    cards = one.list.cards
    assert cards["06A"].verdict is Verdict.POSSIBLE
    assert "企业类别" in cards["06A"].grounds
    one.draft.set_text("dismissed", "90")
    hall.settle()
    assert cards["06A"].verdict is Verdict.EXCLUDED
    assert "31.47%" in cards["06A"].grounds
    person = ask(hall, 1)
    assert person.list.cards.keys() == {"10B", "12B", "18B", "24A", "24B", "24C"}


def test_what_every_programme_is_to_one_is_written_as_a_workbook(hall, tmp_path):
    one = ask(hall, **KNOWN | {"dismissed": "90"})
    one.write(tmp_path / "结果.xlsx")
    hall.settle()
    rows = list(openpyxl.load_workbook(tmp_path / "结果.xlsx").active.iter_rows(values_only=True))
    assert rows[0][0].startswith("政策找人：山东鲁泉食品有限公司（按 2020年3月20日 的政策）")
    refused = next(row for row in rows if row[0].startswith("06A"))
    assert refused[1] == "不符合"
    assert "31.47%" in refused[3]
    needed = next(row for row in rows if row[0].startswith("02B"))
    assert (needed[1], needed[4]) == ("可能符合", "名单")
    one.write(tmp_path)
    hall.settle()
    assert "写不进去" in hall.window.status.text


def test_a_click_on_what_is_needed_goes_to_its_question(hall):
    one = ask(hall, **KNOWN)
    one.search.setText("18A")
    one.list.needed.emit(find("06A")[1], "category")
    hall.settle()
    assert one.search.text() == ""
    question = one.questionnaire.question(find("06A")[1], "category")
    assert hall.focus is one.form.box(question).control


def test_questions_are_found_by_name_and_by_programme(hall):
    one = ask(hall)
    hall.press(Qt.Key.Key_F, CONTROL)
    assert hall.focus is one.search
    one.search.setText("23a")
    staff = one.questionnaire.question(find("23A")[1], "staff")
    assert one.form.box(staff).isVisible()
    assert not one.form.box("wage_base").isVisible()
    one.search.setText("月缴费")
    assert one.form.box("wage_base").isVisible()
    assert not one.form.box(staff).isVisible()


def test_a_wrong_text_is_named_and_counts_as_unknown(hall):
    one = ask(hall, **KNOWN | {"dismissed": "九"})
    assert one.form.box("dismissed").note == "应为不小于 0 的整数"
    assert "上年度裁员人数" in one.list.cards["06A"].grounds


def test_a_case_is_begun_in_its_programme_with_what_is_known(hall):
    one = ask(hall, **KNOWN)
    one.list.cards["06A"].begin.click()
    hall.settle()
    editor = hall.desk.editor
    assert hall.window.current == "measures"
    assert hall.desk.programme.code == "06A"
    assert editor.dirty
    assert editor.draft.text("premium_paid") == "158400"
    assert [pointer.path for pointer in editor.answer.missing] == ["category"]
    editor.draft.stack.undo()
    assert editor.draft.text("applicant_name") == ""


def test_what_is_begun_and_not_saved_is_kept_as_a_draft(hall):
    desk = hall.choose(6)
    desk.start()
    hall.settle()
    desk.editor.draft.set_text("applicant_name", "济南章丘锻造有限公司")
    ask(hall, **KNOWN).begin(find("06A")[1])
    hall.settle()
    assert desk.editor.draft.text("applicant_name") == KNOWN["applicant_name"]
    assert "“济南章丘锻造有限公司”尚未保存，已留存为草稿" in hall.window.status.text
    assert "1 件" in hall.window.drafts.text


def write_list(path, rows=3):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["单位名称", "上年末参保职工人数", "上年度裁员人数", "心情"])
    for number in range(rows):
        sheet.append([f"济南第{number}机械有限公司", 40, "许多" if number == 1 else 20, "好"])
    book.save(path)


def test_a_list_is_matched_and_everything_that_could_not_be_used_is_named(hall, tmp_path):
    write_list(tmp_path / "list.xlsx")
    hall.window.show_page("matching")
    book = hall.window.page("matching").show_view(2)
    assert not book.start.isEnabled()
    book.take(tmp_path / "list.xlsx")
    assert book.start.isEnabled()
    book.run(tmp_path / "out.xlsx")
    hall.settle()
    assert "已匹配 3 个单位和个人" in book.result.text()
    assert "“心情”" in book.problems.toPlainText()
    assert "第 3 行 C 列" in book.problems.toPlainText()
    rows = [[book.totals.index(row, column).data() for column in range(4)] for row in range(book.totals.rowCount())]
    assert next(row for row in rows if row[0].startswith("06A"))[1:] == ["0", "1", "2"]
    assert (tmp_path / "out.xlsx").exists()


def test_a_run_that_is_given_up_writes_nothing(hall, tmp_path):
    write_list(tmp_path / "list.xlsx", rows=4000)
    hall.window.show_page("matching")
    book = hall.window.page("matching").show_view(2)
    book.take(tmp_path / "list.xlsx")
    book.errand.progressed.connect(lambda done, total: book.cancel.click())
    book.run(tmp_path / "out.xlsx")
    hall.settle()
    assert "已取消" in book.result.text()
    assert not (tmp_path / "out.xlsx").exists()
    assert book.start.isEnabled()


def test_a_list_that_is_none_is_refused_in_a_sentence(hall, tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    hall.window.show_page("matching")
    book = hall.window.page("matching").show_view(2)
    book.take(tmp_path / "list.xlsx")
    book.run(tmp_path / "out.xlsx")
    hall.settle()
    QCoreApplication.processEvents()
    assert book.result.text()
    assert hall.window.status.text == book.result.text()
