"""Run every benchmark and print one line a ratio: `python3 desk.py bench`."""

from __future__ import annotations

from jinan_desk.app import collect_seldom
from tests.bench import determination, exchanging, importing, listing, matching, printing, responding, saving, starting


def main() -> None:
    """Each pair as soon as it is measured."""
    collect_seldom()  # as the program does
    for benchmark in (determination, saving, importing, exchanging, printing, starting, matching, responding, listing):
        for pair in benchmark.run():
            print(pair.line(), flush=True)


if __name__ == "__main__":
    main()
