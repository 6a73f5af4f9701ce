"""Whoever is in a case is found by any piece of the name, and by either end of a number."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinan_desk.core.identity import compact
from jinan_desk.resources import initials
from jinan_desk.store import CaseFilter, Store
from tests.store.records import Maker, firm, person, roster

Opener = Callable[[str], Store]
RARE = ("王𬱖", "李𠅤𪩘", "张䶮", "欧阳𠮷", "𬀩𫖯𨱏")


def found(store: Store, text: str) -> set[str]:
    rows = store.cases(CaseFilter(text=text))
    assert store.count(CaseFilter(text=text)) == len(rows)
    return {row.case for row in rows}


@pytest.fixture
def filled(store: Store, maker: Maker) -> Store:
    key, contents = roster(
        ("张伟", "370102199001011234"), ("欧阳娜", "370103198512254321"), ("王𬱖", "37010519880312211X"), ("", "")
    )
    store.append(
        [
            maker.revision("firm", facts=firm("济南泉润防护用品有限公司", "91370112MA30120116"), roster=key),
            maker.revision("other", facts=firm("山东ABC科技（集团）有限公司", "91370104MA3015044M"),
                           number="济历下人社受〔2020〕02B-0017号"),
            maker.revision("person", facts=person("李文博", "370112198803122118")),
        ],
        contents,
    )
    return store


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("泉", {"firm"}),
        ("泉润", {"firm"}),
        ("南泉润防", {"firm"}),
        ("有限公司", {"firm", "other"}),
        ("伟", {"firm"}),
        ("张伟", {"firm"}),
        ("阳娜", {"firm"}),
        ("文", {"person"}),
        ("李文博", {"person"}),
        ("abc", {"other"}),
        ("ＡＢＣ科", {"other"}),
        ("(集团)", {"other"}),
        ("张 伟", {"firm"}),
        ("伟欧", set()),
        ("博司", set()),
        ("赵", set()),
    ],
)
def test_a_piece_of_a_name_finds_its_case(filled: Store, text: str, cases: set[str]) -> None:
    """One and two characters included; no piece reaches from one name into the next."""
    assert found(filled, text) == cases


def test_no_piece_reaches_from_one_name_into_the_next(store: Store, maker: Maker) -> None:
    key, contents = roster(("赵一", ""), ("钱二", ""))
    store.append([maker.revision("c1", roster=key)], contents)
    assert found(store, "一钱") == set()
    assert found(store, "钱二") == {"c1"}


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("zw", {"firm"}),
        ("ZW", {"firm"}),
        ("oyn", {"firm"}),
        ("yn", {"firm"}),
        ("jnqr", {"firm"}),
        ("qrfhyp", {"firm"}),
        ("yxgs", {"firm", "other"}),
        ("sdabckj", {"other"}),
        ("kjjt", {"other"}),
        ("jtyx", {"other"}),
        ("lwb", {"person"}),
        ("zwo", set()),
        ("wb l", set()),
        ("z", set()),
        ("12", set()),
    ],
)
def test_initials_of_a_piece_of_a_name_find_its_case(filled: Store, text: str, cases: set[str]) -> None:
    """From two letters on; brackets do not count; no piece reaches from one name into the next."""
    assert found(filled, text) == cases


@pytest.mark.parametrize(("name", "letters"), [("单雄信", "sxx"), ("仇士良", "qsl"), ("区大海", "odh"), ("万俟卨", "mq"), ("张䶮", "zy")])
def test_every_reading_of_a_name_finds_it(store: Store, maker: Maker, name: str, letters: str) -> None:
    store.append([maker.revision("c1", facts=person(name, "")), maker.revision("c2", facts=person("王五", ""))], {})
    assert found(store, letters) == {"c1"}


_SYLLABLES = "单曾解查区长行重会厦济南历泉张伟娜文博AB12（）"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.text(_SYLLABLES, min_size=1, max_size=7), min_size=1, max_size=5),
    text=st.text(_SYLLABLES + "abcdhjlnsxz", min_size=1, max_size=3),
)
def test_the_index_finds_what_a_scan_of_all_names_finds(open_in: Opener, names: list[str], text: str) -> None:
    store = open_in(uuid.uuid4().hex)
    maker = Maker(incarnation=store.incarnation)
    store.append([maker.revision(str(place), facts=person(name, "")) for place, name in enumerate(names)], {})
    assert found(store, text) == {str(place) for place, name in enumerate(names) if named(name, text)}


def named(name: str, text: str) -> bool:
    """Whether a scan finds the text in the name, or read with the text's letters some piece of it."""
    name, text = compact(name).casefold(), compact(text).casefold()
    read = [{*initials().get(sign, ""), *(sign if sign.isascii() and sign.isalnum() else "")} for sign in name]
    letters = [some for some in read if some]
    pieces = (letters[place : place + len(text)] for place in range(len(letters) - len(text) + 1))
    spelt = len(text) > 1 and text.isascii() and text.isalnum() and not text.isdecimal()
    return text in name or (spelt and any(all(map(set.__contains__, piece, text)) for piece in pieces))


@pytest.mark.parametrize("name", RARE)
def test_rare_characters_are_found_one_by_one(store: Store, maker: Maker, name: str) -> None:
    key, contents = roster((name, ""))
    store.append([maker.revision("c1", facts=person(name, "")), maker.revision("c2", roster=key)], contents)
    store.append([maker.revision("c3", facts=person("王李张欧阳", ""))], {})
    for piece in (name, *name):
        assert {"c1", "c2"} <= found(store, piece)
    assert found(store, name) == {"c1", "c2"}


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("370102199001011234", {"firm"}),
        ("１２３４", {"firm"}),
        ("1234", {"firm"}),
        ("211X", {"firm"}),
        ("211x", {"firm"}),
        ("370112198803122118", {"person"}),
        ("2118", {"person"}),
        ("370112", {"person"}),
        ("91370104MA3015044M", {"other"}),
        ("044m", {"other"}),
        ("02B-0017", {"other"}),
        ("0017", {"other"}),
        ("〔2020〕02B-0017号", {"other"}),
        ("济历下人社受〔2020〕02B-0017号", {"other"}),
        ("9900101", set()),
        ("0018", set()),
    ],
)
def test_either_end_of_a_number_finds_its_case(filled: Store, text: str, cases: set[str]) -> None:
    assert found(filled, text) == cases


@pytest.mark.parametrize("text", ['"', "*", "泉*", "a OR b", "张 NEAR 伟", "tokens:5f20", "-", "~", "'", "%", "^泉", "()"])
def test_signs_of_the_search_language_are_only_signs(filled: Store, text: str) -> None:
    assert found(filled, text) == set()


def test_blank_text_wants_everything(filled: Store) -> None:
    assert found(filled, " \u3000\u200b") == {"firm", "other", "person"}


def test_whoever_left_the_roster_is_not_found_any_more(store: Store, maker: Maker) -> None:
    before, after = roster(("张伟", "370102199001011234")), roster(("欧阳娜", "370103198512254321"))
    first = maker.revision("c1", roster=before[0], facts=firm("济南泉润防护用品有限公司"))
    store.append([first], before[1])
    store.append([maker.revision("c1", [first], roster=after[0], facts=firm("济南历泉机械制造有限公司"))], after[1])
    for gone in ("张伟", "370102199001011234", "泉润"):
        assert found(store, gone) == set()
    for there in ("欧阳", "4321", "历泉"):
        assert found(store, there) == {"c1"}
    assert store.check() == []


def test_a_roster_that_was_taken_away_is_gone(store: Store, maker: Maker) -> None:
    key, contents = roster(("张伟", ""))
    first = maker.revision("c1", roster=key)
    store.append([first], contents)
    store.append([maker.revision("c1", [first])], {})
    assert found(store, "张伟") == set()
    assert store.check() == []


def test_an_unchanged_roster_is_not_read_again(store: Store, maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    key, contents = roster(("张伟", ""))
    first = maker.revision("c1", roster=key)
    store.append([first], contents)

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("jinan_desk.store.derived.read_content", fail)
    store.append([maker.revision("c1", [first], roster=key, stage="received")], {})
    assert found(store, "张伟") == {"c1"}
