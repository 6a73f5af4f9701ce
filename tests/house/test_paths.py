"""Where things lie, in a checkout, a frozen program and an installed wheel."""

import sys
from pathlib import Path

import pytest

from jinan_desk import paths


def test_a_data_directory_that_was_given_holds_the_log_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.data_directory(Path("here")) == tmp_path / "here"
    assert paths.log_directory(Path("here")) == tmp_path / "here" / "log"


def test_without_one_the_system_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appdirs.user_data_dir", lambda name, appauthor: str(tmp_path / name))
    assert paths.data_directory() == tmp_path / "jinan_desk"
    assert paths.cache_directory().is_absolute()
    assert paths.log_directory().is_absolute()


def test_nothing_is_created_by_asking(tmp_path: Path) -> None:
    paths.data_directory(tmp_path / "new")
    paths.log_directory(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_checkout_has_its_folders_beside_the_package(checkout: Path) -> None:
    assert paths.resources_directory() == checkout / "resources"
    assert paths.forms_directory() == checkout / "forms"
    assert paths.translations_directory() == checkout / "i18n"


def test_a_frozen_program_has_them_where_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_directory() == tmp_path / "resources"


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path.resolve() / "jinan_desk" / "_data"
    data.mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(data.parent / "paths.py"))
    assert paths.forms_directory() == data / "forms"
