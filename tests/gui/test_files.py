"""Where files are written and read: what a person is asked, and what a name becomes."""

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from jinan_desk.gui.files import PDF, WORKBOOK, ask_folder, ask_source, ask_target


@pytest.fixture
def typed(qapp, monkeypatch):
    """What a person types into one dialog after another; what stood there before is kept beside."""
    names, seen = [], []

    def answer(dialog):
        seen.append(dialog.selectedFiles()[0] if dialog.selectedFiles() else dialog.directory().absolutePath())
        if not names:
            return QDialog.DialogCode.Rejected
        dialog.selectFile(str(names.pop(0)))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", answer)
    yield names, seen
    qapp.setProperty("folder", None)


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize(
    ("name", "kinds", "named"),
    [
        ("台账.xlsx", [WORKBOOK], "台账.xlsx"),
        ("台账.XLSX", [WORKBOOK], "台账.XLSX"),
        ("台账", [WORKBOOK], "台账.xlsx"),
        ("台账.2020", [WORKBOOK], "台账.2020.xlsx"),
        ("台账.pdf", [WORKBOOK], "台账.pdf.xlsx"),
        ("查询单.xlsx", [PDF, WORKBOOK], "查询单.xlsx"),
        ("查询单", [PDF, WORKBOOK], "查询单.pdf"),
    ],
)
def test_a_name_gets_the_ending_of_its_kind(typed, parent, name, kinds, named):
    names, _ = typed
    names.append(name)
    chosen = ask_target(parent, "另存为", "x.xlsx", *kinds)
    assert chosen is not None
    assert chosen.name == named


def test_a_file_is_not_replaced_by_a_name_that_nobody_was_asked_about(typed, parent, tmp_path):
    names, seen = typed
    (tmp_path / "台账.xlsx").write_bytes(b"kept")
    names.append(tmp_path / "台账")
    assert ask_target(parent, "另存为", "x.xlsx", WORKBOOK) is None
    assert seen[-1] == str(tmp_path / "台账.xlsx")  # stands in the dialog, which asks before it is replaced


def test_one_begins_where_a_file_was_chosen_last(typed, parent, tmp_path):
    names, seen = typed
    names.append(tmp_path / "名单.xlsx")
    assert ask_source(parent, "选择名单", WORKBOOK) == tmp_path / "名单.xlsx"
    ask_target(parent, "另存为", "台账.xlsx", WORKBOOK)
    assert seen[-1] == str(tmp_path / "台账.xlsx")


@pytest.mark.usefixtures("typed")
def test_giving_up_chooses_nothing(parent):
    assert ask_folder(parent, "备份到哪个目录") is None
    assert ask_source(parent, "选择名单", WORKBOOK) is None
