"""Make `initials.txt` of this folder: for each Latin letter the characters that have a reading which begins with it.

    pip install pypinyin==0.55.0
    python resources/pinyin/build_initials.py

All readings count, since surnames are read unlike other words (单 区 仇 解). The readings are those of pinyin-data,
which pypinyin brings; both are under the licence in `LICENCE.txt`.
"""

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write the table, a line a letter."""
    characters: dict[str, set[str]] = defaultdict(set)
    for code_point, readings in pinyin_dict.items():
        for reading in readings.split(","):
            characters[unicodedata.normalize("NFD", reading.strip())[0]].add(chr(code_point))
    lines = (f"{letter} {''.join(sorted(some))}\n" for letter, some in sorted(characters.items()) if letter.isascii())
    (HERE / "initials.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
