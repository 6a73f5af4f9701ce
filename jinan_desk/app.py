"""The composition root: the only place where the parts are put together."""

from __future__ import annotations

from jinan_desk.cli import desk


def main() -> None:
    """Run the command line; it opens the window where no command is given."""
    desk()
