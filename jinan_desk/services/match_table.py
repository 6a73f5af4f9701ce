"""政策找人 for one unit or person, to be handed over: a workbook of what every programme is to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jinan_desk.core.text import N_, Sentence, Translate, listed
from jinan_desk.services.matching import VERDICT_LABELS, Match, Verdict

if TYPE_CHECKING:
    from jinan_desk.exchange.sheet import Value

_COLUMNS = (
    (N_("事项"), 40), (N_("结论"), 12), (N_("金额（元）"), 16), (N_("不符合的原因"), 60), (N_("尚需的资料"), 60),
)  # fmt: skip


def write_matches(path: Path, who: str, matches: Sequence[Match], *, on: date, translate: Translate) -> None:
    """Write the matches as of the day `on`, those that hold first. `who` is a name, "" where none was filled in.

    Raises DeskError where the file cannot be written.
    """
    from jinan_desk.exchange.sheet import Column
    from jinan_desk.exchange.table import Table
    from jinan_desk.exchange.table_book import write_table_book

    title = Sentence(N_("政策找人：{who}（按 {on} 的政策）"), who=who or "—", on=on).read(translate)
    columns = [Column(translate(head), width) for head, width in _COLUMNS]
    rows = tuple(_row(match, translate) for verdict in Verdict for match in matches if match.verdict is verdict)
    note = translate(N_("只用填写的资料判断，没有填的按未知处理；以办理时的认定为准。"))
    write_table_book(path, [Table(translate(N_("政策找人结果")), title, columns, rows)], [note])


def _row(match: Match, translate: Translate) -> tuple[Value, ...]:
    from jinan_desk.exchange.sheet import yuan

    programme = match.programme
    holds = match.verdict is Verdict.HOLDS and programme.has_amount
    return (
        f"{programme.code} {translate(programme.name)}",
        translate(VERDICT_LABELS[match.verdict]),
        yuan(match.amount) if holds else None,
        "\n".join(reason.read(translate) for reason in match.reasons),
        listed(match.needed).read(translate),
    )
