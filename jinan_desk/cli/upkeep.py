"""Commands that look after the data, and after the program itself."""

from __future__ import annotations

from pathlib import Path

import click

from jinan_desk.cli.answer import FAILED, OK, say
from jinan_desk.cli.command import OUT, account_option, desk, pass_outfit
from jinan_desk.cli.outfit import Outfit
from jinan_desk.core.text import N_, Sentence


@desk.command()
@pass_outfit
def check(outfit: Outfit) -> int:
    """检查数据：查询列与历史版本是否一致；可以重建的予以重建，其余逐条列出。"""
    with outfit.desk() as opened:
        mended, left = opened.repair()
    say([Sentence(N_("已修复：{what}"), what=sentence) for sentence in mended], outfit.translate)
    say(left or [Sentence(N_("数据检查通过"))], outfit.translate)
    return FAILED if left else OK


@desk.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), required=False)
@pass_outfit
def backup(outfit: Outfit, directory: Path | None) -> None:
    """立即备份，存到 DIRECTORY（默认为数据目录中的 backup）。备份须用密钥文件 desk.key 才能打开，请另行妥善保管。"""
    with outfit.desk() as opened:
        made = opened.backups.make(directory)
        warnings = list(opened.backups.warnings())
    say([Sentence(N_("备份已校验，存到 {path}"), path=str(made.path)), *warnings], outfit.translate)


@desk.command()
@click.option(
    "--second",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="今后每次备份另存一份到此目录（如 U 盘）",
)
@pass_outfit
def backups(outfit: Outfit, second: Path | None) -> None:
    """列出数据目录中的备份，新的在前。"""
    if second is not None:
        with outfit.desk() as opened:
            opened.backups.set_second_folder(second)
            say(list(opened.backups.warnings()), outfit.translate)
    say(outfit.backups(outfit.data_dir), outfit.translate)


@desk.command()
@click.argument("file", type=OUT)
@click.option("--dry-run", is_flag=True, help="只报告将丢失什么，不恢复")
@click.option("--key", "key_file", type=OUT, metavar="文件", help="在新机器上恢复时所用的密钥文件 desk.key")
@click.option("--recovery-code", "by_code", is_flag=True, help="不用管理员的密码，而用恢复码")
@account_option
@pass_outfit
def restore(outfit: Outfit, /, *, file: Path, dry_run: bool, key_file: Path | None, by_code: bool) -> None:
    """用备份 FILE 恢复数据目录。现有数据保留在旁，另作备份。有账号时由管理员恢复，或使用恢复码。"""
    from jinan_desk.services.restoring import NO_PROOF, Proof

    proof = NO_PROOF
    if outfit.needs_proof(outfit.data_dir, file, key_file):
        if by_code:
            proof = Proof(outfit.account, code=outfit.recovery_code())
        else:
            proof = Proof(outfit.account, password=outfit.own_password())
    restored = outfit.restore(outfit.data_dir, file, key_file=key_file, proof=proof, dry_run=dry_run)
    say(restored, outfit.translate)


@desk.group()
def retention() -> None:
    """保存期限：列出到期的事项，由两人先后提议、确认销毁。"""


@retention.command("list")
@click.option("--money", type=int, metavar="年数", help="今后涉及资金的事项保存多少年（默认 10 年）")
@click.option("--service", type=int, metavar="年数", help="今后告知和服务记录保存多少年（默认 3 年）")
@account_option
@pass_outfit
def retention_list(outfit: Outfit, money: int | None, service: int | None) -> None:
    """列出超过保存期限的办件和待确认的销毁提议。"""
    with outfit.desk() as opened:
        kept = opened.retention
        years = kept.years() if money is None and service is None else kept.set_years(money=money, service=service)
        told = N_("办结后保存：涉及资金的 {money} 年，告知和服务记录 {service} 年（政策未规定，由本机构设定）")
        say([Sentence(told, money=years.money, service=years.service)], outfit.translate)
        due = [one.sentence() for one in kept.due()]
        say(due or [Sentence(N_("没有超过保存期限的办件"))], outfit.translate)
        say([one.sentence() for one in kept.proposed()], outfit.translate)


@retention.command("propose")
@click.argument("case", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="理由", help="为何销毁，将一直保留；不要写个人信息")
@account_option
@pass_outfit
def retention_propose(outfit: Outfit, case: tuple[str, ...], reason: str) -> None:
    """提议销毁超过保存期限的办件 CASE，由另一人确认。"""
    with outfit.desk() as opened:
        proposed = opened.retention.propose([opened.cases.find(one).case for one in case], reason)
    say([one.sentence() for one in proposed], outfit.translate)


@retention.command("confirm")
@click.argument("number", nargs=-1, required=True, type=int)
@account_option
@pass_outfit
def retention_confirm(outfit: Outfit, number: tuple[int, ...]) -> None:
    """确认并执行编号为 NUMBER 的销毁提议；须由提议人以外的人办理，不可撤销。"""
    with outfit.desk() as opened:
        say(list(opened.retention.confirm(number).sentences()), outfit.translate)


@retention.command("withdraw")
@click.argument("number", type=int)
@account_option
@pass_outfit
def retention_withdraw(outfit: Outfit, number: int) -> None:
    """撤回编号为 NUMBER 的销毁提议。"""
    with outfit.desk() as opened:
        withdrawn = opened.retention.withdraw(number)
    say([Sentence(N_("已撤回：{what}"), what=withdrawn.sentence())], outfit.translate)


@desk.command()
@pass_outfit
def selftest(outfit: Outfit) -> None:
    """自检：政策措施齐全，能打开数据库，能印中文。"""
    outfit.selftest()
    click.echo(outfit.translate(N_("自检通过")))


@desk.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="文书、台账和数据包存放处"
)
@click.option("--no-window", is_flag=True, help="不打开窗口")
@pass_outfit
def demo(outfit: Outfit, out: Path | None, no_window: bool) -> None:
    """用虚构的事项演示：录入、审核、印制、导出、合并。"""
    outfit.run_demo(out, window=not no_window)


@desk.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--size", nargs=2, type=int, default=(1366, 768), metavar="宽 高", help="屏幕点数")
@click.option("--scale", type=float, metavar="倍数", help="缩放，例如 1.5")
@click.option("--dark", is_flag=True, help="深色")
@click.option("--all", "every", is_flag=True, help="每种语言、浅色和深色各一套；不写 --scale 时 100% 和 150% 都要")
@click.option("--manual", is_flag=True, help="只要使用手册里的图片，存成小文件")
@pass_outfit
def pictures(
    outfit: Outfit,
    /,
    *,
    directory: Path,
    size: tuple[int, int],
    scale: float | None,
    dark: bool,
    every: bool,
    manual: bool,
) -> None:
    """把演示数据的窗口和文书存成图片。"""
    if manual:
        count = outfit.take_manual_pictures(directory)
    else:
        count = outfit.take_pictures(
            directory,
            size=size,
            scale=scale,
            dark=dark,
            every=every,
            translate=outfit.translate,
            language=outfit.language,
        )
    click.echo(Sentence(N_("{count} 张图片已存到 {path}"), count=count, path=str(directory)).read(outfit.translate))
