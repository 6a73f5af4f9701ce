"""Commands that make paper and ledgers, and tell of paper that was made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from jinan_desk.cli.answer import FAILED, OK, say
from jinan_desk.cli.command import OUT, PLACE, account_option, desk, pass_outfit
from jinan_desk.cli.outfit import Outfit
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.file import placing


@desk.command("print")
@click.argument("case", nargs=-1)
@click.option(
    "--form",
    "forms_",
    required=True,
    multiple=True,
    metavar="文书",
    help="application、approval、notice 等，可写几次；写错时列出可用的",
)
@click.option("--output", required=True, type=PLACE, metavar="文件", help="X.pdf 或 X.xlsx；--separate 时为文件夹")
@click.option("--separate", is_flag=True, help="每个办件一个文件，存入文件夹")
@click.option("--programme", default="", metavar="编号", help="不写 CASE 时：印某一事项的全部")
@click.option("--stage", default="", metavar="阶段", help="不写 CASE 时：印某一阶段的全部")
@click.option("--text", default="", metavar="文字", help="不写 CASE 时：印查到的全部")
@click.option("--draft", is_flag=True, help="只看样，不编文号，不记录")
@account_option
@pass_outfit
def print_(
    outfit: Outfit,
    case: tuple[str, ...],
    forms_: tuple[str, ...],
    output: Path,
    *,
    separate: bool,
    draft: bool,
    programme: str,
    stage: str,
    text: str,
) -> None:
    """打印文书，存为 PDF 或 Excel：CASE 是一个或几个事项；外发的文书编文号，并记下何时由谁印制。"""
    from jinan_desk.services.access import Action

    with outfit.desk() as opened:
        cases = [opened.cases.find(one).case for one in case] or _chosen_cases(opened, programme, stage, text)
        if separate or len(cases) != 1 or len(forms_) != 1:
            if draft:
                raise DeskError(Sentence(N_("--draft 每次只能看一个办件的一种文书")))
            batch = opened.notices.issue_all(cases, forms_, output, separate=separate)
            say(batch.sentences(), outfit.translate)
            return
        (form,) = forms_
        if draft:  # a file that is taken away, though no official paper
            with placing(output) as fresh:
                printed = opened.notices.write(cases[0], form, fresh)
                opened.access.note(Action.PRINT, f"{form} draft")
        else:
            printed = opened.notices.issue(cases[0], form, output)
    for remark in printed.remarks:
        click.echo(remark.read(outfit.translate), err=True)
    click.echo(Sentence(N_("已存到 {path}"), path=str(output)).read(outfit.translate))


def _chosen_cases(opened: Any, programme: str, stage: str, text: str) -> list[str]:
    """The cases of a filter. Raises DeskError where nothing at all was asked for."""
    from jinan_desk.services.cases import stage_named
    from jinan_desk.services.listing import CaseFilter

    if not (programme or stage or text):
        raise DeskError(Sentence(N_("请写明要印的办件，或用 --programme、--stage、--text 选定")))
    stages = (stage_named(stage).value,) if stage else ()
    return [row.case for row in opened.cases.all(CaseFilter(programme=programme, stages=stages, text=text))]


@desk.command()
@click.argument("case")
@pass_outfit
def prints(outfit: Outfit, case: str) -> None:
    """列出事项 CASE 印过哪些文书：何时、由谁、文号。"""
    with outfit.desk() as opened:
        before = opened.notices.before(opened.cases.find(case).case)
    say([one.sentence() for one in before] or [Sentence(N_("还没有印过文书"))], outfit.translate)


@desk.command()
@click.argument("code")
@pass_outfit
def verify(outfit: Outfit, code: str) -> None:
    """核对纸张页脚的校验码 CODE：是哪个办件，是不是最新版本。"""
    with outfit.desk() as opened:
        say(opened.verify(code), outfit.translate)


@desk.group()
def forms() -> None:
    """表样：检查写法，印出样张。"""


@forms.command("check")
@click.argument("file", type=PLACE, required=False)
@pass_outfit
def forms_check(outfit: Outfit, file: Path | None) -> int:
    """检查表样 FILE 有哪些写错的地方；不写 FILE 则检查数据目录和程序自带的全部表样。"""
    from jinan_desk.services.form_check import check_form, check_forms
    from jinan_desk.services.forms import Forms

    known = Forms(outfit.press(outfit.data_dir))
    count, faults = check_forms(known) if file is None else (1, check_form(file, known.fonts))
    say(faults or [Sentence(N_("{count} 个表样没有问题"), count=count)], outfit.translate)
    return FAILED if faults else OK


@forms.command("sample")
@click.argument("directory", type=PLACE)
@pass_outfit
def forms_sample(outfit: Outfit, directory: Path) -> None:
    """把每种文书按每个事项印出样张（PDF 和 Excel），内容有最短的和最长的，存入 DIRECTORY。"""
    from jinan_desk.services.form_samples import write_samples
    from jinan_desk.services.forms import Forms

    count = write_samples(Forms(outfit.press(outfit.data_dir)), directory)
    say([Sentence(N_("样张 {count} 份，已存到 {path}"), count=count, path=str(directory))], outfit.translate)


@desk.command()
@click.argument("output", type=OUT)
@pass_outfit
def ledger(outfit: Outfit, output: Path) -> None:
    """导出台账工作簿。"""
    with outfit.desk() as opened:
        say(opened.packages.ledger(output).sentences(), outfit.translate)


@desk.command("month-ledger")
@click.argument("month")
@click.argument("output", type=OUT)
@pass_outfit
def month_ledger(outfit: Outfit, month: str, output: Path) -> None:
    """导出某月（例如 2020-03）的服务记录台账：OUTPUT 为 .xlsx 是台账工作簿，为 .pdf 可打印签字。"""
    from jinan_desk.services.records import month_named

    with outfit.desk() as opened:
        if output.suffix.lower() == ".pdf":
            written = opened.records.month(month_named(month))
            opened.notices.write_month(written, output)
        else:
            written = opened.records.write_month(month_named(month), output)
    sentence = Sentence(N_("服务记录 {count} 件，已存到 {path}"), count=len(written.entries), path=str(output))
    say([sentence], outfit.translate)


@desk.command("own-data")
@click.argument("number")
@click.argument("output", type=OUT)
@account_option
@pass_outfit
def own_data(outfit: Outfit, number: str, output: Path) -> None:
    """印出所存某人的全部信息，交其本人：NUMBER 是身份证号码（写 - 则从键盘读取），OUTPUT 为 .pdf 或 .xlsx。"""
    with outfit.desk() as opened:
        file = opened.own_data.of(sys.stdin.readline() if number == "-" else number)
        printed = opened.notices.write_own_data(file, output, outfit.today())
    for remark in printed.remarks:
        click.echo(remark.read(outfit.translate), err=True)
    told = Sentence(N_("该人的信息见于 {count} 个办件，已存到 {path}"), count=len(file.kept), path=str(output))
    say([told], outfit.translate)
