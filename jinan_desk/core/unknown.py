"""Reading something unknown ends the rule that reads it: no rule has to test for it."""

from __future__ import annotations


class Unknown(Exception):  # noqa: N818  (not an error: a third truth value)
    """Raised by reading a fact or a parameter that has no value; `keys` name what is missing."""

    def __init__(self, *keys: str) -> None:
        super().__init__(*keys)
        self.keys = keys
