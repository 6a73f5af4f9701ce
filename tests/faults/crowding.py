"""Do everything on a disk with less and less room: `python -m tests.faults.crowding DIRECTORY tmpfs|limit`.

Each action is tried with no room, then with a little more, until it succeeds. Tells in a line of JSON, by action, how
it was refused, whether it had changed anything when it was, and what is wrong in the end. With `tmpfs` the directory is
a small file system of its own (within `unshare -Urm`); with `limit` no file of this process may grow beyond a size.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinan_desk import app
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.demo import DISTRICT, STREET, Clock, hires, unit
from jinan_desk.services.desk import Desk
from jinan_desk.services.entry import blank
from jinan_desk.services.restoring import restore
from jinan_desk.services.retention import Retention
from jinan_desk.store import Store, connection, keyring, open_store
from tests import data

ON = date(2020, 3, 20)
WHOLE = 24 * 1024
"""KiB of the small file system."""
ROOMS = (0, 8, 32, 128, 512, 2048, 8192)
"""KiB that are left, one after the other."""
CLERK, CHIEF, SECRET = "苏敏", "孔祥文", "correct horse"
FACTS = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 3)}


@dataclass(frozen=True)
class Scene:
    """Where it happens: `disk` is the directory that fills up, `office` on it, `way` how it is filled."""

    disk: Path
    way: str
    clock: Clock
    package: Path
    mark: str

    @property
    def office(self) -> Path:
        return self.disk / "office"

    @contextmanager
    def crowded(self, room: int) -> Iterator[None]:
        """Leave so many KiB."""
        if self.way == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (room * 1024, resource.RLIM_INFINITY))
            try:
                yield
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            return
        filler = self.disk / "filler"
        free = os.statvfs(self.disk)
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free.f_bavail * free.f_frsize - room * 1024))
        try:
            yield
        finally:
            filler.unlink()


def main(directory: Path, way: str) -> None:
    keyring.COST = keyring.Cost(2, 1, 1)
    directory.mkdir(exist_ok=True)
    outside = directory.with_name("outside")
    clock = Clock(date(2020, 3, 25))
    app.found(outside / "other", STREET)
    with app.open_desk(outside / "other", CHIEF, today=clock.today, now=clock.now) as other:
        other.cases.enter("02B", ON, {**unit(2, "济南大明湖酒店管理有限公司", "370102"), "roster": hires(4, 9)})
        other.packages.export(outside / "package.xlsx", password=SECRET, everything=True)
        mark = other.packages.fingerprint()
    if way == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={WHOLE}k", "tmpfs", str(directory)], check=True)
    scene = Scene(directory, way, clock, outside / "package.xlsx", mark)
    app.found(scene.office, DISTRICT)
    with app.open_desk(scene.office, CLERK) as desk:
        desk.packages.fingerprint()  # the office has its key from now on
    told = {name: _until_done(scene, act) for name, act in ACTIONS.items()}
    told |= {name: _until_done_closed(scene, act) for name, act in CLOSED.items()}
    sys.stdout.write(json.dumps(told) + "\n")


# What is done in an open desk -----------------------------------------------------------------------------------------


def _case(desk: Desk, stage: str) -> str:
    return next(row.case for row in desk.cases.all() if row.stage == stage and row.programme == "02B")


def _keeper(desk: Desk, scene: Scene, who: str) -> Retention:
    return Retention(desk.store, account=who, today=lambda: date(2040, 1, 1), now=scene.clock.now)


def _purge(desk: Desk, scene: Scene) -> None:
    chief = _keeper(desk, scene, CHIEF)
    chief.confirm([one.number for one in chief.proposed()])


def _end(desk: Desk, scene: Scene) -> None:  # noqa: ARG001
    with desk.store.transaction():
        case = desk.cases.enter("02B", ON, {**FACTS, "credit_code": "91370102MA3N00007M"}).row.case
        for stage in (Stage.RECEIVED, Stage.WITHDRAWN, Stage.ARCHIVED):
            desk.cases.advance(case, stage, reason="本人申请")


ACTIONS: dict[str, Callable[[Desk, Scene], object]] = {
    "enter": lambda desk, scene: desk.cases.enter("02B", ON, FACTS),
    "change": lambda desk, scene: desk.cases.change(
        _case(desk, "draft"), ON, {**FACTS, "roster": hires(1, 200)}
    ),
    "advance": lambda desk, scene: desk.cases.advance(_case(desk, "draft"), Stage.RECEIVED),
    "draft": lambda desk, scene: desk.drafts.keep("place", blank(find("02B")[1], ON)),  # type: ignore[index]
    "note": lambda desk, scene: desk.access.note("unmask", "1"),
    "search": lambda desk, scene: desk.cases.rows(desk_filter("历泉")),
    "print": lambda desk, scene: desk.notices.issue(_case(desk, "received"), "application", scene.disk / "a.pdf"),
    "ledger": lambda desk, scene: desk.packages.ledger(scene.disk / "ledger.xlsx"),
    "export": lambda desk, scene: desk.packages.export(scene.disk / "package.xlsx", password=SECRET),
    "log": lambda desk, scene: desk.access.export(scene.disk / "log.xlsx", translate=str),
    "backup": lambda desk, scene: desk.backups.make(),
    "backup beside": lambda desk, scene: desk.backups.make(scene.disk / "stick"),
    "merge": lambda desk, scene: desk.packages.merge(scene.package, trust=scene.mark, password=SECRET),
    "end": _end,
    "propose": lambda desk, scene: _keeper(desk, scene, CLERK).propose([_case(desk, "archived")], "保存期满"),
    "purge": _purge,
    "rekey": lambda desk, scene: desk.accounts.begin(CHIEF, SECRET),
}


def desk_filter(text: str) -> Any:
    from jinan_desk.store import CaseFilter

    return CaseFilter(text=text)


def _until_done(scene: Scene, act: Callable[[Desk, Scene], object]) -> dict[str, Any]:
    told: dict[str, Any] = {"refused": [], "bugs": [], "changed": [], "done": False}
    for room in ROOMS:
        told["room"] = room
        with app.open_desk(scene.office, CLERK, today=scene.clock.today, now=scene.clock.now) as desk:
            list(desk.cases.rows(desk_filter("历泉")) if act is not ACTIONS["search"] else ())
            before = content_of(desk.store, act), files_of(scene)
            with scene.crowded(room):
                told["done"] = _tried(lambda desk=desk: act(desk, scene), told)
            if not told["done"] and (content_of(desk.store, act), files_of(scene)) != before:
                told["changed"].append(room)
            told["wrong"] = [sentence.read() for sentence in desk.store.check()]
        if told["done"]:
            break
    return told


def _tried(act: Callable[[], object], told: dict[str, Any]) -> bool:
    try:
        act()
    except DeskError as error:
        told["refused"].append(error.read())
        return False
    except Exception as error:  # noqa: BLE001
        told["bugs"].append(repr(error))
        return False
    return True


def content_of(store: Store, act: Callable[[Desk, Scene], object] | None = None) -> str:
    """What the store holds, whatever waits to be indexed. That accounts were begun, and not after all, stays known."""
    tables = ["revisions", "contents", "cases", "settings", "prints", "acts", "exchanges", "tombstones"]
    tables += ["access", "accounts"] if act is not ACTIONS["rekey"] else []
    rows = [list(map(str, row)) for table in tables for row in store._db.conn.execute(f"SELECT * FROM {table}")]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def files_of(scene: Scene) -> list[str]:
    """What lies on the disk beside the store's own files, which are as long as they like."""
    own = ("desk.db", "desk.db-wal", "desk.db-shm", "desk.witness", "desk.lock", "filler")
    every = (path for path in scene.disk.rglob("*") if path.is_file() and path.name not in own)
    every = (path for path in every if path.parent.name != "scratch")  # emptied when the desk is closed
    return sorted(str(path.relative_to(scene.disk)) for path in every)


# What is done to a closed one -----------------------------------------------------------------------------------------


def _restore(scene: Scene) -> None:
    backup = max((scene.office / "backup").glob("*-demand.db"))
    from jinan_desk.services.restoring import Proof

    restore(scene.office, backup, now=scene.clock.now(), proof=Proof(CHIEF, SECRET))


def _sign_in(scene: Scene) -> None:
    with app.open_desk(scene.office, CHIEF, SECRET, today=scene.clock.today, now=scene.clock.now):
        pass


def _migrate(scene: Scene) -> None:
    old = scene.disk / "old"
    with open_store(old, data.KEY) as store:
        assert store.check() == []


def _found(scene: Scene) -> None:
    app.found(scene.disk / "fresh", STREET, administrator=CHIEF, password=SECRET)


CLOSED: dict[str, Callable[[Scene], None]] = {
    "sign in": _sign_in, "restore": _restore, "migrate": _migrate, "found": _found,
}  # fmt: skip


def _until_done_closed(scene: Scene, act: Callable[[Scene], None]) -> dict[str, Any]:
    told: dict[str, Any] = {"refused": [], "bugs": [], "changed": [], "done": False, "wrong": []}
    if act is _migrate:
        (scene.disk / "old").mkdir()
        shutil.copyfile(min(Path(data.__file__).parent.glob("*.db")), scene.disk / "old" / "desk.db")
    for room in ROOMS:
        before = _stored(scene, act)
        with scene.crowded(room):
            told["done"] = _tried(lambda: act(scene), told)
        if told["done"]:
            break
        if _stored(scene, act) != before:
            told["changed"].append(room)
    if act is not _found:
        with app.open_desk(scene.office, CHIEF, SECRET, today=scene.clock.today, now=scene.clock.now) as desk:
            told["wrong"] = [sentence.read() for sentence in desk.store.check()]
    return told


def _stored(scene: Scene, act: Callable[[Scene], None]) -> str:
    """What the closed store holds; of an older version its bytes."""
    if act is _found:
        return str((scene.disk / "fresh" / "desk.db").exists() and "")
    if act is _migrate:
        database = connection.connect(scene.disk / "old" / "desk.db", data.KEY)
        try:
            return str(database.conn.execute("SELECT count(*), max(id) FROM revisions").fetchall())
        finally:
            database.conn.close()
    with app.open_desk(scene.office, CHIEF, SECRET, today=scene.clock.today, now=lambda: "2020-03-25T01:00:00Z") as desk:
        rows = desk.store._db.conn.execute("SELECT id FROM revisions ORDER BY id").fetchall()
        return str(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
