"""A store that was cut, or in which a bit fell over, is never taken for whole (guards: the check of every page's
signature in `store.check`, and that an emptied file is not begun anew)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import open_store
from jinan_desk.store.places import backup_directory, store_path
from tests.store.records import KEY, Maker, roster

FLIPS, CUTS = 24, 12


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of some hundred kilobytes, with a backup."""
    directory = tmp_path_factory.mktemp("whole")
    with open_store(directory, KEY) as store:
        maker = Maker(incarnation=store.incarnation)
        for number in range(60):
            key, contents = roster(*((f"第{number}-{n}人", f"{number:04}{n:014}") for n in range(20)))
            store.append(maker.chain(f"case{number}", 2, roster=key), contents)
        store.backup(backup_directory(directory) / "desk-20200320T081500Z-day.db")
    return directory


def found_out(directory: Path) -> bool:
    """Whether opening refuses it, or the check names something and cannot repair it."""
    try:
        with open_store(directory, KEY) as store:
            return bool(store.repair()[1])
    except DeskError:
        return True


def test_the_whole_store_is_whole(whole: Path) -> None:
    with open_store(whole, KEY) as store:
        assert store.check() == []


def test_every_flipped_bit_is_found_out(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(26)
    content = store_path(whole).read_bytes()
    unnoticed = []
    for number in range(FLIPS):
        place = chance.randrange(len(content))
        directory = tmp_path / str(number)
        shutil.copytree(whole, directory)
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        store_path(directory).write_bytes(changed)
        if not found_out(directory):
            unnoticed.append(place)
    assert unnoticed == []


def test_every_cut_is_found_out(whole: Path, tmp_path: Path) -> None:
    content = store_path(whole).read_bytes()
    unnoticed = []
    for number in range(CUTS):
        length = len(content) * number // CUTS
        directory = tmp_path / str(number)
        shutil.copytree(whole, directory)
        store_path(directory).write_bytes(content[:length])
        if not found_out(directory):
            unnoticed.append(length)
    assert unnoticed == []
