"""One grant notice as a file, against a raw canvas page with about as many characters in one embedded font."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from jinan_desk.core.workflow import Stage
from jinan_desk.measures import find
from jinan_desk.services.demo import APPROVER, CLERK, REVIEWER, SECOND_REVIEWER, Clock
from tests.bench.office import scratch_desk
from tests.bench.timing import Pair, side_by_side

_WAY = (
    (Stage.RECEIVED, CLERK),
    (Stage.ACCEPTED, CLERK),
    (Stage.FIRST_REVIEW, REVIEWER),
    (Stage.SECOND_REVIEW, SECOND_REVIEWER),
    (Stage.PUBLICITY, REVIEWER),
    (Stage.APPROVED, APPROVER),
)
_LINE = "经审核，你单位符合稳岗返还条件，返还金额为人民币柒万玖仟贰佰元整，请核对收款账户。"


def run() -> Iterator[Pair]:
    """The notice of an approved 06A case."""
    refund = find("06A")
    assert refund is not None
    clock = Clock(date(2020, 6, 10))
    with tempfile.TemporaryDirectory() as folder, scratch_desk(Path(folder) / "desk", clock) as desk:
        case = desk.cases.enter("06A", clock.day, refund[1].examples[0].facts).row.case
        for stage, account in _WAY:
            clock.day = clock.day.replace(month=7) if stage is Stage.APPROVED else clock.day
            desk.cases.advance(case, stage, account=account)
        pdfmetrics.registerFont(TTFont("song", str(desk.notices.font_file("song"))))

        def page() -> None:
            canvas = Canvas(str(Path(folder) / "raw.pdf"), pagesize=A4)
            canvas.setFont("song", 16)
            for number in range(20):
                canvas.drawString(80, 780 - 29 * number, _LINE[number % 10 : number % 10 + 28])
            canvas.save()

        yield side_by_side(
            "one grant notice printed",
            lambda: desk.notices.write(case, "notice", Path(folder) / "notice.pdf"),
            "raw canvas page",
            page,
            rounds=15,
        )
