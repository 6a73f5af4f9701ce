from pathlib import Path

import pytest

from jinan_desk import paths
from jinan_desk.documents.fonts import Fonts

SHIPPED = paths.resources_directory() / "fonts"


@pytest.fixture(scope="session")
def font_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="session")
def fonts(font_cache: Path) -> Fonts:
    return Fonts(SHIPPED, font_cache)
