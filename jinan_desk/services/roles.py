"""Roles as they are asked for wherever something is done: of the account in the store, at that moment.

What an administrator changes therefore holds at once, also for a desk that stands open. An office without accounts
knows its people by name alone, and everybody may do everything.
"""

from __future__ import annotations

from jinan_desk.core.role import ANYBODY, ROLE_LABELS, Role, Roles
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.errors import DeskError
from jinan_desk.store import Store


def roles_of(store: Store, account: str) -> Roles:
    """What the account may do now; nothing where it is not active."""
    if not store.keys.sealed:
        return ANYBODY
    row = store.accounts.get(account)
    return frozenset() if row is None or not row.active else frozenset(map(Role, row.roles.split()))


def refusal_of(store: Store, account: str, asked: Roles) -> Sentence | None:
    """Why the account may not do what any one of these roles lets a person do; None where it may."""
    if roles_of(store, account) & asked:
        return None
    return Sentence(
        N_("{account} 不能办理这一步：须由有“{roles}”角色的人办理"),
        account=account or "—",
        roles=labels(asked),
    )


def demand(store: Store, account: str, asked: Roles) -> None:
    """Raises DeskError where the account has none of these roles."""
    refused = refusal_of(store, account, asked)
    if refused is not None:
        raise DeskError(refused)


def labels(roles: Roles) -> Sentence:
    """The roles in words."""
    return listed(Sentence(ROLE_LABELS[role]) for role in Role if role in roles) if roles else Sentence("—")
