"""Identity numbers and accounts are masked where nobody works on them, and stay what they are."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.table import Changed
from jinan_desk.gui.correction_model import CorrectionModel
from jinan_desk.gui.drafts_bar import DraftsDialog
from jinan_desk.gui.pages import PAGES
from jinan_desk.gui.words import Words
from jinan_desk.services.corrections import Offer
from tests.gui.english import texts
from tests.services.test_parties import LI, WANG


def open_case(hall, programme, **facts):
    cases = hall.sitting.context.desk.cases
    case = hall.sitting.store.wait(lambda: cases.enter(programme, date(2020, 3, 1), facts)).row.case
    hall.window.open_case(case)
    hall.settle()
    return hall.desk.editor


def test_numbers_of_a_stored_case_are_masked_until_somebody_asks(hall):
    number, account = LI["id_number"], "6230000370000063352"
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=number, bank_account=account)
    control, other = (editor.form.box(key).control for key in ("id_number", "bank_account"))
    assert (control.text(), other.text()) == ("370112**********18", "623000***********52")
    control.setFocus()
    assert control.text() == "370112**********18"
    hall.press(Qt.Key.Key_Return)
    assert editor.draft.text("id_number") == number
    control._eye.trigger()
    hall.settle()
    assert (control.text(), other.text()) == (number, account)
    editor.draft.veil.cover()  # as it does by itself after a while
    assert control.text() == "370112**********18"
    view = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(editor.case))
    assert (view.facts["id_number"], view.facts["bank_account"]) == (number, account)


def test_a_key_that_changes_a_masked_number_shows_it_first_and_saving_masks_it_again(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.press(Qt.Key.Key_Backspace)
    hall.settle()
    assert control.text() == LI["id_number"][:-1]
    hall.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hall.keys(WANG["id_number"])
    editor.form.box("applicant_name").control.setFocus()
    assert editor.draft.text("id_number") == WANG["id_number"]
    editor.saving.save()
    hall.settle()
    assert control.text() == "370102**********28"


def test_a_whole_selection_of_a_masked_number_is_typed_over(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hall.keys(WANG["id_number"])  # faster than anything can be noted, as a reader of cards does
    hall.settle()
    assert editor.draft.text("id_number") == WANG["id_number"]
    assert control.text() == WANG["id_number"]


def test_a_number_that_is_typed_into_an_empty_field_of_a_stored_case_is_seen(hall):
    editor = open_case(hall, "24A", applicant_name="李文博")
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.keys(LI["id_number"])
    hall.settle()
    assert control.text() == LI["id_number"]


def test_a_number_that_is_typed_at_once_into_an_empty_field_of_a_stored_case_is_kept_whole(hall):
    """The guard: what is typed where nothing was waits for nothing. Without it the first figure would be masked, and
    the others lost with the field."""
    editor = open_case(hall, "24A", applicant_name="李文博")
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.fill(LI["id_number"])
    assert editor.draft.text("id_number") == LI["id_number"]
    assert control.text() == "370112**********18"


def test_what_is_typed_for_the_first_time_is_not_masked(hall):
    desk = hall.choose(24)
    desk.start()
    hall.settle()
    control = desk.editor.form.box("id_number").control
    control.setFocus()
    hall.fill(LI["id_number"])
    assert control.text() == LI["id_number"]


def test_numbers_in_a_roster_are_masked_and_copied_whole_only_when_they_are_shown(hall):
    editor = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=[LI, WANG])
    model, grid = editor.roster.model, editor.roster.grid
    column = 1 + [field.key for field in model.fields].index("id_number")

    def shown():
        return [model.index(row, column).data() for row in range(2)]

    assert shown() == ["370112**********18", "370102**********28"]
    editor.go_to("roster[1].id_number")
    assert shown() == ["370112**********18", "370102**********28"]
    lifted = []
    editor.draft.veil.wanted.connect(lambda: lifted.append(1))
    grid.selectColumn(column)
    grid.copy()
    hall.settle()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [LI["id_number"], WANG["id_number"]]
    assert shown() == [LI["id_number"], WANG["id_number"]]
    assert lifted == [1]
    grid.copy()
    assert lifted == [1]
    editor.draft.set_text("applicant_name", "济南历泉机械制造集团有限公司")
    editor.saving.save()
    hall.settle()
    assert shown()[1] == "370102**********28"


def test_a_masked_cell_is_shown_when_it_is_typed_into(hall):
    editor = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=[LI, WANG])
    editor.go_to("roster[1].id_number")
    hall.press(Qt.Key.Key_F2)
    hall.settle()
    assert not editor.draft.veil.hidden
    assert hall.focus.text() == WANG["id_number"]
    hall.press(Qt.Key.Key_Escape)


def test_looking_at_whole_numbers_is_noted_under_the_case(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    editor.form.box("id_number").control._eye.trigger()
    hall.settle()
    access = hall.sitting.context.desk.access
    (line,) = hall.sitting.store.wait(access.page)
    assert (line.action, line.subject) == ("unmask", editor.case)


def noted(hall):
    access = hall.sitting.context.desk.access
    return [line.action for line in hall.sitting.store.wait(access.page)]


def refuse_notes(hall, monkeypatch):
    """A disk that takes no line of the access log."""

    def refuse(*given):  # noqa: ARG001
        raise DeskError(Sentence("磁盘已满"))

    monkeypatch.setattr(hall.sitting.context.desk.access, "note", refuse)


def test_no_whole_number_is_seen_or_taken_that_could_not_be_noted(hall, monkeypatch):
    """The guard: the note is kept before the number is shown, typed into, copied or cut."""
    people = [LI, WANG]
    editor = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=people)
    model, grid = editor.roster.model, editor.roster.grid
    column = 1 + [field.key for field in model.fields].index("id_number")
    refuse_notes(hall, monkeypatch)
    QGuiApplication.clipboard().setText("之前")
    editor.go_to("roster[1].id_number")
    asks = (
        editor.roster._eye.click, grid.copy, grid.cut, lambda: grid.edit(grid.currentIndex()),
        lambda: hall.press(Qt.Key.Key_3),
    )  # fmt: skip
    for ask in asks:
        ask()
        hall.settle()
        assert "磁盘已满" in hall.window.status.text
        hall.sitting.context.tell("")
        assert editor.draft.veil.hidden
        assert [model.index(row, column).data() for row in range(2)] == ["370112**********18", "370102**********28"]
        assert QGuiApplication.clipboard().text() == "之前"
    assert [line.texts[column - 1] for line in editor.draft.lines[:2]] == [one["id_number"] for one in people]
    assert noted(hall) == []


def test_a_masked_field_takes_no_key_that_could_not_be_noted(hall, monkeypatch):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    control = editor.form.box("id_number").control
    with monkeypatch.context() as full:
        refuse_notes(hall, full)
        control.setFocus()
        for ask in (lambda: hall.press(Qt.Key.Key_Backspace), lambda: hall.keys("12"), control._eye.trigger):
            ask()
            hall.settle()
            assert control.text() == "370112**********18"
            assert editor.draft.text("id_number") == LI["id_number"]
    hall.press(Qt.Key.Key_Backspace)
    hall.settle()
    assert control.text() == LI["id_number"][:-1]
    assert noted(hall) == ["unmask"]


def test_a_key_in_a_masked_cell_opens_it_and_those_that_follow_at_once_are_typed_too(hall):
    editor = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=[LI, WANG])
    editor.go_to("roster[1].id_number")
    grid = hall.focus
    for key in (Qt.Key.Key_3, Qt.Key.Key_7, Qt.Key.Key_0):
        QTest.keyClick(grid, key)
    hall.settle()
    assert hall.focus.text() == "370"
    hall.press(Qt.Key.Key_Escape)


def test_another_case_does_not_show_its_numbers_because_the_one_before_was_asked_for(hall):
    """The guard: the note says whose numbers are shown."""
    first = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"]).case
    editor = open_case(hall, "24A", applicant_name="王秀兰", id_number=WANG["id_number"])
    editor.draft.veil.lift()
    editor.open(first)
    hall.settle()
    assert editor.case == first
    assert editor.draft.veil.hidden


def test_nothing_that_is_shown_read_aloud_or_pointed_at_holds_a_whole_number(hall):
    """The guards: masked in fields, cells, lists, histories, drafts, tips and names for screen readers."""
    wanted = {LI["id_number"], WANG["id_number"], "6230000370000063352"}
    roster = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=[LI, WANG])
    changed = [{**LI, "id_number": WANG["id_number"]}, {**WANG, "id_number": LI["id_number"]}]
    cases = hall.sitting.context.desk.cases
    unit = {"applicant_name": "济南历泉机械制造有限公司", "roster": changed}
    hall.sitting.store.wait(lambda: cases.change(roster.case, date(2020, 3, 1), unit))
    fields = {"applicant_name": "李文博", "id_number": LI["id_number"], "bank_account": "6230000370000063352"}
    person = open_case(hall, "24A", **fields).case
    hall.sitting.store.wait(lambda: cases.change(person, date(2020, 3, 1), {**fields, "id_number": WANG["id_number"]}))
    seen = set()
    for place in (person, roster.case):
        hall.window.open_case(place)
        hall.settle()
        hall.desk.editor.go_to("roster[0].id_number")
        hall.settle()
        seen |= whole_numbers(hall, wanted)
    for page in PAGES:
        hall.window.show_page(page.key)
        hall.settle()
        seen |= whole_numbers(hall, wanted)
    assert seen == set()
    hall.window.open_case(person)
    hall.settle()
    hall.desk.editor.draft.veil.lift()
    hall.settle()
    assert "6230000370000063352" in whole_numbers(hall, wanted)


def whole_numbers(hall, wanted):
    said = [text.replace(" ", "") for _, text in texts(hall.window)]
    return {number for number in wanted if any(number in text for text in said)}


def test_what_a_number_tells_of_a_person_is_hidden_with_it(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    box = editor.form.box("id_number")
    assert box.told == ""
    editor.draft.veil.lift()
    hall.settle()
    assert "1988" in box.told


def test_the_history_and_the_drafts_of_a_case_name_its_people_without_their_numbers(hall):
    fields = {"applicant_name": "李文博", "id_number": LI["id_number"], "bank_account": "6230000370000063352"}
    cases = hall.sitting.context.desk.cases
    editor = open_case(hall, "24A", **fields)
    changed = {**fields, "id_number": WANG["id_number"], "bank_account": "6230000370000063360"}
    hall.sitting.store.wait(lambda: cases.change(editor.case, date(2020, 3, 1), changed))
    hall.desk.show_history()
    hall.desk._reread_history()
    hall.settle()
    told = [text for _, text in texts(hall.desk.history)]
    assert any("**********18 → " in text for text in told)
    assert not any(number in text for text in told for number in (*fields.values(), *changed.values()) if number[0].isdigit())
    hall.desk.start()
    hall.settle()
    for key, text in fields.items():
        editor.draft.set_text(key, text)
    editor.keeper.set_aside(editor.draft.stack.setClean)
    hall.settle()
    hall.window.drafts.look.click()
    hall.settle()
    dialog = hall.window.findChild(DraftsDialog)
    assert dialog.table.model().index(0, 1).data() == "李文博 370112**********18"
    dialog.close()


def test_cells_that_were_changed_by_hand_are_offered_without_the_numbers_of_people(qapp):
    assert qapp
    model = CorrectionModel(Words())
    changed = Changed("24A", "C3", was=LI["id_number"], now=WANG["id_number"])
    model.show_offers([Offer(changed, private=True), Offer(changed, private=False)])
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        shown = [model.index(0, column).data(role) for column in range(4)]
        assert shown[1:3] == ["370112**********18", "370102**********28"]
    assert model.index(1, 1).data() == LI["id_number"]
