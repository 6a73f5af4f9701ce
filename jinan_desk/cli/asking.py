"""Commands that only ask: determinations, what can be asked for, who fits which programme."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from jinan_desk.cli.answer import FAILED, OK, say, write_json
from jinan_desk.cli.command import OUT, desk, json_option, pass_outfit
from jinan_desk.cli.outfit import Outfit
from jinan_desk.core.text import N_, Sentence


@desk.command()
@click.argument("file", type=click.File("rb"), default="-")
def evaluate(file: IO[bytes]) -> int:
    """逐行读取 JSON 格式的事项，逐行给出认定结果。"""
    from jinan_desk.services.evaluation import evaluate_lines

    status = OK
    for answer in evaluate_lines(file):
        write_json(answer)
        if "error" in answer:
            status = FAILED
    return status


@desk.command()
@json_option
@pass_outfit
def measures(outfit: Outfit, as_json: bool) -> None:
    """列出条款、事项、填报内容和政策参数。"""
    from jinan_desk.services.evaluation import describe

    described = describe(outfit.translate)
    if as_json:
        write_json(described, indent=2)
        return
    for measure in described:
        for programme in measure["programmes"]:
            click.echo(f"{measure['article']:>2}  {programme['code']}  {programme['name']}")


@desk.command("match")
@click.argument("file", type=OUT)
@click.option("--output", required=True, type=OUT, metavar="文件", help="结果工作簿 OUT.xlsx")
@click.option("--on", metavar="日期", help="按哪一天的政策判断，例如 2020-03-20；默认今日")
@pass_outfit
def match_(outfit: Outfit, file: Path, output: Path, on: str | None) -> None:
    """政策找人：FILE 是单位或个人名单，列名为填报内容的名称或代码；逐个判断符合、可能符合和不符合哪些事项。"""
    from jinan_desk.services.outreach import match_workbook
    from jinan_desk.services.records import day_named

    with click.progressbar(length=1, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        report = match_workbook(
            file,
            output,
            on=day_named(on) or outfit.today(),
            parameters=outfit.parameters(outfit.data_dir, outfit.account, outfit.password()),
            translate=outfit.translate,
            progress=show,
        )
    say([*report.sentences(), Sentence(N_("已存到 {path}"), path=str(output))], outfit.translate)
