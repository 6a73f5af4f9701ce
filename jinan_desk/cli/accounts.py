"""Commands on accounts and the access log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from jinan_desk.cli.answer import say, show_code
from jinan_desk.cli.command import OUT, account_option, desk, pass_outfit
from jinan_desk.cli.outfit import NEW_PASSWORD, PASSWORD, Outfit
from jinan_desk.core.text import N_, Sentence


@desk.group()
def accounts() -> None:
    """账号：谁可以办理什么。每个命令都用 --account 写明管理员（或本人）姓名。

    密码当面输入；脚本中可放在环境变量 JINAN_DESK_PASSWORD（新密码为 JINAN_DESK_NEW_PASSWORD，恢复码为
    JINAN_DESK_RECOVERY_CODE）。
    """


_role_option = click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="角色",
    help="clerk 经办员、reviewer 审核员、approver 审批员、administrator 管理员；可写几次",
)


@accounts.command("list")
@account_option
@pass_outfit
def accounts_list(outfit: Outfit) -> None:
    """列出账号和角色。"""
    with outfit.desk() as opened:
        found = opened.accounts.all()
    say([one.sentence() for one in found] or [Sentence(N_("这里尚未启用账号"))], outfit.translate)


@accounts.command("begin")
@click.argument("name")
@pass_outfit
def accounts_begin(outfit: Outfit, name: str) -> None:
    """在已有的数据目录启用账号：NAME 成为首位管理员；显示一次恢复码。旧的密钥文件随即作废。"""
    password = outfit.new_password(name, PASSWORD)
    with outfit.desk() as opened:
        code = opened.accounts.begin(name, password)
    show_code(code, outfit.translate)


@accounts.command("add")
@click.argument("name")
@_role_option
@account_option
@pass_outfit
def accounts_add(outfit: Outfit, name: str, roles: tuple[str, ...]) -> None:
    """增加账号 NAME。"""
    given = _roles(roles)

    def add(accounts: Any) -> Any:
        return accounts.add(name, given, outfit.new_password(name, NEW_PASSWORD))

    _change_account(outfit, add)


@accounts.command("roles")
@click.argument("name")
@_role_option
@account_option
@pass_outfit
def accounts_roles(outfit: Outfit, name: str, roles: tuple[str, ...]) -> None:
    """更改账号 NAME 的角色：此后只有写明的这些。"""
    _change_account(outfit, lambda accounts: accounts.set_roles(name, _roles(roles)))


@accounts.command("disable")
@click.argument("name")
@account_option
@pass_outfit
def accounts_disable(outfit: Outfit, name: str) -> None:
    """停用账号 NAME；其办理过的记录不变。"""
    _change_account(outfit, lambda accounts: accounts.disable(name))


@accounts.command("enable")
@click.argument("name")
@account_option
@pass_outfit
def accounts_enable(outfit: Outfit, name: str) -> None:
    """恢复停用的账号 NAME，另设密码。"""
    _change_account(outfit, lambda accounts: accounts.enable(name, outfit.new_password(name, NEW_PASSWORD)))


@accounts.command("password")
@click.argument("name", required=False)
@account_option
@pass_outfit
def accounts_password(outfit: Outfit, name: str | None) -> None:
    """更改本人的密码；管理员写 NAME 则为其重设密码，本人下次登录时再改成自己的。"""
    from jinan_desk.services.arrival import GivenPasswordError

    old = outfit.own_password()
    whose = name or outfit.account
    try:
        with outfit.open_desk(outfit.data_dir, outfit.account, old, translate=outfit.translate) as opened:
            new = outfit.new_password(whose, NEW_PASSWORD)
            if whose == outfit.account:
                opened.accounts.change_password(old, new)
            else:
                opened.accounts.reset(whose, new)
    except GivenPasswordError:
        if whose != outfit.account:
            raise
        new = outfit.new_password(whose, NEW_PASSWORD)
        with outfit.open_desk(outfit.data_dir, outfit.account, old, new, translate=outfit.translate):
            pass
    click.echo(Sentence(N_("{name} 的密码已更改"), name=whose).read(outfit.translate))


@accounts.command("recover")
@click.argument("name")
@pass_outfit
def accounts_recover(outfit: Outfit, name: str) -> None:
    """管理员都忘记密码时：凭恢复码为管理员 NAME 设新密码，并换一个恢复码。"""
    code = outfit.recovery_code()
    show_code(outfit.recover(outfit.data_dir, code, name, outfit.new_password(name, NEW_PASSWORD)), outfit.translate)


@accounts.command("recovery-code")
@account_option
@pass_outfit
def accounts_recovery_code(outfit: Outfit) -> None:
    """换一个恢复码，显示一次；旧的随即作废。"""
    with outfit.desk() as opened:
        code = opened.accounts.new_code()
    show_code(code, outfit.translate)


@accounts.command("rekey")
@account_option
@pass_outfit
def accounts_rekey(outfit: Outfit) -> None:
    """更换数据密钥，全部数据重新加密：有人离开、U 盘丢失之后用。各人的密码不变。"""
    with outfit.desk() as opened:
        opened.accounts.rekey()
    click.echo(outfit.translate(N_("数据密钥已更换，各人的密码和恢复码不变")))


def _change_account(outfit: Outfit, change: Callable[[Any], Any]) -> None:
    with outfit.desk() as opened:
        changed = change(opened.accounts)
    say([changed.sentence()], outfit.translate)


def _roles(words: Sequence[str]) -> Any:
    from jinan_desk.services.accounts import role_named

    return frozenset(map(role_named, words))


@desk.group()
def access() -> None:
    """访问记录：谁在何时登录、查看、印制、导出。只有管理员可以看。"""


_of_options = (
    click.option("--of", default="", metavar="姓名", help="只列某一账号的"),
    click.option("--action", default="", metavar="操作", help="只列某一操作，例如 print；写错时列出可用的"),
    click.option("--since", metavar="日期", help="自哪一天起，例如 2020-03-20"),
    click.option("--until", metavar="日期", help="到哪一天止"),
)


def _of_the_log(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose lines of the log."""
    for option in reversed(_of_options):
        command = option(command)
    return command


@access.command("list")
@_of_the_log
@click.option("--limit", default=200, metavar="行数", help="最多列几行，默认 200")
@account_option
@pass_outfit
def access_list(outfit: Outfit, /, limit: int, **chosen: str | None) -> None:
    """列出访问记录，新的在前。"""
    from jinan_desk.services.access import sentence_of

    with outfit.desk() as opened:
        lines = opened.access.page(_wanted(chosen), limit=limit)
    say([sentence_of(line) for line in lines] or [Sentence(N_("没有符合条件的记录"))], outfit.translate)


@access.command("export")
@click.argument("output", type=OUT)
@_of_the_log
@account_option
@pass_outfit
def access_export(outfit: Outfit, /, output: Path, **chosen: str | None) -> None:
    """把访问记录导出为工作簿 OUTPUT.xlsx；导出本身也记录在内。"""
    with outfit.desk() as opened:
        count = opened.access.export(output, _wanted(chosen), translate=outfit.translate)
    say([Sentence(N_("访问记录 {count} 条，已存到 {path}"), count=count, path=str(output))], outfit.translate)


def _wanted(chosen: dict[str, str | None]) -> Any:
    from jinan_desk.services.access import Wanted, action_named
    from jinan_desk.services.records import day_named

    action = chosen["action"]
    return Wanted(
        account=chosen["of"] or "",
        action=action_named(action) if action else None,
        first=day_named(chosen["since"]),
        last=day_named(chosen["until"]),
    )
