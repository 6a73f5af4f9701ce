"""系统管理: the office's particulars, backups, the check, the window's own settings."""

from __future__ import annotations

import shutil
from datetime import date

from PySide6.QtWidgets import QMessageBox

from jinan_desk.gui.pages import system
from jinan_desk.services.preferences import Colours, Preferences, read_preferences
from tests.gui.test_preferences import runs  # noqa: F401  (a fixture)
from tests.services.test_reports import REFUND


def open_view(hall, name):
    hall.window.show_page("system")
    view = hall.window.page("system").show_named(name)
    hall.settle()
    return view


def rows(view):
    model = view.model
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def enter(hall):
    cases = hall.sitting.context.desk.cases
    return hall.sitting.store.wait(lambda: cases.enter("06A", date(2020, 3, 2), REFUND).row.case)


# The office -----------------------------------------------------------------------------------------------------------


def test_telephone_and_signers_are_changed_as_of_a_day_and_what_they_were_stays_to_be_read(hall):
    view = open_view(hall, system.OFFICE)
    dialog = view.ask_change()
    dialog.take()
    hall.settle()
    assert dialog.wrong.text() == "机构信息没有变化，没有保存"
    dialog.fields["phone"].setText("0531-12345678")
    dialog.fields["head"].setText("周正")
    dialog.since.setText("三月")
    dialog.take()
    hall.settle()
    assert dialog.wrong.text() == "不是有效日期：三月（写法如 2020-02-10）"
    dialog.since.setText("2020-03-01")
    dialog.take()
    hall.settle()
    assert (view.shown["phone"], view.shown["head"]) == ("0531-12345678", "周正")
    assert view.history.startswith("自 2020-03-01 起，苏敏 于 ")
    details = hall.sitting.store.wait(lambda: hall.sitting.context.desk.particulars.on(date(2020, 3, 1)))
    assert details.head == "周正"


# Backups --------------------------------------------------------------------------------------------------------------


def test_a_backup_is_made_listed_and_copied_to_a_second_folder(hall, tmp_path):
    view = open_view(hall, system.BACKUPS)
    assert "还没有备份" in view.state
    assert "同一磁盘" in view.state
    stick = tmp_path / "stick"
    view.set_second(stick)
    hall.settle()
    assert "没有目录" in hall.window.status.text
    stick.mkdir()
    view.set_second(stick)
    hall.settle()
    view.back_up()
    hall.settle()
    assert view.state.startswith("最近一次备份：今日")
    assert [row[2] for row in rows(view)] == ["手工", "手工"]
    assert len(list(stick.glob("*.db"))) == 1
    view.set_second(None)
    hall.settle()
    assert len(rows(view)) == 1


def test_before_a_backup_is_put_back_it_is_said_what_would_be_lost_and_nothing_changes(hall):
    view = open_view(hall, system.BACKUPS)
    view.back_up()
    hall.settle()
    case = enter(hall)
    view.table.setCurrentIndex(view.model.index(0, 0))
    view.restore.click()
    hall.settle()
    (dialog,) = [child for child in hall.window.children() if type(child).__name__ == "RestoreDialog"]
    said = dialog.found.toPlainText()
    assert "将丢失备份之后的 1 条记录" in said
    assert case[:8] in said
    assert dialog.ok.text() == "恢复并重新打开窗口"
    dialog.reject()
    assert hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(case)).row.case == case


def test_what_is_no_backup_is_refused_before_anything_is_closed(hall, tmp_path):
    view = open_view(hall, system.BACKUPS)
    (tmp_path / "other.db").write_bytes(b"nothing" * 1000)
    dialog = view.ask_restore(tmp_path / "other.db")
    hall.settle()
    assert "打不开" in dialog.wrong.text()
    assert dialog.ok.text() == "查看将丢失什么"
    dialog.reject()


def test_a_backup_is_put_back_from_inside_the_window(runs, office):  # noqa: F811
    told = []

    def first(window):
        context = window._context
        backup = context.store.wait(context.desk.backups.make)
        context.store.wait(lambda: context.desk.cases.enter("06A", date(2020, 3, 2), REFUND))
        shutil.copy(backup.path, office / "kept.db")
        window.show_page("system")
        dialog = window.page("system").show_named(system.BACKUPS).ask_restore(backup.path)
        dialog._show(context.store.wait(lambda: context.desk.backups.look(backup.path)))
        dialog.take()

    def second(window):
        context = window._context
        told.extend(box.text() for box in window.findChildren(QMessageBox))
        told.append(context.store.wait(lambda: len(list(context.desk.cases.all()))))

    assert runs(first, second) == 0
    assert "已从备份恢复" in told[0]
    assert "请对方导出全部记录" in told[0]
    assert told[1] == 0


# Checking -------------------------------------------------------------------------------------------------------------


def test_what_is_wrong_is_said_in_sentences_and_mended(hall):
    case = enter(hall)
    store = hall.sitting.context.desk.store
    hall.sitting.store.wait(lambda: store._db.conn.execute("UPDATE cases SET amount = 1"))
    view = open_view(hall, system.CHECK)
    assert not view.repair.isVisible()
    view.check.click()
    hall.settle()
    assert "查询列与记录不一致，可以重建（1 处）" in view.result
    view.repair.click()
    hall.settle()
    assert view.result.startswith("已修复：")
    assert view.result.endswith("修复完毕：数据完整，列表与办理记录一致。")
    assert hall.sitting.store.wait(lambda: store.case(case)).amount == 7_920_000
    view.check.click()
    hall.settle()
    assert view.result == "检查完毕：数据完整，列表与办理记录一致。"
    assert not view.repair.isVisible()


# The window -----------------------------------------------------------------------------------------------------------


def test_what_is_chosen_for_the_window_is_kept_at_once(hall, office):
    view = open_view(hall, system.WINDOW)
    assert not view.again.isEnabled()
    view.colours.setCurrentIndex(view.colours.findData(Colours.DARK))
    view.colours.activated.emit(1)
    assert read_preferences(office) == Preferences(colours=Colours.DARK)
    assert view.again.isEnabled()


def test_keys_and_the_program_are_told(hall):
    view = open_view(hall, system.ABOUT)
    texts = {label.text() for label in view.findChildren(object) if hasattr(label, "text") and callable(label.text)}
    assert {"Ctrl+F", "本程序从不连接网络。"} <= texts
