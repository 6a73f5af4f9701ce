"""What a screen does not show to everybody who passes by: identity numbers, telephones and bank accounts."""

from __future__ import annotations

from jinan_desk.core.field import Field
from jinan_desk.core.identity import masked
from jinan_desk.core.kind import IdNumber

_PRIVATE_KEYS = frozenset({"phone", "bank_account"})


def is_private(field: Field) -> bool:
    """Whether values of the field are shown whole only while they are worked on, or when somebody asks."""
    return isinstance(field.kind, IdNumber) or field.key in _PRIVATE_KEYS


def veiled(field: Field, text: str) -> str:
    """The text as the screen shows it while nobody has asked for it."""
    return masked(text) if is_private(field) else text
