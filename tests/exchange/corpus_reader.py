"""Read files as rosters, each in a process of its own with its limits, and print a line of JSON for each.

`python -m tests.exchange.corpus_reader SECONDS MEBIBYTES` with the files' paths on standard input. A child that hangs,
swells or dies is told of as such; `seconds` are of its processor, `mebibytes` what it held at most beyond its parent.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path

from jinan_desk.errors import DeskError
from jinan_desk.exchange.roster import read_heads, read_roster
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
    outcome: dict[str, object]
    try:
        outcome = {"rows": _rows(path)}
    except DeskError as error:
        outcome = {"refused": error.read()}
    except BaseException:  # noqa: BLE001  (whatever it is, it is not allowed)
        outcome = {"raised": traceback.format_exc()}
    with os.fdopen(pipe, "wb") as out:
        out.write(json.dumps({**outcome, "mebibytes": _held() - before}).encode())
    os._exit(0)


def _rows(path: Path) -> int:
    """How many rows there are when a person says that the first columns are names and numbers, whatever they are."""
    columns = read_heads(path, PROGRAMME).columns[:2]
    chosen = dict(zip((column.place for column in columns), ("name", "id_number"), strict=False))
    roster = read_roster(path, PROGRAMME, chosen=chosen)
    return len(roster.rows) + len(roster.refused)


def _held() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _virtual() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() // 2**20


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
