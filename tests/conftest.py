"""What all tests share. Fixtures of one subject belong in its own folder."""

import os

from hypothesis import HealthCheck, settings

# Before anything imports Qt: tests draw in memory, with or without a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same cases on every machine, and none that fails because the machine is busy.
settings.register_profile(
    "desk", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("desk")
