"""Save until there is no room: `python -m tests.faults.filling DIRECTORY tmpfs|limit`, tells of it in a line of JSON.

With `tmpfs` the directory is a small file system of its own (within `unshare -Urm`), which is then made read-only, too;
with `limit` no file of this process may grow beyond a size.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from jinan_desk.errors import DeskError
from jinan_desk.store import Store, data_key, open_store
from tests.store.records import KEY, Maker, roster

KIBIBYTES = 1400
FILLER = 600


def main(directory: Path, way: str) -> None:
    directory.mkdir(exist_ok=True)
    if way == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={KIBIBYTES}k", "tmpfs", str(directory)], check=True)
    filler = directory / "filler"
    filler.write_bytes(bytes(FILLER * 1024))
    told: dict[str, Any] = {}
    with open_store(directory, KEY) as store:
        maker = Maker(incarnation=store.incarnation)
        if way == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, ((KIBIBYTES - FILLER) * 1024, resource.RLIM_INFINITY))
        saved, told["refused"] = _until_full(store, maker)
        told["lost"] = [identifier for identifier in saved if not store._has(identifier)]
        filler.unlink()
        if way == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        maker.sequence -= 1  # the one that was not saved gave its number back
        more = maker.chain("after", 2)
        store.append(more, {})
        saved += [revision.id for revision in more]
    with open_store(directory, KEY) as store:
        told["saved"] = len(saved)
        told["lost"] += [identifier for identifier in saved if not store._has(identifier)]
        told["wrong"] = [sentence.read() for sentence in store.check()]
    if way == "tmpfs":
        told["read_only"] = _read_only(directory)
    sys.stdout.write(json.dumps(told) + "\n")


def _until_full(store: Store, maker: Maker) -> tuple[list[str], str]:
    """The revisions that were saved, and how the one that was not was refused."""
    saved: list[str] = []
    while True:
        key, contents = roster(*((f"第{len(saved)}-{n}人", f"{len(saved):04}{n:014}") for n in range(20)))
        revision = maker.revision(f"case{len(saved)}", roster=key)
        try:
            store.append([revision], contents)
        except DeskError as error:
            return saved, error.read()
        saved.append(revision.id)


def _read_only(directory: Path) -> list[str]:
    """How opening, and making a key, are refused in a directory that cannot be written."""
    subprocess.run(["mount", "-o", "remount,ro", str(directory)], check=True)
    refusals = []
    for attempt in (lambda: open_store(directory, KEY).close(), lambda: data_key(directory)):
        try:
            attempt()
        except DeskError as error:
            refusals.append(error.read())
    return refusals


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
