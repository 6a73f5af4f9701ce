"""Read files with every reader of strangers' files, each file in a process of its own with its limits, and print a line
of JSON for each.

`python -m tests.exchange.corpus_reader SECONDS MEBIBYTES` with the files' paths on standard input. A child that hangs,
swells or dies is told of as such. What is neither read nor refused in words is told with its traceback; else it is told
what became of it as a roster. `seconds` are of its processor, `mebibytes` what it held at most beyond its parent.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from jinan_desk.errors import DeskError
from jinan_desk.exchange.enrolment import read_enrolment
from jinan_desk.exchange.package import read_package
from jinan_desk.exchange.reading import open_workbook
from jinan_desk.exchange.receipt import read_receipt
from jinan_desk.exchange.roster import read_heads, read_roster
from jinan_desk.exchange.subjects import read_lists
from jinan_desk.exchange.workdays import read_arrangements
from jinan_desk.measures import programmes

PROGRAMME = next(programme for _, programme in programmes() if programme.code == "02B")


def main(seconds: int, mebibytes: int) -> None:
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _read(path, writing, seconds, mebibytes)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status, usage = os.wait4(child, 0)
        outcome = json.loads(said) if said else {"died": os.waitstatus_to_exitcode(status)}
        sys.stdout.write(json.dumps({"path": str(path), "seconds": usage.ru_utime + usage.ru_stime, **outcome}) + "\n")
        sys.stdout.flush()


def _read(path: Path, pipe: int, seconds: int, mebibytes: int) -> None:
    """In the child. What is left of its time is asked of the clock and of the processor."""
    signal.alarm(2 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    before = _held()
    if mebibytes:
        limit = (_virtual() + mebibytes) * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    outcome = _outcome(_rows, path)
    for reader in _READERS if "rows" in _outcome(_sheets, path) else _READERS[:1]:
        other = _outcome(reader, path)
        outcome = other if "raised" in other else outcome
    with os.fdopen(pipe, "wb") as out:
        out.write(json.dumps({**outcome, "mebibytes": _held() - before}).encode())
    os._exit(0)


def _outcome(reader: Callable[[Path], object], path: Path) -> dict[str, object]:
    try:
        return {"rows": reader(path)}
    except DeskError as error:
        return {"refused": error.read()}
    except BaseException:  # noqa: BLE001  (whatever it is, it is not allowed)
        return {"raised": traceback.format_exc()}


def _rows(path: Path) -> int:
    """How many rows there are when a person says that the first columns are names and numbers, whatever they are."""
    columns = read_heads(path, PROGRAMME).columns[:2]
    chosen = dict(zip((column.place for column in columns), ("name", "id_number"), strict=False))
    roster = read_roster(path, PROGRAMME, chosen=chosen)
    return len(roster.rows) + len(roster.refused)


def _sheets(path: Path) -> int:
    """How many there are; where it cannot even be opened, most readers need not be asked."""
    return len(open_workbook(path).names)


def _units(path: Path) -> int:
    """How many rows a list of units has in all of its sheets, read to its end."""
    return sum(1 for listed in read_lists(path, PROGRAMME.shape.fields).sheets for _ in listed.rows())


_READERS: tuple[Callable[[Path], object], ...] = (
    lambda path: read_package(path, password="not that one").digest,
    lambda path: read_receipt(path).digest,
    lambda path: read_enrolment(path).fingerprint,
    lambda path: len(read_arrangements(path)),
    _units,
)
"""All the others, first the one that opens what has a password."""


def _held() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _virtual() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() // 2**20


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
