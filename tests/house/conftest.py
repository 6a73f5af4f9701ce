"""The checkout itself, as the tests of this folder see it."""

from pathlib import Path

import pytest


@pytest.fixture
def checkout() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parents[2]
