import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jinan_desk.documents.fonts import SUBSTITUTE, Fonts, Style, printable, unpacked
from jinan_desk.errors import DeskError
from tests.documents.conftest import SHIPPED
from tests.documents.samples import RARE_NAMES

GENERAL_STANDARD = (SHIPPED / "general_standard.txt").read_text(encoding="utf-8").replace("\n", "")


def test_the_list_of_standard_characters_is_whole():
    assert len(GENERAL_STANDARD) == len(set(GENERAL_STANDARD)) == 8105
    assert GENERAL_STANDARD[0] == "一"
    assert GENERAL_STANDARD[-1] == "蠼"


@pytest.mark.parametrize("style", list(Style))
def test_every_standard_character_and_every_rare_name_has_a_font(fonts: Fonts, style: Style):
    assert fonts.missing(GENERAL_STANDARD + "".join(RARE_NAMES), style) == []


@pytest.mark.parametrize("style", list(Style))
def test_what_forms_are_written_with_has_a_font(fonts: Fonts, style: Style):
    signs = "（）〔〕【】《》“”‘’、。，；：？！…—·～％℃×÷=≥≤±①②③㎡□√¥￥§№ⅠⅡⅢ" + "".join(map(chr, range(0x20, 0x7F)))
    assert fonts.missing(signs, style) == []


def test_extensions_a_to_f_are_covered(fonts: Fonts):
    blocks = ((0x3400, 0x4DB6), (0x20000, 0x2A6D7), (0x2A700, 0x2B735), (0x2B740, 0x2B81E), (0x2B820, 0x2CEA2), (0x2CEB0, 0x2EBE1))  # fmt: skip
    assert fonts.missing("".join(chr(code) for start, end in blocks for code in range(start, end)), Style.TABLE) == []


def test_a_rare_character_costs_no_other_its_typeface(fonts: Fonts):
    assert fonts.runs("王𬱖𠀁2020年", Style.LETTER) == [
        ("fangsong", "王"),
        ("song", "𬱖"),
        ("rare", "𠀁"),
        ("song", "2020"),
        ("fangsong", "年"),
    ]


def test_a_character_that_no_font_has_is_named_and_substituted(fonts: Fonts):
    assert fonts.missing("张\ue123三\U00030000张", Style.TITLE) == ["\ue123", "\U00030000"]
    assert fonts.shown("张\ue123三", Style.TITLE) == f"张{SUBSTITUTE}三"
    assert fonts.runs("张\ue123", Style.TABLE) == [("song", f"张{SUBSTITUTE}")]


def test_what_has_no_form_is_left_out_and_not_called_missing(fonts: Fonts):
    assert printable("邊\U000e0100\u200b界\ufe0f\u00a0\u3000x") == "邊界 \u3000x"
    assert fonts.missing("邊\U000e0100\u200b界\ufe0f\u00a0", Style.TABLE) == []


def test_a_font_is_unpacked_once_and_by_two_at_once(tmp_path: Path):
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda _: unpacked("hei", SHIPPED, tmp_path), range(4)))
    assert [*tmp_path.iterdir()] == [*paths]
    before = paths.pop().stat().st_mtime_ns
    assert unpacked("hei", SHIPPED, tmp_path).stat().st_mtime_ns == before


def test_plain_fonts_of_a_frozen_program_are_used_as_they_are(fonts: Fonts, tmp_path: Path):
    shutil.copy(fonts.file("hei"), tmp_path / "hei.ttf")
    assert Fonts(tmp_path, tmp_path / "cache").file("hei") == tmp_path / "hei.ttf"
    assert not (tmp_path / "cache").exists()


def test_the_office_may_put_its_own_font_first(fonts: Fonts):
    own = Fonts(SHIPPED, fonts.file("hei").parent, own={Style.LETTER: fonts.file("hei")})
    assert own.runs("王𠀁", Style.LETTER) == [("own-fangsong", "王"), ("rare", "𠀁")]


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(100), b"\0\1\0\0\0\1" + bytes(20)])
def test_an_own_font_that_is_none_is_one_sentence(tmp_path: Path, content: bytes):
    bad = tmp_path / "仿宋.ttf"
    bad.write_bytes(content)
    with pytest.raises(DeskError) as error:
        Fonts(SHIPPED, tmp_path, own={Style.LETTER: bad}).runs("王", Style.LETTER)
    assert str(bad) in error.value.read()


@pytest.mark.parametrize("damage", [lambda data: data[:-1000], lambda data: data[:99] + b"\xff" + data[100:]])
def test_a_damaged_font_is_one_sentence_and_leaves_nothing(tmp_path: Path, damage):
    shipped, cache = tmp_path / "shipped", tmp_path / "cache"
    shipped.mkdir()
    shutil.copy(SHIPPED / "fonts.toml", shipped)
    (shipped / "hei.woff2").write_bytes(damage((SHIPPED / "hei.woff2").read_bytes()))
    with pytest.raises(DeskError) as error:
        unpacked("hei", shipped, cache)
    assert "hei.woff2" in error.value.read()
    assert not cache.exists() or not [*cache.iterdir()]


def test_fonts_that_are_not_there_are_one_sentence(tmp_path: Path):
    with pytest.raises(DeskError):
        unpacked("song", tmp_path, tmp_path)
