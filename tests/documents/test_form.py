from pathlib import Path

import pytest

from jinan_desk import paths
from jinan_desk.documents.form import find_form, read_form
from jinan_desk.errors import DeskError

SHIPPED = sorted(paths.forms_directory().glob("*.toml"))
TITLE = 'title = "{document.title}"\n'


def refusal(folder: Path, content: str) -> str:
    path = folder / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DeskError) as error:
        read_form(path)
    return error.value.read()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_form_is_read(path: Path):
    assert read_form(path).blocks


def test_a_programmes_own_form_goes_before_the_generic_one(tmp_path: Path):
    for name in ("a/notice.toml", "b/notice-06A.toml", "b/notice.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    folders = (tmp_path / "a", tmp_path / "b")
    assert find_form("notice", "06A", folders) == tmp_path / "b/notice-06A.toml"
    assert find_form("notice", "02B", folders) == tmp_path / "a/notice.toml"


def test_a_form_that_is_not_there_is_one_sentence(tmp_path: Path):
    with pytest.raises(DeskError) as error:
        find_form("summary", "02B", [tmp_path])
    assert "summary" in error.value.read()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("title = ", ("mine",)),
        ("", ("mine", "block")),
        ("block = []", ("mine", "title")),
        (TITLE + "[[block]]\n", ("第1块", "kind")),
        (TITLE + '[[block]]\nkind = "picture"\n', ("第1块", "kind", "grid")),
        (TITLE + '[[block]]\nkind = "title"\n', ("第1块", "text")),
        (TITLE + '[[block]]\nkind = "title"\ntext = 5\n', ("第1块", "text", "文字")),
        (TITLE + '[[block]]\nkind = "title"\ntext = "甲"\ncolour = "red"\n', ("第1块", "colour")),
        (TITLE + '[[block]]\nkind = "text"\ntext = "甲"\nsize = "五"\n', ("size", "五号")),
        (TITLE + '[[block]]\nkind = "text"\ntext = "甲"\nindent = -1\n', ("indent",)),
        (TITLE + '[[block]]\nkind = "table"\nof = "roster"\nsums = "yes"\n', ("sums", "true")),
        (TITLE + '[[block]]\nkind = "table"\nof = "roster"\ncolumns = [1]\n', ("columns",)),
        (TITLE + '[[block]]\nkind = "grid"\ncolumns = [1, 0]\nrows = []\n', ("columns",)),
        (TITLE + '[[block]]\nkind = "grid"\ncolumns = [1, 2]\nrows = [["甲"]]\n', ("第1行", "2")),
        (TITLE + '[[block]]\nkind = "grid"\ncolumns = [1]\nrows = ["甲"]\n', ("rows",)),
        (TITLE + '[[block]]\nkind = "grid"\ncolumns = [1]\nrows = [[7]]\n', ("第1块",)),
        (TITLE + '[[block]]\nkind = "boxes"\nboxes = ["甲"]\n', ("boxes",)),
        (TITLE + 'orientation = "upside-down"\nblock = []\n', ("orientation", "auto")),
    ],
)
def test_what_is_wrong_with_a_form_is_said_in_one_sentence(tmp_path: Path, content: str, named: tuple[str, ...]):
    sentence = refusal(tmp_path, content)
    assert all(word in sentence for word in named), sentence


def test_cells_that_reach_down_are_counted_in_the_rows_below(tmp_path: Path):
    grid = '[[block]]\nkind = "grid"\ncolumns = [1, 1, 1]\nrows = [[{text = "甲", down = 2}, "乙", "丙"], %s]\n'
    assert "第2行" in refusal(tmp_path, TITLE + grid % '["丁", "戊", "己"]')
    assert "最后一行" in refusal(tmp_path, TITLE + grid.replace(", %s", ""))
    assert "第2行" in refusal(
        tmp_path, TITLE + grid.replace('"乙"', '{text = "乙", down = 2}') % '[{text = "丁", across = 2}]'
    )
    (tmp_path / "mine.toml").write_text(TITLE + grid % '["丁", "戊"], ["己", "庚", "辛"]', encoding="utf-8")
    assert read_form(tmp_path / "mine.toml").blocks


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('title = "甲"\ntitle = "乙"\n[[block]]\n', "第 2 行第 12 格：同一项写了两次"),
        ('[[block]]\nkind = "text"\n[block]\n', "第 3 行第 7 格：同一项写了两次"),
        ('title = "甲\n', "第 1 行第 11 格：引号没有写全"),
        ('title "甲"\n', "第 1 行第 7 格：名称后面要有等号"),
        ("[[block\n", "第 1 行第 8 格：方括号没有写全"),
        ("title = 甲\n", "第 1 行第 9 格：等号后面应写"),
        ('title = "甲" size = "五号"\n', "第 1 行第 13 格：一行只能写一项"),
        ('title = "甲\\丙"\n', "有不能这样写的字符"),
        ("block = [1,\n", "文件末尾："),
    ],
)
def test_broken_toml_is_said_in_words(tmp_path: Path, content: str, said: str):
    sentence = refusal(tmp_path, content)
    assert said in sentence
    assert "mine.toml" in sentence
    assert not any("a" <= letter <= "z" for letter in sentence.replace("mine.toml", "").replace("true 或 false", ""))


def test_a_file_in_another_encoding_is_said_in_words(tmp_path: Path):
    (tmp_path / "mine.toml").write_bytes('title = "表"'.encode("gb18030"))
    with pytest.raises(DeskError) as error:
        read_form(tmp_path / "mine.toml")
    assert "UTF-8" in error.value.read()
