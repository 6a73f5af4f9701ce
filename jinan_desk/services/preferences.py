"""How a desk likes its window: language, colours, size. In a small file beside the store, read before that opens.

Nothing of any case stands in it. A file that cannot be read, or says what this version does not know, is as none.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from jinan_desk.core.text import N_
from jinan_desk.file import write_whole

_NAME = "window.json"


class Colours(StrEnum):
    """Light, dark, or as the system has it."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


COLOUR_LABELS = {Colours.LIGHT: N_("浅色"), Colours.DARK: N_("深色"), Colours.SYSTEM: N_("跟随系统")}
LANGUAGE_NAMES = {"zh_CN": "简体中文", "en": "English"}
"""Each in its own language, so that whoever reads only that one finds it."""

SCALES = (100, 125, 150, 175, 200)
"""By how much (percent) the window is drawn larger than the system has it."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What was chosen at this desk."""

    language: str = "zh_CN"
    colours: Colours = Colours.LIGHT
    scale: int = 100
    toured: bool = False
    """Whether somebody here has seen the tour of the window, or did not want to."""
    place: str = ""
    """Where the window stood and how large, as Qt writes it in base64; "" where it was never closed."""


def read_preferences(directory: Path) -> Preferences:
    """What was chosen for a data directory; the usual where nothing was."""
    usual = Preferences()
    try:
        kept: dict[str, Any] = json.loads((directory / _NAME).read_text(encoding="utf-8"))
        language, colours, scale = kept.get("language"), kept.get("colours"), kept.get("scale")
        toured, place = kept.get("toured") is True, kept.get("place")
    except (OSError, ValueError, AttributeError):
        return usual
    return Preferences(
        language if language in LANGUAGE_NAMES else usual.language,
        Colours(colours) if colours in list(Colours) else usual.colours,
        scale if scale in SCALES else usual.scale,
        toured,
        place if isinstance(place, str) else usual.place,
    )


def write_preferences(directory: Path, preferences: Preferences) -> None:
    """Keep what was chosen. Raises DeskError where the file cannot be written."""
    text = json.dumps(asdict(preferences), indent=2) + "\n"
    write_whole(directory / _NAME, lambda fresh: fresh.write_text(text, encoding="utf-8"))
