"""One command makes pictures in both languages, light and dark, at both sizes; each in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from jinan_desk import app
from jinan_desk.gui import picture
from jinan_desk.gui.look import DARK, LIGHT, Look, dress
from jinan_desk.services import demo

WAYS = {"every": True, "dark": False, "translate": str, "language": "zh_CN", "size": (1366, 768)}


@pytest.fixture
def taken(monkeypatch):
    """The folder, language and colours of each set that is taken."""
    sets = []

    def take(open_desk, folder, *, language, colours, scale, **others):
        assert callable(open_desk)
        assert others["size"] == (1366, 768)
        sets.append((folder.parent.name, language, "light" if colours is LIGHT else "dark", scale))
        return [folder / "page.png"]

    monkeypatch.setattr(picture, "take", take)
    monkeypatch.setattr(demo, "show", lambda *arguments: iter(()))
    return sets


def test_every_language_and_colour_has_a_folder(taken, tmp_path):
    assert app.take_pictures(tmp_path, scale=1.5, **WAYS) == 4
    assert taken == [
        ("zh_CN-light-150%", "zh_CN", "light", 1.5), ("zh_CN-dark-150%", "zh_CN", "dark", 1.5),
        ("en-light-150%", "en", "light", 1.5), ("en-dark-150%", "en", "dark", 1.5),
    ]  # fmt: skip


def test_each_size_is_taken_by_a_process_of_its_own(monkeypatch, tmp_path):
    begun = []
    monkeypatch.setattr(app, "_begin_anew", lambda *arguments: begun.append(arguments))
    (tmp_path / "a.png").touch()
    assert app.take_pictures(tmp_path, scale=None, **WAYS) == 1
    assert begun == [
        ("pictures", str(tmp_path), "--all", "--scale", scale, "--size", "1366", "768") for scale in ("1.0", "1.5")
    ]


def test_a_picture_is_taken_of_the_dialog_that_stands_in_front_and_it_is_closed(qapp, office, monkeypatch, tmp_path):
    opened = []

    def two(window, _context, _cases):
        def open_dialog():
            dialog = QDialog(window)
            dialog.resize(300, 200)
            dialog.open()
            opened.append(dialog)

        yield "page", lambda: window.show_page("reports")
        yield "dialog", open_dialog

    monkeypatch.setattr(picture, "sights", two)
    paths = picture.take(
        lambda: app.open_desk(office, "苏敏"), tmp_path, font_file=app.font_file, report=lambda error: Path(), colours=DARK
    )
    dress(qapp, Look(LIGHT))
    assert [path.name for path in paths] == ["page.png", "dialog.png"]
    assert all(path.stat().st_size > 100 for path in paths)
