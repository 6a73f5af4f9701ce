"""What all tests share. Fixtures of one subject belong in its own folder."""

import os

# Before anything imports Qt: tests draw in memory, with or without a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
