"""Reading something unknown ends the rule that reads it: no rule has to test for it."""

from __future__ import annotations

from jinan_desk.core.money import Amount


class Unknown(Exception):  # noqa: N818  (not an error: a third truth value)
    """Raised by reading a fact or a parameter that has no value; `keys` name what is missing.

    Of a number that lacks something `least` and `most` say between which ones it lies (None: there is no most): an
    amount that is the same all the way is known.
    """

    def __init__(self, *keys: str, least: Amount = 0, most: Amount | None = None) -> None:
        super().__init__(*keys)
        self.keys = keys
        self.least = least
        self.most = most
