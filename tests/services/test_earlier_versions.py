"""What earlier versions wrote is opened by this one, whole and with nothing changed in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jinan_desk.core.workflow import Stage
from jinan_desk.exchange.package import read_package
from jinan_desk.services.demo import DISTRICT, STREET
from jinan_desk.services.office import found_office, read_office
from jinan_desk.services.packages import Packages
from jinan_desk.store import CaseFilter, Store, open_store
from tests import data

FOLDER = Path(data.__file__).parent
STORES = sorted(FOLDER.glob("*.db"))
PACKAGES = sorted(FOLDER.glob("*.xlsx"))


def is_as_it_was(store: Store) -> None:
    assert store.check() == []
    assert store.count(CaseFilter()) == 3
    assert store.counts("stage", CaseFilter()) == {"draft": 1, "received": 2}
    (hiring,) = store.cases(CaseFilter(text="𬱖"))
    assert (hiring.programme, hiring.amount, hiring.number) == ("02B", 100000, "济历下人社受〔2020〕02B-0001号")
    (refund,) = store.cases(CaseFilter(programme="06A"))
    assert [revision.action for revision in store.history(refund.case)] == ["enter", "change", "advance"]
    assert store.history(refund.case)[1].reason == "核对花名册"
    assert store.find("06A-0001").stage == Stage.RECEIVED


def test_there_are_some() -> None:
    assert STORES
    assert [path.stem for path in STORES] == [path.stem for path in PACKAGES]


@pytest.mark.parametrize("path", STORES, ids=lambda path: path.stem)
def test_a_store_is_opened(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "desk.db")
    with open_store(tmp_path, data.KEY) as store:
        is_as_it_was(store)
        store.rebuild()
        is_as_it_was(store)
        assert read_office(store) == DISTRICT


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.stem)
def test_a_package_is_merged(path: Path, tmp_path: Path) -> None:
    with open_store(tmp_path, data.KEY) as store:
        found_office(store, STREET)
        packages = Packages(store, STREET, account="苏敏", now=lambda: "2020-03-21T08:00:00Z")
        report = packages.merge(path, trust=read_package(path).fingerprint)
        assert report.changed == ()
        assert report.received.refused == {}
        is_as_it_was(store)
