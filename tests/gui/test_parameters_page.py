"""An office's own dated values, entered in the window."""

from jinan_desk.gui.parameter_dialog import ParameterDialog


def open_page(hall, key):
    hall.window.show_page("parameters")
    page = hall.window.page("parameters")
    page.show_parameter(key)
    hall.settle()
    return page


def rows_of(page, label):
    model = page.model
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    return [row[1:] for row in rows if row[0] == label]


def test_a_value_is_added_shown_and_used_at_once_in_an_open_editor(hall):
    desk = hall.choose(6, 1)
    desk.start()
    known = {
        "applicant_name": "济南大明湖酒店管理有限公司", "year_end_headcount": "92", "dismissed": "5", "paid_all_months": "是",
        "discredited": "否", "has_complaints": "否", "recognised_difficult": "是", "insured_headcount": "10",
    }  # fmt: skip
    desk.editor.draft.fill(known)
    hall.settle()
    assert [pointer.path for pointer in desk.editor.answer.missing] == ["parameter:average_unemployment_benefit"]
    page = open_page(hall, "average_unemployment_benefit")
    dialog = page.ask_value()
    assert isinstance(dialog, ParameterDialog)
    assert dialog.parameter.currentData() == "average_unemployment_benefit"
    dialog.values[""].setText("1,503.40")
    dialog.since.setText("2019/12/1")
    dialog.source.setText("济人社字〔2020〕5号")
    dialog.take()
    hall.settle()
    (row,) = rows_of(page, "上年12月份当地月人均失业保险金")
    assert row == ["1,503.40 元/月", "2019-12-01", "本机构录入", "济人社字〔2020〕5号"]
    assert not desk.editor.answer.missing
    assert desk.editor.answer.amount == 9_020_400


def test_what_cannot_be_a_value_is_refused_and_stays(hall):
    page = open_page(hall, "average_unemployment_benefit")
    dialog = page.ask_value()
    dialog.take()
    assert dialog.wrong.text() == "请填写数值"
    dialog.values[""].setText("许多")
    dialog.take()
    assert "金额" in dialog.wrong.text()
    dialog.values[""].setText("1500")
    dialog.take()
    hall.settle()
    assert "起始日" in dialog.wrong.text()
    dialog.since.setText("2019-12-01")
    dialog.take()
    hall.settle()
    assert "文件" in dialog.wrong.text()
    assert dialog.isVisible()
    assert dialog.values[""].text() == "1500"
    dialog.reject()


def test_a_value_by_tier_is_asked_tier_by_tier(hall):
    page = open_page(hall, "minimum_wage")
    dialog = page.ask_value()
    assert dialog.values.keys() == {"1", "2"}
    for control, text in zip(dialog.values.values(), ("2500", "2300"), strict=True):
        control.setText(text)
    dialog.since.setText("2027-10-01")
    dialog.source.setText("鲁政字〔2027〕1号")
    dialog.take()
    hall.settle()
    assert rows_of(page, "最低工资标准")[-1][0].startswith("一档 2,500.00")
    assert len(rows_of(page, "最低工资标准")) == 5
