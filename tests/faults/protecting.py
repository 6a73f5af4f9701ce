"""Work with a stick that is write-protected: `python -m tests.faults.protecting DIRECTORY`, tells of it in JSON.

`DIRECTORY/stick` is a small file system that is filled and then made read-only (within `unshare -Urm`). What is to be
written there is refused, what lies there is read; then the folder of the store's own backups is such a stick, too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from jinan_desk import app
from jinan_desk.errors import DeskError
from jinan_desk.services.demo import DISTRICT, STREET, Clock, hires, unit
from jinan_desk.services.desk import Desk
from jinan_desk.services.restoring import restore
from jinan_desk.services.rosters import write_roster_template
from jinan_desk.store import keyring
from tests.faults.crowding import CLERK, FACTS, ON, SECRET, Scene, content_of, files_of

DAY_AFTER = date(2020, 3, 26)


def main(directory: Path) -> None:
    keyring.COST = keyring.Cost(2, 1, 1)
    stick, clock = directory / "stick", Clock(date(2020, 3, 25))
    stick.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(stick)], check=True)
    app.found(directory / "other", STREET)
    with app.open_desk(directory / "other", CLERK, today=clock.today, now=clock.now) as other:
        other.cases.enter("02B", ON, {**unit(2, "济南大明湖酒店管理有限公司", "370102"), "roster": hires(4, 9)})
        other.packages.export(stick / "in.xlsx", password=SECRET, everything=True)
        mark = other.packages.fingerprint()
    write_roster_template("02B", stick / "roster.xlsx")
    scene = Scene(stick, "tmpfs", clock, stick / "in.xlsx", mark)
    office = directory / "office"
    app.found(office, DISTRICT)
    with app.open_desk(office, CLERK, today=clock.today, now=clock.now) as desk:
        case = desk.cases.enter("02B", ON, FACTS).row.case
        desk.packages.fingerprint()
        desk.backups.make(stick)
        subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
        told: dict[str, Any] = {"out": {name: _kept_back(act, desk, scene, case) for name, act in OUT.items()}}
        told["in"] = [act(desk, scene, case) for act in IN]
        desk.backups.set_second_folder(stick)
        desk.backups.make()
        told["second"] = [sentence.read() for sentence in desk.backups.warnings()]
        folder = office / "backup"
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], check=True)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        told["own"] = {name: _kept_back(act, desk, scene, case) for name, act in BACKING_UP.items()}
        clock.day = DAY_AFTER
        desk.cases.change(case, ON, {**FACTS, "roster": hires(1, 2)})
        told["saved"] = [len(desk.cases.view(case).facts["roster"]), *(one.read() for one in desk.backups.warnings())]
    subprocess.run(["umount", str(office / "backup")], check=True)
    backup = next(stick.glob("*-demand.db"))
    told["restored"] = [sentence.read() for sentence in restore(office, backup, now=clock.now()).sentences()]
    told["founded"] = _refusal(lambda: app.found(stick / "fresh", STREET))
    sys.stdout.write(json.dumps(told) + "\n")


Act = Callable[[Desk, Scene, str], object]

OUT: dict[str, Act] = {
    "print": lambda desk, scene, case: desk.notices.issue(case, "application", scene.disk / "a.pdf"),
    "ledger": lambda desk, scene, case: desk.packages.ledger(scene.disk / "ledger.xlsx"),
    "export": lambda desk, scene, case: desk.packages.export(scene.disk / "p.xlsx", password=SECRET),
    "export over": lambda desk, scene, case: desk.packages.export(scene.package, password=SECRET),
    "enrolment": lambda desk, scene, case: desk.packages.partners.write_enrolment(scene.disk / "e.xlsx"),
    "log": lambda desk, scene, case: desk.access.export(scene.disk / "log.xlsx", translate=str),
    "template": lambda desk, scene, case: write_roster_template("02B", scene.disk / "t.xlsx"),
    "backup": lambda desk, scene, case: desk.backups.make(scene.disk),
}
"""What is written to a place that is chosen."""
IN: tuple[Act, ...] = (
    lambda desk, scene, case: desk.rosters.inspect(case, scene.disk / "roster.xlsx").refused,
    lambda desk, scene, case: desk.packages.merge(
        scene.package, trust=scene.mark, password=SECRET
    ).received.new,
)
BACKING_UP: dict[str, Act] = {
    "own backup": lambda desk, scene, case: desk.backups.make(),
    "merge": lambda desk, scene, case: desk.packages.merge(scene.package, trust=scene.mark, password=SECRET),
}
"""What has to be backed up before it is done."""


def _kept_back(act: Act, desk: Desk, scene: Scene, case: str) -> list[Any]:
    """How it is refused, and whether it changed anything all the same."""
    before = content_of(desk.store), files_of(scene)
    why = _refusal(lambda: act(desk, scene, case))
    return [why, (content_of(desk.store), files_of(scene)) != before]


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except DeskError as error:
        return error.read()
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
