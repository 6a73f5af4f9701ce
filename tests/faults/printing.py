"""Write paper until there is no room: `python -m tests.faults.printing DIRECTORY tmpfs|limit CACHE`, tells of it in a
line of JSON. `tmpfs` and `limit` as in `filling`, `CACHE` holds the fonts unpacked."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from jinan_desk import paths
from jinan_desk.documents.band import Document
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.pdf import write_pdf
from jinan_desk.documents.xlsx import write_xlsx
from jinan_desk.errors import DeskError
from tests.documents import samples
from tests.documents.paper import filled

_KIBIBYTES = 16
_GOOD = b"the good one"


def main(directory: Path, way: str, cache: Path) -> None:
    fonts = Fonts(paths.resources_directory() / "fonts", cache)
    document = filled("roster", samples.context(people=200), fonts)
    directory.mkdir(exist_ok=True)
    if way == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_KIBIBYTES}k", "tmpfs", str(directory)], check=True)
    for suffix in (".pdf", ".xlsx"):
        (directory / f"good{suffix}").write_bytes(_GOOD)
    if way == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (_KIBIBYTES * 1024, resource.RLIM_INFINITY))
    told: dict[str, Any] = {
        suffix: _refused(write, document, directory / f"good{suffix}", fonts)
        for suffix, write in ((".pdf", write_pdf), (".xlsx", write_xlsx))
    }
    if way == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    told["left"] = sorted(path.name for path in directory.iterdir())
    told["good"] = all(path.read_bytes() == _GOOD for path in directory.iterdir())
    sys.stdout.write(json.dumps(told) + "\n")


def _refused(write: Any, document: Document, path: Path, fonts: Fonts) -> str:
    try:
        write([document], path, fonts)
    except DeskError as error:
        return error.read()
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
