"""The headless desk: one command a use case. Messages in Chinese, keys and JSON in English.

A command parses its arguments, calls a service and prints. What stands behind the services is handed in as an `Outfit`,
so that this module knows neither the store nor the window; imports that only one command needs stand inside it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

import click

from jinan_desk import __version__
from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.text import N_, Sentence, Translate, chinese
from jinan_desk.errors import DeskError
from jinan_desk.i18n import CHINESE

OK, FAILED = 0, 1
_AT_ONCE = 500
PASSWORD, NEW_PASSWORD = "JINAN_DESK_PASSWORD", "JINAN_DESK_NEW_PASSWORD"
RECOVERY_CODE = "JINAN_DESK_RECOVERY_CODE"


@dataclass(slots=True)
class Outfit:
    """What the composition root hands in, and where the person wants to work."""

    open_desk: Callable[..., AbstractContextManager[Any]]
    found: Callable[..., str]
    show_window: Callable[..., int]
    run_demo: Callable[..., None]
    selftest: Callable[..., None]
    take_pictures: Callable[..., int]
    take_manual_pictures: Callable[[Path], int]
    report_crash: Callable[[BaseException], Path]
    translator: Callable[[str], Translate]
    parameters: Callable[[Path | None, str, str], ParameterSet]
    press: Callable[[Path | None], Any]
    backups: Callable[[Path | None], list[Sentence]]
    restore: Callable[..., list[Sentence]]
    protected: Callable[[Path | None], bool]
    needs_proof: Callable[[Path | None, Path, Path | None], bool]
    recover: Callable[[Path | None, str, str, str], str]
    today: Callable[[], date] = date.today
    translate: Translate = chinese
    language: str = CHINESE
    data_dir: Path | None = None
    account: str = ""

    def desk(self) -> AbstractContextManager[Any]:
        """Open the store of the chosen data directory as the chosen handler, who is asked for the password where the
        store has accounts."""
        return self.open_desk(self.data_dir, self.account, self.password(), translate=self.translate)

    def password(self) -> str:
        """The handler's password, "" where the store has no accounts."""
        return self.own_password() if self.protected(self.data_dir) else ""

    def own_password(self) -> str:
        """The handler's password. Raises DeskError where nobody is named."""
        if not self.account:
            raise DeskError(Sentence(N_("请写明姓名：--account 姓名")))
        return self.secret(Sentence(N_("{name} 的密码"), name=self.account), PASSWORD)

    def recovery_code(self) -> str:
        """The recovery code; shown while it is typed, since nobody types 32 characters blindly."""
        return self.secret(Sentence(N_("恢复码")), RECOVERY_CODE, hidden=False)

    def new_password(self, name: str, variable: str) -> str:
        """A password that is to hold from now on. Raises DeskError where it was not typed the same twice."""
        given = self.secret(Sentence(N_("{name} 的新密码"), name=name), variable)
        if variable not in os.environ and given != self.secret(Sentence(N_("再输一遍")), variable):
            raise DeskError(Sentence(N_("两次输入的密码不一致，没有改动")))
        return given

    def secret(self, what: Sentence, variable: str, *, hidden: bool = True) -> str:
        """What nobody else is to read: of the environment, or typed, without being shown where it is a password."""
        given = os.environ.get(variable)
        if given is not None:
            return given
        if not _somebody_types():
            raise DeskError(Sentence(N_("请在终端里输入密码或恢复码，或设置环境变量 {variable}"), variable=variable))
        return str(click.prompt(what.read(self.translate), hide_input=hidden, err=True))


def run(arguments: Sequence[str], outfit: Outfit) -> int:
    """Run one command and answer its exit status: 0, or 1 with one sentence on standard error; never a traceback."""
    _speak_utf8()
    try:
        status = desk.main(list(arguments), prog_name="jinan-desk", standalone_mode=False, obj=outfit)
    except DeskError as error:
        return _fail(error.read(outfit.translate))
    except click.exceptions.Exit as leave:
        return int(leave.exit_code)
    except click.Abort:
        return _fail(outfit.translate(N_("已取消，没有改动")))
    except click.ClickException as error:
        return _fail(_misuse(error, outfit.translate))
    except BrokenPipeError:
        return FAILED
    except Exception as error:  # noqa: BLE001  (the edge: a bug is reported, not shown)
        report = str(outfit.report_crash(error))
        return _fail(Sentence(N_("程序出现错误，错误报告已存到 {path}"), path=report).read(outfit.translate))
    return status if isinstance(status, int) else OK


def _somebody_types() -> bool:
    """Whether there is a terminal: what is piped in is cases, and a password in it would be seen."""
    return sys.stdin.isatty()


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _fail(sentence: str) -> int:
    click.echo(sentence, err=True)
    return FAILED


def _misuse(error: click.ClickException, translate: Translate) -> str:
    """Click's own complaints, in the person's language."""
    if isinstance(error, click.NoSuchOption):
        sentence = Sentence(N_("没有选项 {name}；用 --help 查看用法"), name=error.option_name)
    elif isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else "?"
        sentence = Sentence(N_("缺少 {name}；用 --help 查看用法"), name=name)
    elif isinstance(error, click.BadParameter) and error.param is not None and isinstance(error.param.type, click.File):
        sentence = Sentence(N_("打不开文件：{message}"), message=error.message)
    elif isinstance(error, click.BadParameter) and error.param is not None:
        sentence = Sentence(N_("{name} 的值不对；用 --help 查看用法"), name=error.param.human_readable_name)
    else:
        sentence = Sentence(N_("命令写法不对：{message}；用 --help 查看用法"), message=error.format_message())
    return sentence.read(translate)


class _Command(click.Command):
    """A command that takes `--data-dir` itself, too: it reads the same before and after the command's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_data_dir_option())


def _data_dir_option() -> click.Option:
    return click.Option(
        ["--data-dir"],
        type=click.Path(path_type=Path, file_okay=False),
        expose_value=False,
        callback=_take_data_dir,
        help="数据目录（默认为系统的用户数据目录）",
    )


def _take_data_dir(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.find_object(Outfit).data_dir = value  # type: ignore[union-attr]


class _Group(click.Group):
    command_class = _Command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None:
            raise DeskError(Sentence(N_("没有命令 {name}；用 --help 查看全部命令"), name=args[0]))
        return super().resolve_command(ctx, args)


_outfit = click.make_pass_decorator(Outfit)
_account_option = click.option("--account", "account", metavar="姓名", help="经办人姓名")
_json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")
_OUT = click.Path(path_type=Path, dir_okay=False)
_PLACE = click.Path(path_type=Path)


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@_account_option
@click.option("--language", default="", metavar="语言", help="界面语言：zh_CN 或 en")
@click.pass_context
def desk(context: click.Context, account: str | None, language: str) -> int | None:
    """济南市稳就业政策措施经办台（济政发〔2020〕1号）。不带命令时打开窗口。"""
    outfit: Outfit = context.obj
    outfit.account = account or outfit.account
    if language:
        outfit.translate, outfit.language = outfit.translator(language), language
    if context.invoked_subcommand is None:
        return outfit.show_window(outfit.data_dir, outfit.account, language)
    return None


desk.params.append(_data_dir_option())


# Asking -------------------------------------------------------------------------------------------------------------


@desk.command()
@click.argument("file", type=click.File("rb"), default="-")
def evaluate(file: IO[bytes]) -> int:
    """逐行读取 JSON 格式的事项，逐行给出认定结果。"""
    from jinan_desk.services.evaluation import evaluate_lines

    status = OK
    for answer in evaluate_lines(file):
        _write_json(answer)
        if "error" in answer:
            status = FAILED
    return status


@desk.command()
@_json_option
@_outfit
def measures(outfit: Outfit, as_json: bool) -> None:
    """列出条款、事项、填报内容和政策参数。"""
    from jinan_desk.services.evaluation import describe

    described = describe(outfit.translate)
    if as_json:
        _write_json(described, indent=2)
        return
    for measure in described:
        for programme in measure["programmes"]:
            click.echo(f"{measure['article']:>2}  {programme['code']}  {programme['name']}")


@desk.command("match")
@click.argument("file", type=_OUT)
@click.option("--output", required=True, type=_OUT, metavar="文件", help="结果工作簿 OUT.xlsx")
@click.option("--on", metavar="日期", help="按哪一天的政策判断，例如 2020-03-20；默认今日")
@_outfit
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
    _say([*report.sentences(), Sentence(N_("已存到 {path}"), path=str(output))], outfit.translate)


# Working ------------------------------------------------------------------------------------------------------------


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
@_outfit
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
    code = outfit.found(outfit.data_dir, office, handler, administrator=administrator, password=password)
    click.echo(outfit.translate(N_("已建立数据目录")))
    _show_code(code, outfit)


def _show_code(code: str, outfit: Outfit) -> None:
    """The only time that a recovery code is shown."""
    told = N_("恢复码（只显示这一次，请抄在纸上，封存于保险柜；管理员都忘记密码时只有它能打开数据）：")
    click.echo(outfit.translate(told))
    click.echo(code)


@desk.command()
@click.argument("file", type=click.File("rb"), default="-")
@_account_option
@_json_option
@_outfit
def enter(outfit: Outfit, file: IO[bytes], account: str | None, as_json: bool) -> None:
    """录入事项：每行一个 JSON 对象（programme、on、facts）。有一行不对则全部不录入。"""
    from jinan_desk.services.question import read_questions

    outfit.account = account or outfit.account
    questions = read_questions(file)
    with outfit.desk() as opened:
        for view in opened.cases.enter_all(questions):
            _show_row(view.row, as_json, outfit.translate)


@desk.command("list")
@click.option("--programme", metavar="编号", help="只列某一事项，例如 02B")
@click.option("--stage", metavar="阶段", help="只列某一阶段，例如 received")
@click.option("--text", default="", metavar="文字", help="按名称、身份证号、信用代码或文号查找")
@_json_option
@_outfit
def list_(outfit: Outfit, programme: str | None, stage: str | None, text: str, as_json: bool) -> None:
    """列出事项。"""
    from jinan_desk.services.cases import stage_named
    from jinan_desk.services.listing import CaseFilter

    wanted = CaseFilter(programme=programme or "", stages=(stage_named(stage).value,) if stage else (), text=text)
    with outfit.desk() as opened:
        for row in opened.cases.all(wanted):
            _show_row(row, as_json, outfit.translate)


@desk.command()
@click.argument("case")
@_json_option
@_outfit
def show(outfit: Outfit, case: str, as_json: bool) -> None:
    """显示一个事项：CASE 是文号、编号或其开头几位。"""
    from jinan_desk.core.record import CLOSING, FOLLOW_UPS
    from jinan_desk.services.access import Action

    with outfit.desk() as opened:
        view = opened.cases.view(opened.cases.find(case).case)
        history = opened.cases.history(view.row.case)
        if as_json:  # whole numbers of people among the facts
            opened.access.note(Action.UNMASK, view.row.number or view.row.case[:8])
    course = {key: view.revision.body[key] for key in (FOLLOW_UPS, CLOSING) if key in view.revision.body}
    if as_json:
        _write_json(
            {
                **_row(view.row),
                "facts": view.facts,
                "determination": view.determination,
                **course,
                "history": [
                    {"id": r.id, "at": r.at, "account": r.account, "action": r.action, "stage": r.body["stage"]}
                    | ({"reason": r.reason} if r.reason else {})
                    for r in history
                ],
            },
            indent=2,
        )
        return
    click.echo(_line(view.row, outfit.translate))
    for check in view.determination["checks"]:
        click.echo(f"  {_SIGNS[check['result']]} {check['label']}：{check['reason']}")
    for step in view.determination["steps"]:
        click.echo(f"    {step['label']}  {step['value']} {step['unit']}")
    for event in (*course.get(FOLLOW_UPS, ()), *filter(None, [course.get(CLOSING)])):
        click.echo(f"  {event['on']}  {event['what']}（{event['by']}）")


_SIGNS = {"pass": "[+]", "fail": "[-]", "unknown": "[?]"}


@desk.command()
@click.argument("case")
@click.argument("stage")
@click.option("--reason", default="", metavar="理由", help="补正、退回、不予受理等须写明理由")
@_account_option
@_outfit
def advance(outfit: Outfit, case: str, stage: str, reason: str, account: str | None) -> None:
    """把事项转入下一阶段，例如 received、accepted、first_review。"""
    from jinan_desk.services.cases import stage_named

    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        view = opened.cases.advance(opened.cases.find(case).case, stage_named(stage), reason=reason)
    click.echo(_line(view.row, outfit.translate))


@desk.command()
@click.argument("programme")
@click.argument("output", type=_OUT)
@_outfit
def template(outfit: Outfit, programme: str, output: Path) -> None:
    """写出某一事项（例如 02B）的花名册模板 OUT.xlsx，供单位填写。"""
    from jinan_desk.services.rosters import write_roster_template

    write_roster_template(programme, output, outfit.translate)
    click.echo(Sentence(N_("已存到 {path}"), path=str(output)).read(outfit.translate))


@desk.command("import")
@click.argument("case")
@click.argument("file", type=_OUT)
@click.option("--dry-run", is_flag=True, help="只检查并报告，不导入")
@click.option("--append", is_flag=True, help="加入原有名单，而不是代替它")
@click.option("--marked", type=_OUT, metavar="文件", help="标出错误的工作簿 OUT.xlsx，可退回单位修改")
@_account_option
@_outfit
def import_(
    outfit: Outfit, /, *, case: str, file: Path, dry_run: bool, append: bool, marked: Path | None, account: str | None
) -> int:
    """把花名册 FILE（.xlsx .xls .xlsb .ods .csv）导入事项 CASE。有一行有误则全部不导入。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        inspection = opened.rosters.inspect(opened.cases.find(case).case, file, append=append)
        _say(list(inspection.sentences()), outfit.translate)
        if marked is not None:
            opened.rosters.write_marked(inspection, file, marked, outfit.translate)
            _say([Sentence(N_("已存到 {path}"), path=str(marked))], outfit.translate)
        if not dry_run:
            click.echo(_line(opened.rosters.take(inspection).row, outfit.translate))
    return FAILED if inspection.refused else OK


@desk.command("undo-import")
@click.argument("case")
@click.option("--reason", required=True, metavar="理由", help="为何撤销，将记入该事项")
@_account_option
@_outfit
def undo_import(outfit: Outfit, case: str, reason: str, account: str | None) -> None:
    """整体撤销事项 CASE 最近一次导入的花名册。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        view = opened.rosters.undo(opened.cases.find(case).case, reason)
    click.echo(_line(view.row, outfit.translate))


@desk.command("follow-up")
@click.argument("case")
@click.argument("what")
@click.option("--on", metavar="日期", help="哪一天做的，例如 2020-03-22；默认今日")
@_account_option
@_outfit
def follow_up(outfit: Outfit, case: str, what: str, on: str | None, account: str | None) -> None:
    """给服务记录 CASE 添加一条跟进：WHAT 写明做了什么。"""
    from jinan_desk.services.records import day_named

    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        view = opened.records.follow_up(opened.cases.find(case).case, what, on=day_named(on))
    click.echo(_line(view.row, outfit.translate))


@desk.command()
@click.argument("case")
@click.argument("result")
@click.option("--on", metavar="日期", help="办结的日期，例如 2020-03-30；默认今日")
@_account_option
@_outfit
def close(outfit: Outfit, case: str, result: str, on: str | None, account: str | None) -> None:
    """办结服务记录 CASE：RESULT 写明结果。办结后不能再改动。"""
    from jinan_desk.services.records import day_named

    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        view = opened.records.close(opened.cases.find(case).case, result, on=day_named(on))
    click.echo(_line(view.row, outfit.translate))


@desk.command()
@click.option("--case", metavar="CASE", help="只列涉及某一事项的")
@click.option("--cleared", is_flag=True, help="只列已排除的")
@click.option("--anew", is_flag=True, help="先对全部事项重新核对")
@_json_option
@_outfit
def findings(outfit: Outfit, case: str | None, cleared: bool, anew: bool, as_json: bool) -> None:
    """列出疑点：同一人、同一单位或同一账号在几件事项中不应并存的情况。"""
    with outfit.desk() as opened:
        if anew:
            opened.findings.judge_again()
        wanted = opened.cases.find(case).case if case else ""
        found = opened.findings.of(wanted, cleared=cleared) if wanted else opened.findings.all(cleared=cleared)
        for view in found:
            if as_json:
                _write_json(view.as_json(outfit.translate))
            else:
                click.echo(view.sentence().read(outfit.translate))


@desk.command()
@click.argument("finding", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="理由", help="核实的情况和排除的理由，将记入有关事项")
@_account_option
@_outfit
def clear(outfit: Outfit, finding: tuple[str, ...], reason: str, account: str | None) -> None:
    """排除疑点：FINDING 是疑点编号或其开头几位，可以一次写几个。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        views = opened.findings.clear(finding, reason)
    _say([view.sentence() for view in views], outfit.translate)


@desk.command()
@_outfit
def alerts(outfit: Outfit) -> None:
    """列出失业预警等尚未办结的提示。"""
    with outfit.desk() as opened:
        _say([alert.sentence() for alert in opened.alerts()], outfit.translate)


@desk.command()
@click.argument("key")
@click.argument("value")
@click.option("--since", required=True, metavar="日期", help="自哪一天起执行，例如 2019-12-01")
@click.option("--source", required=True, metavar="文件", help="依据的文件")
@click.option("--propose", is_flag=True, help="只提出，由另一人用 proposals --confirm 确认后才执行")
@_account_option
@_outfit
def parameter(
    outfit: Outfit, /, *, key: str, value: str, since: str, source: str, propose: bool, account: str | None
) -> None:
    """录入本机构的政策参数，例如 average_unemployment_benefit 1503.40。

    在命令行录入即执行，并记为“一人录入”，供批量设置使用；加 --propose 则须由另一人确认。
    """
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        if propose:
            _say([opened.proposals.propose(key, value, since=since, source=source).sentence()], outfit.translate)
            return
        added = opened.proposals.enter(key, value, since=since, source=source)
    click.echo(Sentence(N_("已录入：{label}"), label=Sentence(added.parameter.label)).read(outfit.translate))


@desk.command()
@click.option("--confirm", type=int, metavar="编号", help="确认由另一人提出的数值，自此执行")
@click.option("--withdraw", type=int, metavar="编号", help="撤回尚未确认的数值，须写明 --reason")
@click.option("--reason", default="", metavar="原因", help="撤回的原因")
@click.option("--effect", type=int, metavar="编号", help="列出因这一数值而结果不同的办件和金额")
@click.option("--output", type=_OUT, metavar="文件", help="把 --effect 的清单另存为 OUT.xlsx")
@_account_option
@_outfit
def proposals(
    outfit: Outfit,
    /,
    *,
    confirm: int | None,
    withdraw: int | None,
    reason: str,
    effect: int | None,
    output: Path | None,
    account: str | None,
) -> None:
    """列出本机构的政策参数：待确认的、已确认的和已撤回的。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        if effect is not None:
            _show_effects(opened, effect, output, outfit.translate)
            return
        done = []
        if confirm is not None:
            done = [opened.proposals.confirm(confirm)]
        elif withdraw is not None:
            done = [opened.proposals.withdraw(withdraw, reason)]
        _say([one.sentence() for one in done or opened.proposals.all()], outfit.translate)


def _show_effects(opened: Any, number: int, output: Path | None, translate: Translate) -> None:
    """The cases that would come out differently, one a line, and the sums."""
    proposal = opened.proposals.find(number)
    reckoning = opened.effects(proposal.parameter, proposal.dated)
    while not reckoning.finished:
        reckoning.more(_AT_ONCE)
    _say([one.sentence() for one in (*reckoning.effects, *reckoning.sums())], translate)
    if output is not None:
        reckoning.write(output, translate)
        _say([Sentence(N_("已存到 {path}"), path=str(output))], translate)


@desk.command()
@click.option("--year", type=int, metavar="年度", help="哪一年；默认今年")
@click.option("--budget", metavar="金额", help="录入下达的预算（元），同时写明 --fund 和 --source")
@click.option("--cut", metavar="金额", help="录入调减的预算（元）")
@click.option("--recovered", metavar="金额", help="录入追回到账的金额（元）")
@click.option("--fund", default="", metavar="资金", help="资金名称或其开头，例如 就业补助资金")
@click.option("--source", default="", metavar="文件", help="依据的文件")
@click.option("--entries", is_flag=True, help="列出录入的每一笔")
@click.option("--output", type=_OUT, metavar="文件", help="另存为工作簿 OUT.xlsx")
@_account_option
@_outfit
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
    account: str | None,
) -> None:
    """资金台账：各项资金某一年度的预算、已审批、已拨付、追回和结余；录入预算。"""
    from jinan_desk.services.funds import Entry, fund_named

    outfit.account = account or outfit.account
    given = [(Entry.BUDGET, budget), (Entry.CUT, cut), (Entry.RECOVERED, recovered)]
    with outfit.desk() as opened:
        chosen = year or outfit.today().year
        for kind, amount in given:
            if amount is not None:
                opened.funds.enter(kind, fund_named(fund), chosen, amount=amount, source=source)
        listed = [e for e in opened.funds.entries() if e.year == chosen] if entries else opened.funds.ledger(chosen)
        _say([one.sentence() for one in listed], outfit.translate)
        if output is not None:
            opened.funds.write(chosen, output, outfit.translate)
            _say([Sentence(N_("已存到 {path}"), path=str(output))], outfit.translate)


@desk.command()
@click.argument("file", type=_OUT, required=False)
@click.option("--source", default="", metavar="文号", help="依据的通知，例如 国办发明电〔2019〕16号")
@click.option("--dry-run", is_flag=True, help="只检查并列出，不导入")
@click.option("--year", type=int, metavar="年份", help="列出哪一年；默认今年和明年")
@_account_option
@_outfit
def workdays(
    outfit: Outfit, /, *, file: Path | None, source: str, dry_run: bool, year: int | None, account: str | None
) -> None:
    """列出节假日和调休上班日，或导入新一年的安排 FILE（xlsx、csv：日期、安排两列，安排写 放假 或 上班）。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        if file is not None:
            plan = opened.workdays.inspect(file)
            _say(list(plan.sentences()), outfit.translate)
            if not dry_run:
                _say([opened.workdays.take(plan, source).sentence()], outfit.translate)
            return
        this = outfit.today().year
        _say([opened.workdays.year(one).sentence() for one in ([year] if year else [this, this + 1])], outfit.translate)
        _say([one.sentence() for one in opened.workdays.imports()], outfit.translate)


# Paper and workbooks ------------------------------------------------------------------------------------------------


@desk.command("print")
@click.argument("case", nargs=-1)
@click.option("--form", required=True, metavar="文书", help="application、approval、notice 等；写错时列出可用的")
@click.option("--output", required=True, type=_PLACE, metavar="文件", help="X.pdf 或 X.xlsx；--separate 时为文件夹")
@click.option("--separate", is_flag=True, help="每件事项一个文件，存入文件夹")
@click.option("--programme", default="", metavar="编号", help="不写 CASE 时：印某一事项的全部")
@click.option("--stage", default="", metavar="阶段", help="不写 CASE 时：印某一阶段的全部")
@click.option("--text", default="", metavar="文字", help="不写 CASE 时：印查到的全部")
@click.option("--draft", is_flag=True, help="只看样，不编文号，不记录")
@_account_option
@_outfit
def print_(
    outfit: Outfit,
    case: tuple[str, ...],
    form: str,
    output: Path,
    account: str | None,
    *,
    separate: bool,
    draft: bool,
    programme: str,
    stage: str,
    text: str,
) -> None:
    """印制文书，存为 PDF 或 Excel：CASE 是一个或几个事项；外发的文书编文号，并记下何时由谁印制。"""
    from jinan_desk.services.access import Action

    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        cases = [opened.cases.find(one).case for one in case] or _chosen_cases(opened, programme, stage, text)
        if separate or len(cases) != 1:
            if draft:
                raise DeskError(Sentence(N_("--draft 每次只能看一个事项")))
            batch = opened.notices.issue_all(cases, form, output, separate=separate)
            _say(batch.sentences(), outfit.translate)
            return
        make = opened.notices.write if draft else opened.notices.issue
        printed = make(cases[0], form, output)
        if draft:  # a file that is taken away, though no official paper
            opened.access.note(Action.PRINT, f"{form} draft")
    for remark in printed.remarks:
        click.echo(remark.read(outfit.translate), err=True)
    click.echo(Sentence(N_("已存到 {path}"), path=str(output)).read(outfit.translate))


def _chosen_cases(opened: Any, programme: str, stage: str, text: str) -> list[str]:
    """The cases of a filter. Raises DeskError where nothing at all was asked for."""
    from jinan_desk.services.cases import stage_named
    from jinan_desk.services.listing import CaseFilter

    if not (programme or stage or text):
        raise DeskError(Sentence(N_("请写明要印的事项，或用 --programme、--stage、--text 选定")))
    stages = (stage_named(stage).value,) if stage else ()
    return [row.case for row in opened.cases.all(CaseFilter(programme=programme, stages=stages, text=text))]


@desk.command()
@click.argument("case")
@_outfit
def prints(outfit: Outfit, case: str) -> None:
    """列出事项 CASE 印过哪些文书：何时、由谁、文号。"""
    with outfit.desk() as opened:
        before = opened.notices.before(opened.cases.find(case).case)
    _say([one.sentence() for one in before] or [Sentence(N_("还没有印过文书"))], outfit.translate)


@desk.command()
@click.argument("code")
@_outfit
def verify(outfit: Outfit, code: str) -> None:
    """核对纸张页脚的校验码 CODE：是哪件事项，是不是最新版本。"""
    with outfit.desk() as opened:
        _say(opened.verify(code), outfit.translate)


@desk.group(cls=_Group)
def forms() -> None:
    """表样：检查写法，印出样张。"""


forms.params.append(_data_dir_option())


@forms.command("check")
@click.argument("file", type=_PLACE, required=False)
@_outfit
def forms_check(outfit: Outfit, file: Path | None) -> int:
    """检查表样 FILE 有哪些写错的地方；不写 FILE 则检查数据目录和程序自带的全部表样。"""
    from jinan_desk.services.form_check import check_form, check_forms
    from jinan_desk.services.forms import Forms

    known = Forms(outfit.press(outfit.data_dir))
    count, faults = check_forms(known) if file is None else (1, check_form(file, known.fonts))
    _say(faults or [Sentence(N_("{count} 个表样没有问题"), count=count)], outfit.translate)
    return FAILED if faults else OK


@forms.command("sample")
@click.argument("directory", type=_PLACE)
@_outfit
def forms_sample(outfit: Outfit, directory: Path) -> None:
    """把每种文书按每个事项印出样张（PDF 和 Excel），内容有最短的和最长的，存入 DIRECTORY。"""
    from jinan_desk.services.form_samples import write_samples
    from jinan_desk.services.forms import Forms

    count = write_samples(Forms(outfit.press(outfit.data_dir)), directory)
    _say([Sentence(N_("样张 {count} 份，已存到 {path}"), count=count, path=str(directory))], outfit.translate)


@desk.command()
@click.argument("output", type=_OUT)
@click.option("--all", "everything", is_flag=True, help="导出全部，而不只是对方尚未确认收到的")
@click.option("--to", default="", metavar="机构", help="只给某一往来机构：其代码或指纹开头几位")
@click.option("--no-password", "unlocked", default="", metavar="原因", help="不设密码，并写明原因，将记录在案")
@_account_option
@_outfit
def export(
    outfit: Outfit, output: Path, *, everything: bool, to: str, unlocked: str, account: str | None
) -> None:
    """导出数据包（签名、加密的 Excel 工作簿），交上级或其他机构合并。密码在提示后输入，或由环境变量给出。"""
    outfit.account = account or outfit.account
    password = "" if unlocked else _password(outfit.translate, N_("数据包密码"), confirm=True)
    with outfit.desk() as opened:
        written = opened.packages.export(
            output, password=password, unlocked=unlocked, to=to, everything=everything
        )
    _say(list(written.sentences()), outfit.translate)


@desk.command()
@click.argument("package", type=_OUT)
@click.option("--dry-run", is_flag=True, help="只检查并报告，不合并")
@click.option("--trust", default="", metavar="指纹", help="首次往来：与对方电话核对后的公钥指纹")
@click.option("--receipt", type=_OUT, metavar="文件", help="回执存到何处；默认在数据包旁")
@_account_option
@_outfit
def merge(
    outfit: Outfit, package: Path, *, dry_run: bool, trust: str, receipt: Path | None, account: str | None
) -> None:
    """检查并合并另一机构的数据包，写出回执。有密码的，在提示后输入，或由环境变量给出。"""
    outfit.account = account or outfit.account
    read = _read_package(outfit, package)
    with outfit.desk() as opened:
        if dry_run:
            _say(list(opened.packages.look(read).sentences()), outfit.translate)
            return
        report = opened.packages.take(read, trust=trust)
        _say(list(report.sentences()), outfit.translate)
        if report.fingerprint != opened.packages.fingerprint():
            place = receipt or package.with_name(opened.receipts.name(report.digest))
            try:
                _say([opened.receipts.write(place, report.digest)], outfit.translate)
            except DeskError as error:  # the package is merged all the same; a stick may be write-protected
                click.echo(error.read(outfit.translate), err=True)


PASSWORD_VARIABLE = "JINAN_DESK_PACKAGE_PASSWORD"  # noqa: S105  (the name of a variable)


def _password(translate: Translate, prompt: str, *, confirm: bool) -> str:
    """From the environment, or asked for without an echo. Raises DeskError where nobody can be asked."""
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        told = N_("请设置数据包密码：在终端中按提示输入，或用环境变量 {variable} 给出")
        raise DeskError(Sentence(told, variable=PASSWORD_VARIABLE))
    again = translate(N_("再输入一次")) if confirm else False
    return str(click.prompt(translate(prompt), hide_input=True, confirmation_prompt=again, err=True))


def _read_package(outfit: Outfit, path: Path) -> Any:
    """The verified package at the path; a password is asked for where it has one."""
    from jinan_desk.services.packages import is_locked, read_package

    password = _password(outfit.translate, N_("数据包密码"), confirm=False) if is_locked(path) else ""
    return read_package(path, password=password)


@desk.command()
@click.argument("package", type=_OUT)
@click.option("--cell", "cells", multiple=True, metavar="工作表!单元格", help="采纳哪些改动；不写则只列出")
@click.option("--all", "everything", is_flag=True, help="采纳所有能采纳的改动")
@_account_option
@_outfit
def correct(
    outfit: Outfit, package: Path, *, cells: tuple[str, ...], everything: bool, account: str | None
) -> None:
    """列出数据包 PACKAGE 中被手工改动的单元格，并把选定的采纳为更正，记入有关事项。"""
    outfit.account = account or outfit.account
    read = _read_package(outfit, package)
    with outfit.desk() as opened:
        offers = opened.corrections.offers(read)
        chosen = opened.corrections.choose(offers, None if everything else cells)
        taken = opened.corrections.take(read, chosen)
        _say([offer.sentence() for offer in offers if offer not in chosen], outfit.translate)
        for view in taken:
            click.echo(_line(view.row, outfit.translate))
    if not offers:
        _say([Sentence(N_("没有被手工改动的单元格"))], outfit.translate)


@desk.group(cls=_Group)
def receipt() -> None:
    """回执：写给对方，读对方写来的。"""


receipt.params.append(_data_dir_option())


@receipt.command("write")
@click.argument("output", type=_OUT)
@click.option("--package", default="", metavar="摘要", help="为哪个数据包：内容摘要的开头几位；默认为最近合并的")
@_account_option
@_outfit
def receipt_write(outfit: Outfit, output: Path, package: str, account: str | None) -> None:
    """为已合并的数据包再写一份回执，存到 OUTPUT。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        _say([opened.receipts.write(output, package)], outfit.translate)


@receipt.command("read")
@click.argument("file", type=_OUT)
@_account_option
@_outfit
def receipt_read(outfit: Outfit, file: Path, account: str | None) -> None:
    """读入对方的回执 FILE：对方收到了什么，拒收了什么。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        _say(list(opened.receipts.read(file).sentences()), outfit.translate)


@desk.group(cls=_Group)
def enrol() -> None:
    """往来机构：交换登记表，核对指纹，停用。"""


enrol.params.append(_data_dir_option())


@enrol.command("write")
@click.argument("output", type=_OUT)
@_outfit
def enrol_write(outfit: Outfit, output: Path) -> None:
    """写出本机构的登记表，存到 OUTPUT，交往来机构读入。"""
    with outfit.desk() as opened:
        _say([opened.partners.write_enrolment(output)], outfit.translate)


@enrol.command("read")
@click.argument("file", type=_OUT)
@click.option("--fingerprint", default="", metavar="指纹", help="对方在电话中报出的指纹；不写则只显示")
@click.option("--replace", is_flag=True, help="对方更换了机器：停用其原公钥")
@_account_option
@_outfit
def enrol_read(outfit: Outfit, file: Path, *, fingerprint: str, replace: bool, account: str | None) -> None:
    """读入往来机构的登记表 FILE；指纹相符才登记。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        enrolment = opened.partners.read_enrolment(file)
        if fingerprint:
            partner = opened.partners.enrol(enrolment, fingerprint, replace=replace)
            _say([Sentence(N_("已登记：{partner}"), partner=partner.sentence())], outfit.translate)
            return
        doubt = opened.partners.unfit(enrolment.public_key, enrolment.office)
        _say([enrolment.sentence(), *filter(None, [doubt])], outfit.translate)


@enrol.command("list")
@_outfit
def enrol_list(outfit: Outfit) -> None:
    """列出登记过的往来机构。"""
    with outfit.desk() as opened:
        partners = opened.partners.all()
    _say([partner.sentence() for partner in partners] or [Sentence(N_("还没有登记往来机构"))], outfit.translate)


@enrol.command("withdraw")
@click.argument("partner")
@click.option("--reason", required=True, metavar="理由", help="为何停用")
@_account_option
@_outfit
def enrol_withdraw(outfit: Outfit, partner: str, reason: str, account: str | None) -> None:
    """停用往来机构 PARTNER（代码或指纹）：今后不再接收其文件，已收的不变。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        _say([opened.partners.withdraw(partner, reason).sentence()], outfit.translate)


@desk.command()
@_outfit
def gaps(outfit: Outfit) -> int:
    """列出机构间往来中的问题：尚未收到的记录、重复的编号、被换旧的数据。"""
    with outfit.desk() as opened:
        wrong = list(opened.packages.troubles().sentences())
    _say(wrong or [Sentence(N_("往来没有问题"))], outfit.translate)
    return FAILED if wrong else OK


@desk.group(cls=_Group)
def conflicts() -> None:
    """冲突：两个机构同时改过的事项。"""


conflicts.params.append(_data_dir_option())


@conflicts.command("list")
@_outfit
def conflicts_list(outfit: Outfit) -> None:
    """列出有冲突的事项。"""
    with outfit.desk() as opened:
        rows = list(opened.conflicts.all())
    for row in rows:
        _show_row(row, False, outfit.translate)
    if not rows:
        _say([Sentence(N_("没有冲突"))], outfit.translate)


@conflicts.command("show")
@click.argument("case")
@_outfit
def conflicts_show(outfit: Outfit, case: str) -> None:
    """并列显示事项 CASE 的几个版本有哪些不同；只有一方改过的，标出拟采用的版本。"""
    with outfit.desk() as opened:
        conflict = opened.conflicts.view(opened.cases.find(case).case)
    _say([version.sentence() for version in conflict.versions], outfit.translate)
    _say([line for difference in conflict.differences for line in difference.sentences()], outfit.translate)


@conflicts.command("settle")
@click.argument("case")
@click.option("--take", metavar="版本", help="整份采用一个版本：A、B，或机构代码")
@click.option("--field", "fields", multiple=True, metavar="项=版本", help="逐项选定，例如 dismissed=B；项名见 show")
@click.option("--reason", required=True, metavar="理由", help="为何这样处理，将记入该事项")
@click.option("--undo", is_flag=True, help="确认撤销另一版本已作出的审批或拨付")
@click.option("--dry-run", is_flag=True, help="只看处理后的结果，不保存")
@_account_option
@_outfit
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
    account: str | None,
) -> None:
    """处理事项 CASE 的冲突：整份采用一个版本，或逐项选定；没有写的项采用拟采用的版本。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        conflict = opened.conflicts.view(opened.cases.find(case).case)
        choices = {name: conflict.side_named(word) for name, _, word in (one.partition("=") for one in fields)}
        whole = conflict.side_named(take) if take else None
        settlement = opened.conflicts.preview(conflict.row.case, choices, whole=whole)
        _say(list(settlement.sentences()), outfit.translate)
        if not dry_run:
            view = opened.conflicts.settle(
                conflict.row.case, choices, whole=whole, reason=reason, undo=undo, heads=conflict.heads
            )
            click.echo(_line(view.row, outfit.translate))


@desk.command("hand-over")
@click.argument("case")
@click.argument("office", required=False)
@click.option("--reason", default="", metavar="理由", help="从其他机构调取时须写明")
@_account_option
@_outfit
def hand_over(outfit: Outfit, case: str, office: str | None, reason: str, account: str | None) -> None:
    """把事项 CASE 移交机构代码为 OFFICE 的机构办理：上报或下转；不写 OFFICE 则列出可以移交的机构。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        found = opened.cases.find(case).case
        if office is None:
            offered = [passing.line() for passing in opened.holding.passings(found)]
            _say(offered or [Sentence(N_("该事项目前不能移交其他机构"))], outfit.translate)
            return
        view = opened.holding.hand_over(found, office, reason=reason)
    click.echo(_line(view.row, outfit.translate))


@desk.command()
@click.argument("output", type=_OUT)
@_outfit
def ledger(outfit: Outfit, output: Path) -> None:
    """导出台账工作簿。"""
    with outfit.desk() as opened:
        _say(opened.packages.ledger(output).sentences(), outfit.translate)


@desk.command("own-data")
@click.argument("number")
@click.argument("output", type=_OUT)
@_account_option
@_outfit
def own_data(outfit: Outfit, number: str, output: Path, account: str | None) -> None:
    """印出所存某人的全部信息，交其本人：NUMBER 是身份证号码（写 - 则从键盘读取），OUTPUT 为 .pdf 或 .xlsx。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        file = opened.own_data.of(sys.stdin.readline() if number == "-" else number)
        printed = opened.notices.write_own_data(file, output, outfit.today())
    for remark in printed.remarks:
        click.echo(remark.read(outfit.translate), err=True)
    told = Sentence(N_("该人的信息见于 {count} 件事项，已存到 {path}"), count=len(file.kept), path=str(output))
    _say([told], outfit.translate)


@desk.command("month-ledger")
@click.argument("month")
@click.argument("output", type=_OUT)
@_outfit
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
    _say([sentence], outfit.translate)


# Looking after ------------------------------------------------------------------------------------------------------


@desk.command()
@_outfit
def check(outfit: Outfit) -> int:
    """检查数据：查询列与历史版本是否一致；可以重建的予以重建，其余逐条列出。"""
    with outfit.desk() as opened:
        mended, left = opened.repair()
    _say([Sentence(N_("已修复：{what}"), what=sentence) for sentence in mended], outfit.translate)
    _say(left or [Sentence(N_("数据检查通过"))], outfit.translate)
    return FAILED if left else OK


@desk.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), required=False)
@_outfit
def backup(outfit: Outfit, directory: Path | None) -> None:
    """立即备份，存到 DIRECTORY（默认为数据目录中的 backup）。备份须用密钥文件 desk.key 才能打开，请另行妥善保管。"""
    with outfit.desk() as opened:
        made = opened.backups.make(directory)
        warnings = list(opened.backups.warnings())
    _say([Sentence(N_("备份已校验，存到 {path}"), path=str(made.path)), *warnings], outfit.translate)


@desk.command()
@click.option(
    "--second",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    help="今后每次备份另存一份到此目录（如 U 盘）",
)
@_outfit
def backups(outfit: Outfit, second: Path | None) -> None:
    """列出数据目录中的备份，新的在前。"""
    if second is not None:
        with outfit.desk() as opened:
            opened.backups.set_second_folder(second)
            _say(list(opened.backups.warnings()), outfit.translate)
    _say(outfit.backups(outfit.data_dir), outfit.translate)


@desk.command()
@click.argument("file", type=_OUT)
@click.option("--dry-run", is_flag=True, help="只报告将丢失什么，不恢复")
@click.option("--key", "key_file", type=_OUT, metavar="文件", help="在新机器上恢复时所用的密钥文件 desk.key")
@click.option("--recovery-code", "by_code", is_flag=True, help="不用管理员的密码，而用恢复码")
@_account_option
@_outfit
def restore(
    outfit: Outfit, /, *, file: Path, dry_run: bool, key_file: Path | None, by_code: bool, account: str | None
) -> None:
    """用备份 FILE 恢复数据目录。现有数据保留在旁，另作备份。有账号时由管理员恢复，或使用恢复码。"""
    from jinan_desk.services.backups import NO_PROOF, Proof

    outfit.account = account or outfit.account
    proof = NO_PROOF
    if outfit.needs_proof(outfit.data_dir, file, key_file):
        if by_code:
            proof = Proof(outfit.account, code=outfit.recovery_code())
        else:
            proof = Proof(outfit.account, password=outfit.own_password())
    restored = outfit.restore(outfit.data_dir, file, key_file=key_file, proof=proof, dry_run=dry_run)
    _say(restored, outfit.translate)


# Accounts -----------------------------------------------------------------------------------------------------------


@desk.group(cls=_Group)
def accounts() -> None:
    """账号：谁可以办理什么。每个命令都用 --account 写明管理员（或本人）姓名。

    密码当面输入；脚本中可放在环境变量 JINAN_DESK_PASSWORD（新密码为 JINAN_DESK_NEW_PASSWORD，恢复码为
    JINAN_DESK_RECOVERY_CODE）。
    """


accounts.params.append(_data_dir_option())
_role_option = click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="角色",
    help="clerk 经办、reviewer 审核、approver 审批、administrator 管理员；可写几次",
)


@accounts.command("list")
@_account_option
@_outfit
def accounts_list(outfit: Outfit, account: str | None) -> None:
    """列出账号和角色。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        found = opened.accounts.all()
    _say([one.sentence() for one in found] or [Sentence(N_("这里尚未启用账号"))], outfit.translate)


@accounts.command("begin")
@click.argument("name")
@_outfit
def accounts_begin(outfit: Outfit, name: str) -> None:
    """在已有的数据目录启用账号：NAME 成为首位管理员；显示一次恢复码。旧的密钥文件随即作废。"""
    password = outfit.new_password(name, PASSWORD)
    with outfit.desk() as opened:
        code = opened.accounts.begin(name, password)
    _show_code(code, outfit)


@accounts.command("add")
@click.argument("name")
@_role_option
@_account_option
@_outfit
def accounts_add(outfit: Outfit, name: str, roles: tuple[str, ...], account: str | None) -> None:
    """增加账号 NAME。"""
    given = _roles(roles)

    def add(accounts: Any) -> Any:
        return accounts.add(name, given, outfit.new_password(name, NEW_PASSWORD))

    _change_account(outfit, account, add)


@accounts.command("roles")
@click.argument("name")
@_role_option
@_account_option
@_outfit
def accounts_roles(outfit: Outfit, name: str, roles: tuple[str, ...], account: str | None) -> None:
    """更改账号 NAME 的角色：此后只有写明的这些。"""
    _change_account(outfit, account, lambda accounts: accounts.set_roles(name, _roles(roles)))


@accounts.command("disable")
@click.argument("name")
@_account_option
@_outfit
def accounts_disable(outfit: Outfit, name: str, account: str | None) -> None:
    """停用账号 NAME；其办理过的记录不变。"""
    _change_account(outfit, account, lambda accounts: accounts.disable(name))


@accounts.command("enable")
@click.argument("name")
@_account_option
@_outfit
def accounts_enable(outfit: Outfit, name: str, account: str | None) -> None:
    """恢复停用的账号 NAME，另设密码。"""
    _change_account(outfit, account, lambda accounts: accounts.enable(name, outfit.new_password(name, NEW_PASSWORD)))


@accounts.command("password")
@click.argument("name", required=False)
@_account_option
@_outfit
def accounts_password(outfit: Outfit, name: str | None, account: str | None) -> None:
    """更改本人的密码；管理员写 NAME 则为其重设密码。"""
    outfit.account = account or outfit.account
    old = outfit.own_password()
    whose = name or outfit.account
    with outfit.open_desk(outfit.data_dir, outfit.account, old, translate=outfit.translate) as opened:
        new = outfit.new_password(whose, NEW_PASSWORD)
        if whose == outfit.account:
            opened.accounts.change_password(old, new)
        else:
            opened.accounts.reset(whose, new)
    click.echo(Sentence(N_("{name} 的密码已更改"), name=whose).read(outfit.translate))


@accounts.command("recover")
@click.argument("name")
@_outfit
def accounts_recover(outfit: Outfit, name: str) -> None:
    """管理员都忘记密码时：凭恢复码为管理员 NAME 设新密码，并换一个恢复码。"""
    code = outfit.recovery_code()
    _show_code(outfit.recover(outfit.data_dir, code, name, outfit.new_password(name, NEW_PASSWORD)), outfit)


@accounts.command("recovery-code")
@_account_option
@_outfit
def accounts_recovery_code(outfit: Outfit, account: str | None) -> None:
    """换一个恢复码，显示一次；旧的随即作废。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        code = opened.accounts.new_code()
    _show_code(code, outfit)


@accounts.command("rekey")
@_account_option
@_outfit
def accounts_rekey(outfit: Outfit, account: str | None) -> None:
    """更换数据密钥，全部数据重新加密：有人离开、U 盘丢失之后用。各人的密码不变。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        opened.accounts.rekey()
    click.echo(outfit.translate(N_("数据密钥已更换，各人的密码和恢复码不变")))


def _change_account(outfit: Outfit, account: str | None, change: Callable[[Any], Any]) -> None:
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        changed = change(opened.accounts)
    _say([changed.sentence()], outfit.translate)


def _roles(words: Sequence[str]) -> Any:
    from jinan_desk.services.accounts import role_named

    return frozenset(map(role_named, words))


@desk.group(cls=_Group)
def access() -> None:
    """访问记录：谁在何时登录、查看、印制、导出。只有管理员可以看。"""


access.params.append(_data_dir_option())
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
@_account_option
@_outfit
def access_list(outfit: Outfit, /, account: str | None, limit: int, **chosen: str | None) -> None:
    """列出访问记录，新的在前。"""
    from jinan_desk.services.access import sentence_of

    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        lines = opened.access.page(_wanted(chosen), limit=limit)
    _say([sentence_of(line) for line in lines] or [Sentence(N_("没有符合条件的记录"))], outfit.translate)


@access.command("export")
@click.argument("output", type=_OUT)
@_of_the_log
@_account_option
@_outfit
def access_export(outfit: Outfit, /, output: Path, account: str | None, **chosen: str | None) -> None:
    """把访问记录导出为工作簿 OUTPUT.xlsx；导出本身也记录在内。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        count = opened.access.export(output, _wanted(chosen), translate=outfit.translate)
    _say([Sentence(N_("访问记录 {count} 条，已存到 {path}"), count=count, path=str(output))], outfit.translate)


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


@desk.group(cls=_Group)
def retention() -> None:
    """保存期限：列出到期的事项，由两人先后提议、确认销毁。"""


retention.params.append(_data_dir_option())


@retention.command("list")
@click.option("--money", type=int, metavar="年数", help="今后涉及资金的事项保存多少年（默认 10 年）")
@click.option("--service", type=int, metavar="年数", help="今后告知和服务记录保存多少年（默认 3 年）")
@_account_option
@_outfit
def retention_list(outfit: Outfit, money: int | None, service: int | None, account: str | None) -> None:
    """列出超过保存期限的事项和待确认的销毁提议。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        kept = opened.retention
        years = kept.years() if money is None and service is None else kept.set_years(money=money, service=service)
        told = N_("办结后保存：涉及资金的 {money} 年，告知和服务记录 {service} 年（政策未规定，由本机构设定）")
        _say([Sentence(told, money=years.money, service=years.service)], outfit.translate)
        due = [one.sentence() for one in kept.due()]
        _say(due or [Sentence(N_("没有超过保存期限的事项"))], outfit.translate)
        _say([one.sentence() for one in kept.proposed()], outfit.translate)


@retention.command("propose")
@click.argument("case", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="理由", help="为何销毁，将一直保留；不要写个人信息")
@_account_option
@_outfit
def retention_propose(outfit: Outfit, case: tuple[str, ...], reason: str, account: str | None) -> None:
    """提议销毁超过保存期限的事项 CASE，由另一人确认。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        proposed = opened.retention.propose([opened.cases.find(one).case for one in case], reason)
    _say([one.sentence() for one in proposed], outfit.translate)


@retention.command("confirm")
@click.argument("number", nargs=-1, required=True, type=int)
@_account_option
@_outfit
def retention_confirm(outfit: Outfit, number: tuple[int, ...], account: str | None) -> None:
    """确认并执行编号为 NUMBER 的销毁提议；须由提议人以外的人办理，不可撤销。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        _say(list(opened.retention.confirm(number).sentences()), outfit.translate)


@retention.command("withdraw")
@click.argument("number", type=int)
@_account_option
@_outfit
def retention_withdraw(outfit: Outfit, number: int, account: str | None) -> None:
    """撤回编号为 NUMBER 的销毁提议。"""
    outfit.account = account or outfit.account
    with outfit.desk() as opened:
        withdrawn = opened.retention.withdraw(number)
    _say([Sentence(N_("已撤回：{what}"), what=withdrawn.sentence())], outfit.translate)


@desk.command()
@_outfit
def selftest(outfit: Outfit) -> None:
    """自检：政策措施齐全，能打开数据库，能印中文。"""
    outfit.selftest()
    click.echo(outfit.translate(N_("自检通过")))


@desk.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="文书、台账和数据包存放处"
)
@click.option("--no-window", is_flag=True, help="不打开窗口")
@_outfit
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
@_outfit
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


def _say(sentences: Sequence[Sentence], translate: Translate) -> None:
    for sentence in sentences:
        click.echo(sentence.read(translate))


def _write_json(value: Any, indent: int | None = None) -> None:
    separators = None if indent else (",", ":")
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=separators, indent=indent) + "\n")


def _show_row(row: Any, as_json: bool, translate: Translate) -> None:
    if as_json:
        _write_json(_row(row))
    else:
        click.echo(_line(row, translate))


def _row(row: Any) -> dict[str, Any]:
    from jinan_desk.services.cases import summary

    return summary(row)


def _line(row: Any, translate: Translate) -> str:
    from jinan_desk.services.cases import headline

    return headline(row).read(translate)
