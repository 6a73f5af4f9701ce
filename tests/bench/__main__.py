"""Run the benchmarks, or those that are named, and print one line a ratio: `python3 desk.py bench [NAME …]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jinan_desk.app import collect_seldom
from tests.bench import (
    determination,
    exchanging,
    importing,
    keys,
    listing,
    matching,
    printing,
    responding,
    saving,
    starting,
)

BENCHMARKS = {
    module.__name__.rpartition(".")[2]: module.run
    for module in (determination, saving, importing, exchanging, printing, starting, matching, responding, keys, listing)
}


def main(names: Sequence[str]) -> int:
    """Each pair as soon as it is measured; the exit status, 2 where a name is none of theirs and nothing was run."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    collect_seldom()  # as the program does
    for name in names or BENCHMARKS:
        for pair in BENCHMARKS[name]():
            print(pair.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
