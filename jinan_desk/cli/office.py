"""Commands on what holds for the whole office: founding it, its parameter values, funds and working days."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jinan_desk.cli.answer import say, show_code
from jinan_desk.cli.command import OUT, account_option, desk, pass_outfit
from jinan_desk.cli.outfit import PASSWORD, Outfit
from jinan_desk.core.text import N_, Sentence, Translate

_AT_ONCE = 500


@desk.command()
@click.option("--code", required=True, metavar="代码", help="机构代码，例如 370102")
@click.option("--name", required=True, metavar="名称", help="机构全称")
@click.option("--prefix", required=True, metavar="字头", help="文号字头，例如 济历下人社受")
@click.option("--level", type=click.Choice(["street", "district", "city"]), default="district", help="层级")
@click.option("--phone", default="", metavar="电话", help="联系电话，印在通知书上")
@click.option("--address", default="", metavar="地址", help="办公地址，印在通知书上")
@click.option("--head", default="", metavar="姓名", help="机构负责人，印在负责人签字处")
@click.option("--handler", default="", metavar="姓名", help="经办人姓名")
@click.option("--administrator", default="", metavar="姓名", help="启用账号：首位管理员，将询问其密码")
@pass_outfit
def init(
    outfit: Outfit,
    /,
    *,
    code: str,
    name: str,
    prefix: str,
    level: str,
    phone: str,
    address: str,
    head: str,
    handler: str,
    administrator: str,
) -> None:
    """建立数据目录和经办机构；有 --administrator 时启用账号，并显示一次恢复码。"""
    from jinan_desk.services.office import Level, Office

    office = Office(
        code=code, name=name, prefix=prefix, level=Level(level), phone=phone, address=address, head=head.strip()
    )
    if not administrator:
        outfit.found(outfit.data_dir, office, handler)
        click.echo(outfit.translate(N_("已建立数据目录")))
        return
    password = outfit.new_password(administrator, PASSWORD)
    recovery = outfit.found(outfit.data_dir, office, handler, administrator=administrator, password=password)
    click.echo(outfit.translate(N_("已建立数据目录")))
    show_code(recovery, outfit.translate)


@desk.command()
@click.argument("key")
@click.argument("value")
@click.option("--since", required=True, metavar="日期", help="自哪一天起执行，例如 2019-12-01")
@click.option("--source", required=True, metavar="文件", help="依据的文件")
@click.option("--propose", is_flag=True, help="只提出，由另一人用 proposals --confirm 确认后才执行")
@account_option
@pass_outfit
def parameter(outfit: Outfit, /, *, key: str, value: str, since: str, source: str, propose: bool) -> None:
    """录入本机构的政策参数，例如 average_unemployment_benefit 1503.40。

    在命令行录入即执行，并记为“一人录入”，供批量设置使用；加 --propose 则须由另一人确认。
    """
    with outfit.desk() as opened:
        if propose:
            say([opened.proposals.propose(key, value, since=since, source=source).sentence()], outfit.translate)
            return
        added = opened.proposals.enter(key, value, since=since, source=source)
    click.echo(Sentence(N_("已录入：{label}"), label=Sentence(added.parameter.label)).read(outfit.translate))


@desk.command()
@click.option("--confirm", type=int, metavar="编号", help="确认由另一人提出的数值，自此执行")
@click.option("--withdraw", type=int, metavar="编号", help="撤回尚未确认的数值，须写明 --reason")
@click.option("--reason", default="", metavar="原因", help="撤回的原因")
@click.option("--effect", type=int, metavar="编号", help="列出因这一数值而结果不同的办件和金额")
@click.option("--output", type=OUT, metavar="文件", help="把 --effect 的清单另存为 OUT.xlsx")
@account_option
@pass_outfit
def proposals(
    outfit: Outfit,
    /,
    *,
    confirm: int | None,
    withdraw: int | None,
    reason: str,
    effect: int | None,
    output: Path | None,
) -> None:
    """列出本机构的政策参数：待确认的、已确认的和已撤回的。"""
    with outfit.desk() as opened:
        if effect is not None:
            _show_effects(opened, effect, output, outfit.translate)
            return
        done = []
        if confirm is not None:
            done = [opened.proposals.confirm(confirm)]
        elif withdraw is not None:
            done = [opened.proposals.withdraw(withdraw, reason)]
        say([one.sentence() for one in done or opened.proposals.all()], outfit.translate)


def _show_effects(opened: Any, number: int, output: Path | None, translate: Translate) -> None:
    """The cases that would come out differently, one a line, and the sums."""
    proposal = opened.proposals.find(number)
    reckoning = opened.effects(proposal.parameter, proposal.dated)
    while not reckoning.finished:
        reckoning.more(_AT_ONCE)
    say([one.sentence() for one in (*reckoning.effects, *reckoning.sums())], translate)
    if output is not None:
        reckoning.write(output, translate)
        say([Sentence(N_("已存到 {path}"), path=str(output))], translate)


@desk.command()
@click.option("--year", type=int, metavar="年度", help="哪一年；默认今年")
@click.option("--budget", metavar="金额", help="录入下达的预算（元），同时写明 --fund 和 --source")
@click.option("--cut", metavar="金额", help="录入调减的预算（元）")
@click.option("--recovered", metavar="金额", help="录入追回到账的金额（元）")
@click.option("--fund", default="", metavar="资金", help="资金名称或其开头，例如 就业补助资金")
@click.option("--source", default="", metavar="文件", help="依据的文件")
@click.option("--entries", is_flag=True, help="列出录入的每一笔")
@click.option("--output", type=OUT, metavar="文件", help="另存为工作簿 OUT.xlsx")
@account_option
@pass_outfit
def funds(
    outfit: Outfit,
    /,
    *,
    year: int | None,
    budget: str | None,
    cut: str | None,
    recovered: str | None,
    fund: str,
    source: str,
    entries: bool,
    output: Path | None,
) -> None:
    """资金台账：各项资金某一年度的预算、已审批、已拨付、追回和结余；录入预算。"""
    from jinan_desk.services.funds import Entry, fund_named

    given = [(Entry.BUDGET, budget), (Entry.CUT, cut), (Entry.RECOVERED, recovered)]
    with outfit.desk() as opened:
        chosen = year or outfit.today().year
        for kind, amount in given:
            if amount is not None:
                opened.funds.enter(kind, fund_named(fund), chosen, amount=amount, source=source)
        listed = [e for e in opened.funds.entries() if e.year == chosen] if entries else opened.funds.ledger(chosen)
        say([one.sentence() for one in listed], outfit.translate)
        if output is not None:
            opened.funds.write(chosen, output, outfit.translate)
            say([Sentence(N_("已存到 {path}"), path=str(output))], outfit.translate)


@desk.command()
@click.argument("file", type=OUT, required=False)
@click.option("--source", default="", metavar="文号", help="依据的通知，例如 国办发明电〔2019〕16号")
@click.option("--dry-run", is_flag=True, help="只检查并列出，不导入")
@click.option("--year", type=int, metavar="年份", help="列出哪一年；默认今年和明年")
@account_option
@pass_outfit
def workdays(outfit: Outfit, /, *, file: Path | None, source: str, dry_run: bool, year: int | None) -> None:
    """列出节假日和调休上班日，或导入新一年的安排 FILE（xlsx、csv：日期、安排两列，安排写 放假 或 上班）。"""
    with outfit.desk() as opened:
        if file is not None:
            plan = opened.workdays.inspect(file)
            say(list(plan.sentences()), outfit.translate)
            if not dry_run:
                say([opened.workdays.take(plan, source).sentence()], outfit.translate)
            return
        this = outfit.today().year
        say([opened.workdays.year(one).sentence() for one in ([year] if year else [this, this + 1])], outfit.translate)
        say([one.sentence() for one in opened.workdays.imports()], outfit.translate)
