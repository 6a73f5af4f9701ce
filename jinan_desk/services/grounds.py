"""What a person writes down as grounds: a reason, an opinion, the document that something rests on."""

from __future__ import annotations

from jinan_desk.core.kind import Invalid, Text
from jinan_desk.errors import DeskError


def written(text: str) -> str:
    """The text without blanks around it, "" for none. Raises DeskError for one that is too long to be kept and printed,
    or has characters that nothing can show."""
    try:
        return Text().read(text) or ""
    except Invalid as error:
        raise DeskError(error.sentence) from None
