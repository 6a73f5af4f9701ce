"""Commands between offices: packages, receipts, enrolment, conflicts, passing cases on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinan_desk.cli.answer import FAILED, OK, line, say, show_row
from jinan_desk.cli.command import OUT, account_option, desk, pass_outfit
from jinan_desk.cli.outfit import Outfit, somebody_types
from jinan_desk.core.text import N_, Sentence, Translate
from jinan_desk.errors import DeskError

if TYPE_CHECKING:
    from jinan_desk.services.desk import Desk
    from jinan_desk.services.packages import Package

PASSWORD_VARIABLE = "JINAN_DESK_PACKAGE_PASSWORD"  # noqa: S105  (the name of a variable)


@desk.command()
@click.argument("output", type=OUT)
@click.option("--all", "everything", is_flag=True, help="导出全部，而不只是对方尚未确认收到的")
@click.option("--to", default="", metavar="机构", help="只给某一往来机构：其代码或指纹开头几位")
@click.option("--no-password", "unlocked", default="", metavar="原因", help="不设密码，并写明原因，将记录在案")
@account_option
@pass_outfit
def export(outfit: Outfit, output: Path, *, everything: bool, to: str, unlocked: str) -> None:
    """导出数据包（签名、加密的 Excel 工作簿），交上级或其他机构合并。密码在提示后输入，或由环境变量给出。"""
    password = "" if unlocked else _password(outfit.translate, N_("数据包密码"), confirm=True)
    with outfit.desk() as opened:
        written = opened.packages.export(output, password=password, unlocked=unlocked, to=to, everything=everything)
    say(list(written.sentences()), outfit.translate)


@desk.command()
@click.argument("package", type=OUT)
@click.option("--dry-run", is_flag=True, help="只检查并报告，不合并")
@click.option("--trust", default="", metavar="指纹", help="首次往来：与对方电话核对后的公钥指纹")
@click.option("--receipt", type=OUT, metavar="文件", help="回执存到何处；默认在数据包旁")
@account_option
@pass_outfit
def merge(outfit: Outfit, package: Path, *, dry_run: bool, trust: str, receipt: Path | None) -> None:
    """检查并合并另一机构的数据包，写出回执。有密码的，在提示后输入，或由环境变量给出。"""
    with outfit.desk() as opened:
        read = _read_package(outfit, opened, package, trust)
        if dry_run:
            say(list(opened.packages.look(read).sentences()), outfit.translate)
            return
        report = opened.packages.take(read, trust=trust)
        say(list(report.sentences()), outfit.translate)
        if report.fingerprint != opened.packages.fingerprint():
            place = receipt or package.with_name(opened.receipts.name(report.digest))
            try:
                say([opened.receipts.write(place, report.digest)], outfit.translate)
            except DeskError as error:  # the package is merged all the same; a stick may be write-protected
                click.echo(error.read(outfit.translate), err=True)


def _password(translate: Translate, prompt: str, *, confirm: bool) -> str:
    """From the environment, or asked for without an echo. Raises DeskError where nobody can be asked."""
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if given:
        return given
    if not somebody_types():
        told = N_("请给出数据包密码：在终端中按提示输入，或用环境变量 {variable} 给出")
        raise DeskError(Sentence(told, variable=PASSWORD_VARIABLE))
    again = translate(N_("再输入一次")) if confirm else False
    return str(click.prompt(translate(prompt), hide_input=True, confirmation_prompt=again, err=True))


def _read_package(outfit: Outfit, opened: Desk, path: Path, trust: str = "") -> Package:
    """The verified package at the path; a password is asked for where it has one."""
    from jinan_desk.services.packages import is_locked

    password = _password(outfit.translate, N_("数据包密码"), confirm=False) if is_locked(path) else ""
    return opened.packages.read(path, password=password, trust=trust)


@desk.command()
@click.argument("package", type=OUT)
@click.option("--cell", "cells", multiple=True, metavar="工作表!单元格", help="采纳哪些改动；不写则只列出")
@click.option("--all", "everything", is_flag=True, help="采纳所有能采纳的改动")
@account_option
@pass_outfit
def correct(outfit: Outfit, package: Path, *, cells: tuple[str, ...], everything: bool) -> None:
    """列出数据包 PACKAGE 中被手工改动的单元格，并把选定的采纳为更正，记入有关事项。"""
    with outfit.desk() as opened:
        read = _read_package(outfit, opened, package)
        offers = opened.corrections.offers(read)
        chosen = opened.corrections.choose(offers, None if everything else cells)
        taken = opened.corrections.take(read, chosen)
        say([offer.sentence() for offer in offers if offer not in chosen], outfit.translate)
        for view in taken:
            click.echo(line(view.row, outfit.translate))
    if not offers:
        say([Sentence(N_("没有被手工改动的单元格"))], outfit.translate)


@desk.group()
def receipt() -> None:
    """回执：写给对方，读对方写来的。"""


@receipt.command("write")
@click.argument("output", type=OUT)
@click.option("--package", default="", metavar="摘要", help="为哪个数据包：内容摘要的开头几位；默认为最近合并的")
@account_option
@pass_outfit
def receipt_write(outfit: Outfit, output: Path, package: str) -> None:
    """为已合并的数据包再写一份回执，存到 OUTPUT。"""
    with outfit.desk() as opened:
        say([opened.receipts.write(output, package)], outfit.translate)


@receipt.command("read")
@click.argument("file", type=OUT)
@account_option
@pass_outfit
def receipt_read(outfit: Outfit, file: Path) -> None:
    """读入对方的回执 FILE：对方收到了什么，拒收了什么。"""
    with outfit.desk() as opened:
        say(list(opened.receipts.read(file).sentences()), outfit.translate)


@desk.group()
def enrol() -> None:
    """往来机构：交换登记表，核对指纹，停用。"""


@enrol.command("write")
@click.argument("output", type=OUT)
@pass_outfit
def enrol_write(outfit: Outfit, output: Path) -> None:
    """写出本机构的登记表，存到 OUTPUT，交往来机构读入。"""
    with outfit.desk() as opened:
        say([opened.partners.write_enrolment(output)], outfit.translate)


@enrol.command("read")
@click.argument("file", type=OUT)
@click.option("--fingerprint", default="", metavar="指纹", help="对方在电话中报出的指纹；不写则只显示")
@click.option("--replace", is_flag=True, help="对方更换了机器：停用其原公钥")
@account_option
@pass_outfit
def enrol_read(outfit: Outfit, file: Path, *, fingerprint: str, replace: bool) -> None:
    """读入往来机构的登记表 FILE；指纹相符才登记。"""
    from jinan_desk.services.partners import claimed_level

    with outfit.desk() as opened:
        enrolment = opened.partners.read_enrolment(file)
        if fingerprint:
            partner = opened.partners.enrol(enrolment, fingerprint, replace=replace)
            say([Sentence(N_("已登记：{partner}"), partner=partner.sentence())], outfit.translate)
            return
        doubt = opened.partners.unfit(enrolment.public_key, enrolment.office)
        level = claimed_level(enrolment).sentence
        say([enrolment.sentence(), level, *filter(None, [doubt])], outfit.translate)


@enrol.command("list")
@pass_outfit
def enrol_list(outfit: Outfit) -> None:
    """列出登记过的往来机构。"""
    with outfit.desk() as opened:
        partners = opened.partners.all()
    say([partner.sentence() for partner in partners] or [Sentence(N_("还没有登记往来机构"))], outfit.translate)


@enrol.command("withdraw")
@click.argument("partner")
@click.option("--reason", required=True, metavar="理由", help="为何停用")
@account_option
@pass_outfit
def enrol_withdraw(outfit: Outfit, partner: str, reason: str) -> None:
    """停用往来机构 PARTNER（代码或指纹）：今后不再接收其文件，已收的不变。"""
    with outfit.desk() as opened:
        say([opened.partners.withdraw(partner, reason).sentence()], outfit.translate)


@desk.command()
@pass_outfit
def gaps(outfit: Outfit) -> int:
    """列出机构间往来中的问题：尚未收到的记录、重复的编号、被换旧的数据。"""
    with outfit.desk() as opened:
        wrong = list(opened.packages.troubles().sentences())
    say(wrong or [Sentence(N_("往来没有问题"))], outfit.translate)
    return FAILED if wrong else OK


@desk.group()
def conflicts() -> None:
    """冲突：两个机构同时改过的事项。"""


@conflicts.command("list")
@pass_outfit
def conflicts_list(outfit: Outfit) -> None:
    """列出有冲突的办件。"""
    with outfit.desk() as opened:
        rows = list(opened.conflicts.all())
    for row in rows:
        show_row(row, False, outfit.translate)
    if not rows:
        say([Sentence(N_("没有冲突"))], outfit.translate)


@conflicts.command("show")
@click.argument("case")
@pass_outfit
def conflicts_show(outfit: Outfit, case: str) -> None:
    """并列显示事项 CASE 的几个版本有哪些不同；只有一方改过的，标出拟采用的版本。"""
    from jinan_desk.services.access import Action

    with outfit.desk() as opened:
        conflict = opened.conflicts.view(opened.cases.find(case).case)
        if conflict.is_private:  # whole numbers of people are shown
            opened.access.note(Action.UNMASK, conflict.row.number or conflict.row.case[:8])
    say([version.sentence() for version in conflict.versions], outfit.translate)
    say([line for difference in conflict.differences for line in difference.sentences()], outfit.translate)


@conflicts.command("settle")
@click.argument("case")
@click.option("--take", metavar="版本", help="整份采用一个版本：A、B，或机构代码")
@click.option("--field", "fields", multiple=True, metavar="项=版本", help="逐项选定，例如 dismissed=B；项名见 show")
@click.option("--reason", required=True, metavar="理由", help="为何这样处理，将记入该办件")
@click.option("--undo", is_flag=True, help="确认撤销另一版本已作出的审批或拨付")
@click.option("--dry-run", is_flag=True, help="只看处理后的结果，不保存")
@account_option
@pass_outfit
def conflicts_settle(
    outfit: Outfit,
    /,
    *,
    case: str,
    take: str | None,
    fields: tuple[str, ...],
    reason: str,
    undo: bool,
    dry_run: bool,
) -> None:
    """处理事项 CASE 的冲突：整份采用一个版本，或逐项选定；没有写的项采用拟采用的版本。"""
    with outfit.desk() as opened:
        conflict = opened.conflicts.view(opened.cases.find(case).case)
        choices = {name: conflict.side_named(word) for name, _, word in (one.partition("=") for one in fields)}
        whole = conflict.side_named(take) if take else None
        settlement = opened.conflicts.preview(conflict.row.case, choices, whole=whole)
        say(list(settlement.sentences()), outfit.translate)
        if not dry_run:
            view = opened.conflicts.settle(
                conflict.row.case, choices, whole=whole, reason=reason, undo=undo, heads=conflict.heads
            )
            click.echo(line(view.row, outfit.translate))


@desk.command("hand-over")
@click.argument("case")
@click.argument("office", required=False)
@click.option("--reason", default="", metavar="理由", help="从其他机构调取时须写明")
@account_option
@pass_outfit
def hand_over(outfit: Outfit, case: str, office: str | None, reason: str) -> None:
    """把事项 CASE 移交机构代码为 OFFICE 的机构办理：上报或下转；不写 OFFICE 则列出可以移交的机构。"""
    with outfit.desk() as opened:
        found = opened.cases.find(case).case
        if office is None:
            offered = [passing.line() for passing in opened.holding.passings(found)]
            say(offered or [Sentence(N_("该办件目前不能移交其他机构"))], outfit.translate)
            return
        view = opened.holding.hand_over(found, office, reason=reason)
    click.echo(line(view.row, outfit.translate))
