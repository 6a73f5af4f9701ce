"""That a store had been put back by somebody else than this program: what it found when it was opened, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.store import REWOUND, Exchange, Store

_DAYS = 30
"""So long it is brought up where people look every day."""


def rewound(store: Store) -> tuple[Exchange, ...]:
    """Every time that it was found, the latest first."""
    return tuple(store.exchanges.all(kind=REWOUND))


def lately_rewound(store: Store, today: date) -> Iterator[Sentence]:
    """What was found in the last weeks."""
    since = (today - timedelta(days=_DAYS)).isoformat()
    return (told_rewound(found) for found in rewound(store) if found.at >= since)


def told_rewound(found: Exchange) -> Sentence:
    """That the store had been put back, and what is to be done."""
    numbers = [f"{kind}（{year}）{last:04}" for _, year, kind, last in found.told["numbers"]]
    told = N_(
        "{at} 打开时发现数据被换成了较早的一份，少了 {count} 条记录；已启用新的编号序列。"
        "请从往来机构合并一次数据包取回，并核对此前发出的文书"
    )
    if numbers:
        told = N_(
            "{at} 打开时发现数据被换成了较早的一份，少了 {count} 条记录；已启用新的编号序列，文号接着编，不会重复："
            "{numbers}。请从往来机构合并一次数据包取回，并核对此前发出的文书"
        )
    words = Sentence(told, at=found.at[:10], count=found.told["revisions"], numbers=listed(numbers))
    destroyed = found.told.get("destroyed", 0)
    if not destroyed:
        return words
    return Sentence(N_("{told}；其中 {count} 个已销毁的办件没有放回"), told=words, count=destroyed)
