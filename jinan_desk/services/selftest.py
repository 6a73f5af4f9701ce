"""What a program must be able to do wherever it was installed or frozen: find its measures, keep a case, print it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.measures import programmes
from jinan_desk.resources import articles
from jinan_desk.services.demo import DISTRICT
from jinan_desk.services.desk import Desk


def run(
    found: Callable[..., str], open_desk: Callable[..., AbstractContextManager[Desk]], directory: Path
) -> None:
    """Try it all in an empty directory. Raises DeskError naming the first thing that does not work."""
    if {measure.article for measure, _ in programmes()} - {article.number for article in articles()}:
        raise DeskError(Sentence(N_("政策措施与条文不一致，程序不完整")))
    found(directory, DISTRICT)
    with open_desk(directory, DISTRICT.name) as desk:
        for _, programme in programmes():
            example = programme.examples[0]
            desk.cases.enter(programme.code, date.fromisoformat(example.on), example.facts)
        for row in desk.cases.all():
            for notice in desk.notices.available(row.case):
                printed = desk.notices.write(row.case, notice.key, directory / f"{notice.key}.pdf")
                if printed.remarks:
                    raise DeskError(printed.remarks[0])
        problems = desk.check()
        if problems:
            raise DeskError(problems[0])
