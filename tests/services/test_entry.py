"""What a person types becomes facts; what is wrong is named and counts as unknown."""

from datetime import date

import pytest

from jinan_desk.core import determine
from jinan_desk.core.dated import SHIPPED
from jinan_desk.core.determination import Outcome, as_json
from jinan_desk.core.determine import Recent
from jinan_desk.core.field import Field, read_facts
from jinan_desk.core.kind import Count, Day
from jinan_desk.measures import programmes
from jinan_desk.services.demo import hires
from jinan_desk.services.entry import Entry, Line, answer, blank, of_case, order_of, read_texts
from jinan_desk.services.paste import cells, read_block

PROGRAMMES = {programme.code: programme for _, programme in programmes()}
REFUND = PROGRAMMES["06A"]
HIRING = PROGRAMMES["02B"]


def retyped(line: Line, column: int, text: str) -> Line:
    """The same row with another text in one place."""
    return Line([*line.texts[:column], text, *line.texts[column + 1 :]])


@pytest.mark.parametrize("code", PROGRAMMES)
def test_every_example_survives_being_shown_as_text_and_read_again(code):
    programme = PROGRAMMES[code]
    for example in programme.examples:
        entry = of_case(programme, example.on, example.facts)
        answered = answer(entry, SHIPPED)
        assert not answered.wrong
        assert answered.on == date.fromisoformat(example.on)
        again, wrong = read_facts(programme.shape, programme.row_shape, answered.facts)
        before, _ = read_facts(programme.shape, programme.row_shape, example.facts)
        assert not wrong
        assert dict(again.known) == dict(before.known)
        assert [dict(row.known) for row in again.rows or ()] == [dict(row.known) for row in before.rows or ()]


def test_nothing_typed_is_nothing_known():
    answered = answer(blank(REFUND, date(2020, 6, 10)), SHIPPED)
    assert answered.determination.outcome is Outcome.INCOMPLETE
    assert answered.facts == {}


def test_a_wrong_text_is_named_and_counts_as_unknown():
    entry = of_case(REFUND, "2020-06-10", REFUND.examples[0].facts)
    entry = Entry(REFUND, "2020-06-10", {**entry.texts, "dismissed": "九"})
    answered = answer(entry, SHIPPED)
    assert list(answered.wrong) == ["dismissed"]
    assert answered.determination.missing == ("dismissed",)


def test_an_unreadable_day_leaves_no_answer_but_names_the_rest():
    answered = answer(Entry(REFUND, "2020-02-30", {"dismissed": "-1"}), SHIPPED)
    assert answered.determination is None
    assert set(answered.wrong) == {"on", "dismissed"}
    assert set(answer(Entry(REFUND, "", {}), SHIPPED).wrong) == {"on"}


def test_what_does_not_go_together_is_named_in_its_row():
    fields = HIRING.row_shape.fields
    texts = {"name": "李文博", "contract_start": "2020-02-15", "contract_end": "2019-02-14"}
    line = Line([texts.get(field.key, "") for field in fields])
    answered = answer(Entry(HIRING, "2020-03-20", {}, (line,)), SHIPPED)
    assert set(answered.wrong) == {"roster[0].contract_end"}
    assert answered.determination.rows[0].outcome is Outcome.INCOMPLETE


def test_a_line_is_read_once_until_it_is_another():
    fields = HIRING.row_shape.fields
    line = Line([""] * len(fields))
    assert line.read(fields) is line.read(fields)
    assert line.blank
    assert retyped(line, 0, "李文博").read(fields)[0] == {"name": "李文博"}


def test_texts_as_people_write_them():
    fields = [field for field in HIRING.row_shape.fields if field.key in ("hired_on", "insured")]
    assert read_texts(fields, ("２０２０年２月３日", "是")) == ({"hired_on": "2020-02-03", "insured": True}, {})
    assert set(read_texts(fields, ("2020-13-01", "也许"))[1]) == {"hired_on", "insured"}


def test_a_block_with_quoted_cells_and_blank_lines():
    assert cells('甲\t"乙\n丙"\r\n\r\n\t\r\n丁\t') == [["甲", "乙\n丙"], ["丁", ""]]


def test_a_block_without_heads_begins_where_the_cursor_is():
    fields = HIRING.row_shape.fields
    pasted = read_block("2020/2/15\t2020/2/16\n", fields, column=2)
    assert pasted.lines == ({2: "2020/2/15", 3: "2020/2/16"},)
    assert not pasted.headed
    assert read_block("a\tb\n", fields, column=len(fields) - 1).lines == ({len(fields) - 1: "a"},)


def test_heads_are_known_by_label_whatever_the_order():
    fields = HIRING.row_shape.fields
    pasted = read_block(" 身份证号 *\t备注\t姓 名\n3701\tx\t李文博\n", fields, column=3)
    assert pasted.headed
    assert pasted.unknown == ("备注",)
    assert pasted.lines == ({1: "3701", 0: "李文博"},)
    assert read_block("", fields, column=0).lines == ()


def test_lines_are_ordered_by_value_then_what_cannot_be_read_then_blanks() -> None:
    fields = (Field("on", Day(), "日期"), Field("count", Count(), "人数"))
    lines = [Line(texts) for texts in (("2020/2/10", "9"), ("", "10"), ("不详", ""), ("2020-2-9", "10"))]
    assert order_of(lines, fields, 0) == [3, 0, 2, 1]
    assert order_of(lines, fields, 0, descending=True) == [0, 3, 2, 1]
    assert order_of(lines, fields, 1) == [0, 1, 3, 2]


def as_told(answered):
    return answered.facts, answered.wrong, as_json(answered.determination, 2)


def test_what_is_remembered_of_rows_makes_no_difference_to_the_answer() -> None:
    people = hires(1, 6)
    entry = of_case(HIRING, "2020-03-20", {"district": "370102", "roster": people})
    first, second, *rest = entry.lines
    recent = Recent()
    for lines in (
        entry.lines,
        (retyped(first, 2, "2020-02-01"), second, *rest),
        (retyped(first, 1, second.texts[1]), second, *rest),  # the same person twice
        (second, first, *rest),
        (retyped(first, 5, ""), second, *rest),
        (second, *rest),
        (),
        entry.lines,
    ):
        for texts, on in ((entry.texts, entry.on), ({"district": "商河县"}, "2020-03-20"), (entry.texts, "2020-01-03")):
            typed = Entry(HIRING, on, texts, tuple(lines))
            assert as_told(answer(typed, SHIPPED, recent)) == as_told(answer(typed, SHIPPED))


def test_a_row_that_is_as_it_was_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = of_case(HIRING, "2020-03-20", {"roster": hires(1, 6)})
    recent = Recent()
    answer(entry, SHIPPED, recent)
    judged = []
    monkeypatch.setattr(
        "jinan_desk.core.determine._row",
        lambda *given, real=determine._row: judged.append(given[1].path("name")) or real(*given),
    )
    lines = list(entry.lines)
    lines[3] = retyped(lines[3], 0, "王磊")
    answer(Entry(HIRING, entry.on, entry.texts, tuple(lines)), SHIPPED, recent)
    assert judged == ["roster[3].name"]
