"""What every article must fulfil, whatever it grants. A new module is held to all of this without a new test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jinan_desk.measures
from jinan_desk.core.basis import Basis, Mark
from jinan_desk.core.dated import Parameter
from jinan_desk.core.determination import Outcome, as_json
from jinan_desk.core.field import ROSTER, Facts, Shape
from jinan_desk.core.kind import Flag, IdNumber
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.money import yuan
from jinan_desk.i18n import translator
from jinan_desk.measures import all_measures, all_parameters, programmes
from jinan_desk.measures.local import LOCAL_PARAMETERS
from jinan_desk.paths import translations_directory
from jinan_desk.resources import articles
from tests.measures.asking import COMPUTING, PEOPLE, answer, ask, cases, declared_texts, paths, read, without

ARTICLE = {programme.code: measure.article for measure, programme in programmes()}
ALL = [programme for _, programme in programmes()]
every_programme = pytest.mark.parametrize("programme", ALL, ids=lambda programme: programme.code)
computing = pytest.mark.parametrize("programme", COMPUTING, ids=lambda programme: programme.code)
bounded = settings(max_examples=40)


# What is declared ---------------------------------------------------------------------------------------------------


def test_every_module_is_found_and_holds_its_own_article():
    names = sorted(path.stem for path in Path(jinan_desk.measures.__path__[0]).glob("m[0-9][0-9]_*.py"))
    assert [int(name[1:3]) for name in names] == [measure.article for measure in all_measures()]
    assert all(code[:2] == f"{article:02}" for code, article in ARTICLE.items())
    assert len(ARTICLE) == len(ALL)


def test_a_key_means_one_parameter():
    for programme in ALL:
        for parameter in programme.parameters:
            assert all_parameters()[parameter.key] is parameter


@pytest.mark.parametrize("parameter", all_parameters().values(), ids=lambda parameter: parameter.key)
def test_declared_values_are_in_order_and_survive_writing(parameter):
    days = [dated.since for dated in parameter.values]
    assert days == sorted(set(days))
    assert parameter.label
    for dated in parameter.values:
        assert parameter.kind.read(parameter.kind.write(dated.value)) == dated.value
        assert dated.basis.source
        assert dated.basis.mark is not Mark.UNKNOWN


@every_programme
def test_every_field_is_labelled_and_explained(programme: Programme):
    shapes = [programme.shape, *([programme.roster.shape] if programme.roster else [])]
    keys = [field.key for shape in shapes for field in shape.fields]
    own = {field.key for field in programme.facts}
    for shape in shapes:
        for field in shape.fields:
            assert field.label, field.key
            assert field.help, field.key
            assert not hasattr(Facts, field.key), f"{field.key} hides what facts can do"
    for shape in shapes:
        assert len({field.key for field in shape.fields}) == len(shape.fields)
    assert all(keys.count(key) == 1 for key in own), "a row's fact has a key of the case's own"


@every_programme
def test_every_quote_stands_in_the_article(programme: Programme):
    checks = (*programme.checks, *(programme.roster.checks if programme.roster else ()))
    for basis in (*programme.basis, *(check.basis for check in checks)):
        assert_quoted(basis, {ARTICLE[programme.code]})


@pytest.mark.parametrize("parameter", all_parameters().values(), ids=lambda parameter: parameter.key)
def test_every_parameter_quotes_an_article_that_reckons_with_it(parameter: Parameter):
    """Local parameters stand under no article of their own: they quote any."""
    using = {ARTICLE[programme.code] for programme in ALL if parameter in programme.parameters}
    for dated in parameter.values:
        assert_quoted(dated.basis, set(ARTICLE.values()) if parameter in LOCAL_PARAMETERS else using)


def assert_quoted(basis: Basis, of: set[int]) -> None:
    texts = ["\n".join(article.text) for article in articles() if article.number in of]
    assert basis.source
    assert any(basis.quote in text for text in texts), basis.quote
    assert basis.quote or basis.mark is not Mark.CIRCULAR


@computing
def test_every_programme_says_what_it_asks_for_and_pays_from(programme: Programme):
    assert programme.form_name
    assert programme.documents
    assert programme.formula or not programme.has_amount
    if programme.route is Route.APPROVE:
        assert programme.fund or ARTICLE[programme.code] == 15, "only article 15 names no fund"


@every_programme
def test_every_text_has_its_english(programme: Programme):
    if not (translations_directory() / "en.po").is_file():
        pytest.skip("no English catalogue in this checkout")
    english = translator("en", translations_directory())
    assert {text for text in declared_texts(programme) if english(text) == text} == set()


# What examples come to ----------------------------------------------------------------------------------------------

EXAMPLES = [(programme, example) for programme in ALL for example in programme.examples]


@pytest.mark.parametrize(("programme", "example"), EXAMPLES, ids=[f"{p.code}-{e.note}" for p, e in EXAMPLES])
def test_every_example_comes_out_as_it_says(programme, example):
    assert read(programme, example.facts)[1] == {}
    determination = ask(programme, example.facts, example.on, example.parameters)
    amount = None if determination.amount is None else yuan(determination.amount)
    assert (determination.outcome.value, amount) == (example.outcome, example.amount)


@computing
def test_examples_show_each_outcome(programme: Programme):
    outcomes = {example.outcome for example in programme.examples}
    assert outcomes == {"eligible", "ineligible", "incomplete"}
    assert len(programme.examples) >= 3


DECIDE_NO_CHECK = {("09A", "is_enterprise"), ("12A", "not_stably_employed"), ("12B", "not_stably_employed")}


@computing
def test_every_yes_or_no_refuses_by_itself(programme: Programme):
    """The other answer than in an eligible example fails one check, and no more."""
    example = next(example for example in programme.examples if example.outcome == "eligible")
    row = (example.facts.get(ROSTER) or ({},))[0]
    for shape, known in ((programme.shape, example.facts), (programme.row_shape or Shape(()), row)):
        for field in shape.fields:
            if not isinstance(field.kind, Flag) or (programme.code, field.key) in DECIDE_NO_CHECK:
                continue
            other = {**known, field.key: not known[field.key]}
            facts = other if shape is programme.shape else {**example.facts, ROSTER: [other]}
            answered = ask(programme, facts, example.on, example.parameters)
            judged = answered if shape is programme.shape else answered.rows[0]
            assert judged.outcome is Outcome.INELIGIBLE, field.key
            assert len(list(judged.failed())) == 1, field.key


@computing
def test_facts_survive_writing(programme: Programme):
    for example in programme.examples:
        facts, _ = read(programme, example.facts)
        written = write(programme.shape, facts)
        if facts.rows is not None and programme.row_shape is not None:
            written[ROSTER] = [write(programme.row_shape, row) for row in facts.rows]
        again, wrong = read(programme, written)
        assert not wrong
        assert again.known == facts.known
        assert [row.known for row in again.rows or ()] == [row.known for row in facts.rows or ()]


def write(shape: Shape, facts: Facts) -> dict[str, Any]:
    return {field.key: field.kind.write(facts.known[field.key]) for field in shape.fields if field.key in facts.known}


# What any case comes to ---------------------------------------------------------------------------------------------


@computing
@given(data=st.data())
@bounded
def test_any_case_has_an_answer_in_words(data: st.DataObject, programme: Programme):
    facts, on, parameters = data.draw(cases(programme))
    determination = ask(programme, facts, on, parameters)
    answered = as_json(determination, ARTICLE[programme.code])
    assert answered == as_json(ask(programme, facts, on, parameters), ARTICLE[programme.code]), "the same case, another answer"
    check_amounts(programme, determination)
    for judged in (determination, *determination.rows):
        assert (judged.outcome is Outcome.INCOMPLETE) == bool(judged.missing)
        assert len(set(judged.missing)) == len(judged.missing)
        for result in judged.checks:
            assert result.reason.read()
    assert {parameter.key for parameter, _ in determination.used} <= {p.key for p in programme.parameters}
    for key in determination.missing:
        assert key.startswith(("parameter:", f"{ROSTER}[")) or key in (ROSTER, *programme.fields)


def check_amounts(programme: Programme, determination: Any) -> None:
    for judged in (determination, *determination.rows):
        if judged.outcome is Outcome.INCOMPLETE or not programme.has_amount:
            assert judged.amount is None
        elif judged.outcome is Outcome.INELIGIBLE:
            assert judged.amount == 0
        else:
            assert judged.amount >= 0


@computing
@given(data=st.data())
@bounded
def test_what_is_decided_with_facts_unknown_stays_so(data: st.DataObject, programme: Programme):
    facts, on, parameters = data.draw(cases(programme))
    full = ask(programme, facts, on, parameters)
    dropped = data.draw(st.sets(st.sampled_from(sorted(paths(facts))), max_size=3)) if facts else set()
    for path in dropped:
        if not is_unknown_when_absent(programme, path):
            return
    less = ask(programme, without(facts, dropped), on, parameters)
    if less.outcome is not Outcome.INCOMPLETE and full.outcome is not Outcome.INCOMPLETE:
        assert (less.outcome, less.amount) == (full.outcome, full.amount)
    for row, whole in zip(less.rows, full.rows, strict=True):
        if Outcome.INCOMPLETE not in (row.outcome, whole.outcome):
            assert (row.outcome, row.amount) == (whole.outcome, whole.amount)


def is_unknown_when_absent(programme: Programme, path: str) -> bool:
    """Not a fact that counts as nothing where it is left out, nor a size that the figures may tell otherwise.

    An ID number that is dropped may have been the earlier of two.
    """
    shape = programme.row_shape if path.startswith(ROSTER) and programme.row_shape else programme.shape
    field = next(field for field in shape.fields if field.key == path.rpartition(".")[2])
    optional = field.default is not None or not field.required
    return not optional and field.key != "size_class" and not (path != field.key and isinstance(field.kind, IdNumber))


@computing
@given(data=st.data())
@bounded
def test_another_eligible_row_never_lowers_the_amount(data: st.DataObject, programme: Programme):
    roster = programme.roster
    if roster is None:
        return
    facts, on, parameters = data.draw(cases(programme))
    before = ask(programme, facts, on, parameters)
    rows = [row for example in programme.examples for row in example.facts.get(ROSTER) or ()]
    another = {**data.draw(st.sampled_from(rows))}
    if roster.of_people:
        another["id_number"] = data.draw(st.sampled_from(PEOPLE))
    after = ask(programme, {**facts, ROSTER: [*(facts.get(ROSTER) or ()), another]}, on, parameters)
    assert [answer_of(row) for row in after.rows[:-1]] == [answer_of(row) for row in before.rows]
    if before.outcome is Outcome.ELIGIBLE and after.rows[-1].outcome is Outcome.ELIGIBLE:
        assert after.outcome is Outcome.ELIGIBLE
        assert after.amount >= before.amount


def answer_of(row: Any) -> tuple[Any, Any]:
    return row.outcome, row.amount


CAPS = {"02A": "labour_grant_cap", "17A": "rent_cap", "18A": "small_firm_loan_cap", "18B": "loan_partners_cap"}


@pytest.mark.parametrize("code", CAPS)
@given(data=st.data())
@bounded
def test_no_amount_is_above_its_cap(data: st.DataObject, code: str):
    programme = next(programme for programme in ALL if programme.code == code)
    cap = all_parameters()[CAPS[code]].values[0].value
    facts, on, _ = data.draw(cases(programme))
    own = {"level": "municipal"} if code == "17A" else {}  # districts set their own
    determination = ask(programme, {**facts, **own}, on)
    assert (determination.amount or 0) <= cap


@computing
def test_a_case_of_which_nothing_is_known_is_incomplete(programme: Programme):
    determination = ask(programme, {}, "2020-06-15")
    assert answer(determination)[:2] == (Outcome.INCOMPLETE, None)
    assert determination.missing
