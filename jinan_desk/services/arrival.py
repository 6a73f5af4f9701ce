"""Arriving: what there is to see to once somebody has shown who they are, before they work in an opened store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.services.access import Access, Action
from jinan_desk.services.accounts import Accounts
from jinan_desk.services.sign_in import SignedIn, SignInError, refuse_of_another, sign_in
from jinan_desk.store import Store

if TYPE_CHECKING:  # an office without accounts need not wait for the ciphers
    from jinan_desk.store.keyring import Cost


class GivenPasswordError(SignInError):
    """The password is right, but one that somebody else knows: one's own has to be chosen first."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence, 0)


def arrive(
    store: Store, person: SignedIn, *, now: Callable[[], str], own: str = "", cost: Cost | None = None
) -> None:
    """Note that somebody has signed in, with what had failed before.

    Raises DeskError where the account is not active in the store, though it opens the key, and GivenPasswordError
    where an administrator gave the password and no other one (`own`) comes with it, or none that will do.
    """
    row = store.accounts.get(person.account)
    if row is None or not row.active:
        raise DeskError(Sentence(N_("账号 {name} 已停用或不存在，请找管理员"), name=person.account))
    access = Access(store, account=person.account, now=now)
    if person.failed:
        with store.transaction():
            access.note(Action.FAILED_SIGN_IN, person.failed)
    if row.given:
        _choose(Accounts(store, account=person.account, now=now, cost=cost), person.account, own)
    with store.transaction():
        access.note(Action.SIGN_IN)


def _choose(accounts: Accounts, name: str, own: str) -> None:
    if not own:
        told = N_("{name} 的密码是管理员给的，请先改成自己的：jinan-desk --account {name} accounts password")
        raise GivenPasswordError(Sentence(told, name=name))
    try:
        accounts.choose_password(own)
    except DeskError as error:
        raise GivenPasswordError(error.sentence) from None


def switch(store: Store, account: str, password: str, *, now: Callable[[], str], own: str = "") -> str:
    """Let another person of the same store take over; answers the name. Raises as `sign_in` and `arrive` do."""
    person = sign_in(store.directory, account, password, now=now())
    refuse_of_another(store, person.opened)
    arrive(store, person, now=now, own=own)
    return person.account
