"""What printing needs, as the composition root hands it in; printing itself takes long to import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Press:
    """Folders of forms (the office's own first), the folder of shipped fonts, a folder for unpacked ones."""

    forms: tuple[Path, ...]
    fonts: Path
    cache: Path
