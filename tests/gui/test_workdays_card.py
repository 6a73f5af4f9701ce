"""The year's holidays are imported on the system page, and limits follow at once."""

from jinan_desk.gui.pages.system import WORKDAYS
from jinan_desk.gui.workdays_card import WorkdaysCard, WorkdaysDialog


def begin(hall, content):
    path = hall.folder / "安排.csv"
    path.write_text(content, encoding="utf-8")
    hall.window.show_page("system")
    hall.settle()
    card = hall.window.page("system").show_named(WORKDAYS).findChild(WorkdaysCard)
    card.begin(path)
    hall.settle()
    return card


def test_holidays_are_imported_with_their_notice_and_count_at_once(hall):
    card = begin(hall, "日期,安排,名称\n2021-12-31,放假,元旦\n2020-03-21,上班,\n")
    assert "2021 年" in card.known.text()
    dialog = hall.window.findChild(WorkdaysDialog)
    assert dialog.days.item(0).text() == "2021-12-31　放假　元旦"
    dialog.ok.click()
    hall.settle()
    assert "依据" in dialog.wrong.text()
    dialog.source.setFocus()
    hall.fill("国办发明电〔2020〕99号")
    hall.come_back()
    assert hall.sitting.context.desk.calendar.is_workday(hall.day.replace(day=21))
    assert "国办发明电〔2020〕99号" in card.known.text()


def test_a_wrong_file_says_what_is_allowed(hall):
    begin(hall, "日期,安排\n2020-03-21,也许\n")
    assert hall.window.findChild(WorkdaysDialog) is None
    assert "放假”或“上班" in hall.window.status.text
