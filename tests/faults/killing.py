"""Save, say so, and be killed, again and again: `python -m tests.faults.killing DIRECTORY KILLS`.

Each round is a child that opens the store, saves cases and tells of each one that was saved; it is killed in the middle
of that, at a moment drawn at random, and then everything it told of must be there. Prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from itertools import count
from pathlib import Path

from jinan_desk.store import Store, open_store
from tests.store.records import KEY, Maker, roster

LONGEST = 0.03
"""Seconds that a child lives after its first save."""


def main(directory: Path, kills: int) -> None:
    chance = random.Random(26)
    acknowledged: list[str] = []
    lost: list[str] = []
    wrong: list[str] = []
    for number in range(kills):
        acknowledged += _killed(directory, number, chance.random() * LONGEST)
        with open_store(directory, KEY) as store:
            lost += [identifier for identifier in acknowledged if not store._has(identifier)]
            if number % 10 == 0 or number == kills - 1:
                wrong += [sentence.read() for sentence in store.check()]
    sys.stdout.write(json.dumps({"acknowledged": len(acknowledged), "lost": lost, "wrong": wrong}) + "\n")


def _killed(directory: Path, number: int, after: float) -> list[str]:
    """What a child said was saved before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with open_store(directory, KEY) as store:
            _save(store, number, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.readline()
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        said += pipe.read()
    os.waitpid(child, 0)
    whole, _, _ = said.rpartition(b"\n")
    return whole.decode().split()


def _save(store: Store, number: int, pipe: int) -> None:
    """Chains of a case with a roster each, a transaction a revision, without end."""
    maker = Maker(incarnation=store.incarnation)
    with store.transaction():
        maker.sequence = store.next_origin("370102").sequence - 1
    for serial in count():
        key, contents = roster((f"第{number}-{serial}人", "370102199001011234"))
        for revision in maker.chain(f"{number}-{serial}", 3, roster=key):
            store.append([revision], contents)
            os.write(pipe, revision.id.encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
