"""A roster of 100,000 rows, looked at and imported, against calamine's bare reading of the same workbook.

`python -m tests.bench.importing FILE` looks at FILE once and prints how many mebibytes that took, beyond what the
program holds anyhow.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import python_calamine
from openpyxl import Workbook

from jinan_desk.services.demo import Clock, hires, unit
from jinan_desk.services.rosters import Rosters
from tests.bench.office import scratch_desk
from tests.bench.timing import Pair, side_by_side

ROWS = 100_000
_HEADS = ("姓名", "身份证号", "入职日期", "合同起始日", "合同截止日", "已参保", "此前半年有记录")
_ON = date(2020, 6, 10)


@dataclass(frozen=True, slots=True)
class Held:
    """Memory in mebibytes."""

    name: str
    most: int

    def line(self) -> str:
        return f"{self.name:<46} {self.most:>6} MiB"


def run() -> Iterator[Pair | Held]:
    """Looking is reading, bounding, validating and comparing; importing is also deciding and saving 100,000 rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = _roster(Path(folder) / "roster.xlsx")
        with _case(Path(folder) / "desk") as (rosters, case):
            reading = "bare reading of the workbook"
            yield side_by_side(
                f"{ROWS:,} roster rows looked at",
                lambda: rosters.inspect(case, path),
                reading,
                lambda: _read(path),
                rounds=5,
            )
            yield side_by_side(
                f"{ROWS:,} roster rows imported",
                lambda: rosters.take(rosters.inspect(case, path)),
                reading,
                lambda: _read(path),
                rounds=1,
                warm=False,
            )
        command = [sys.executable, "-m", "tests.bench.importing", str(path)]
        held = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        yield Held(f"{ROWS:,} roster rows looked at, memory", int(held))


@contextmanager
def _case(directory: Path) -> Iterator[tuple[Rosters, str]]:
    """The rosters of a new office, and a case without one."""
    with scratch_desk(directory, Clock(_ON)) as desk:
        yield desk.rosters, desk.cases.enter("02B", _ON, unit(1, "济南历泉机械制造有限公司", "370102")).row.case


def _roster(path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(_HEADS)
    for person in hires(1, ROWS):
        sheet.append(["是" if v is True else "否" if v is False else v for v in person.values()])
    book.save(path)
    return path


def _read(path: Path) -> int:
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sum(1 for _ in sheet.iter_rows())


def _held(path: Path) -> int:
    with tempfile.TemporaryDirectory() as folder, _case(Path(folder)) as (rosters, case):
        before = _most()
        rosters.inspect(case, path)
        return _most() - before


def _most() -> int:
    """What this program has held at most; what the kernel tells of a process includes what it was started from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    sys.stdout.write(f"{_held(Path(sys.argv[1]))}\n")
