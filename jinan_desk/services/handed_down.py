"""Parameter values handed down: a superior's values travel in its packages and hold here, with their source and origin.

Taken only from an office above this one (see `offices`). A value is in force at once where this office has none of its
own from the same day; where it has another one, the two wait for a person, and nothing is overwritten. What somebody
here has withdrawn is not proposed again. A value from the city that comes by way of the district is one and the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.services.offices import KnownOffice
from jinan_desk.services.parameters import (
    VALUE_CONFIRMED,
    VALUE_PROPOSED,
    Proposal,
    State,
    checked,
    proposals_of,
)
from jinan_desk.store import Store

FROM = "from"
"""The key of a value's entry under which the code of the office that laid it down stands."""


@dataclass(frozen=True, slots=True)
class HandedDown:
    """What came of it: values that hold from now on, values that wait for a person."""

    taken: int = 0
    waiting: int = 0

    def sentences(self, *, dry_run: bool = False) -> Iterator[Sentence]:
        """What there is to tell; nothing where nothing came."""
        if self.taken:
            would, did = N_("将采用上级下发的政策参数 {count} 项"), N_("采用上级下发的政策参数 {count} 项")
            yield Sentence(would if dry_run else did, count=self.taken)
        if self.waiting:
            yield Sentence(
                N_("上级下发的政策参数 {count} 项与本机构同日起执行的数值不同，请在“政策参数”中确认或撤回"),
                count=self.waiting,
            )


NOTHING = HandedDown()


def values_to_hand_down(store: Store, own: KnownOffice) -> list[dict[str, Any]]:
    """The values in force here, of each parameter and day the one that holds, as a package carries them."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for proposal in proposals_of(store):
        if proposal.state is State.IN_FORCE:
            since = proposal.dated.since.isoformat()
            found[proposal.parameter.key, since] = {
                "key": proposal.parameter.key,
                "since": since,
                "value": proposal.value,
                "source": proposal.dated.basis.source,
                FROM: proposal.origin or own.code,
            }
    return list(found.values())


def take_values(
    store: Store, sender: KnownOffice, own: KnownOffice, values: Iterable[Mapping[str, Any]], *, at: str,
    dry_run: bool = False,
) -> HandedDown:
    """Take what a superior hands down, inside the caller's transaction; from anybody else nothing is taken. Values of
    parameters that this version does not know are left out. Of a dry run nothing is kept."""
    if not sender.is_above(own):
        return NOTHING
    taken = waiting = 0
    for value in values:
        entry = _entry(value, sender)
        if entry is None:
            continue
        known = [one for one in proposals_of(store) if _is_of(one, entry)]
        if any(one.value == entry["value"] for one in known):
            continue
        in_force = [one for one in known if one.state is State.IN_FORCE]
        waits = bool(in_force) and in_force[-1].origin != entry[FROM]
        waiting, taken = waiting + waits, taken + (not waits)
        if dry_run:
            continue
        act = store.acts.add(VALUE_PROPOSED, entry, at=at, account=sender.name)
        if not waits:
            store.acts.add(VALUE_CONFIRMED, {}, at=at, account=sender.name, about=act.number)
    return HandedDown(taken, waiting)


def _entry(value: Mapping[str, Any], sender: KnownOffice) -> dict[str, Any] | None:
    """What is kept of a value: its source says who handed it down. None where this version cannot read it."""
    origin, source = str(value.get(FROM) or sender.code), str(value.get("source") or "")
    if origin == sender.code:
        source = N_("{source}（{name}下发）").format(source=source, name=sender.name)
    try:
        entry = checked(str(value.get("key")), value.get("value"), since=str(value.get("since")), source=source)
    except DeskError:
        return None
    return {**entry, FROM: origin}


def _is_of(proposal: Proposal, entry: Mapping[str, Any]) -> bool:
    """Whether it is a value of the same parameter from the same day."""
    return (proposal.parameter.key, proposal.dated.since.isoformat()) == (entry["key"], entry["since"])
