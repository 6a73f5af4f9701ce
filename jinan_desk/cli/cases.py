"""Commands on cases: entering and moving them, their rosters, service records, findings and alerts."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from jinan_desk.cli.answer import FAILED, OK, line, row_json, say, show_row, write_json
from jinan_desk.cli.command import OUT, account_option, desk, json_option, pass_outfit
from jinan_desk.cli.outfit import Outfit
from jinan_desk.core.text import N_, Sentence


@desk.command()
@click.argument("file", type=click.File("rb"), default="-")
@account_option
@json_option
@pass_outfit
def enter(outfit: Outfit, file: IO[bytes], as_json: bool) -> None:
    """录入事项：每行一个 JSON 对象（programme、on、facts）。有一行不对则全部不录入。"""
    from jinan_desk.services.question import read_questions

    questions = read_questions(file)
    with outfit.desk() as opened:
        for view in opened.cases.enter_all(questions):
            show_row(view.row, as_json, outfit.translate)


@desk.command("list")
@click.option("--programme", metavar="编号", help="只列某一事项，例如 02B")
@click.option("--stage", metavar="阶段", help="只列某一阶段，例如 received")
@click.option("--text", default="", metavar="文字", help="按名称、身份证号、信用代码或文号查找")
@json_option
@pass_outfit
def list_(outfit: Outfit, programme: str | None, stage: str | None, text: str, as_json: bool) -> None:
    """列出事项。"""
    from jinan_desk.services.cases import stage_named
    from jinan_desk.services.listing import CaseFilter

    wanted = CaseFilter(programme=programme or "", stages=(stage_named(stage).value,) if stage else (), text=text)
    with outfit.desk() as opened:
        for row in opened.cases.all(wanted):
            show_row(row, as_json, outfit.translate)


@desk.command()
@click.argument("case")
@json_option
@pass_outfit
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
        write_json(
            {
                **row_json(view.row),
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
    click.echo(line(view.row, outfit.translate))
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
@account_option
@pass_outfit
def advance(outfit: Outfit, case: str, stage: str, reason: str) -> None:
    """把事项转入下一阶段，例如 received、accepted、first_review。"""
    from jinan_desk.services.cases import stage_named

    with outfit.desk() as opened:
        view = opened.cases.advance(opened.cases.find(case).case, stage_named(stage), reason=reason)
    click.echo(line(view.row, outfit.translate))


@desk.command()
@click.argument("programme")
@click.argument("output", type=OUT)
@pass_outfit
def template(outfit: Outfit, programme: str, output: Path) -> None:
    """写出某一事项（例如 02B）的花名册模板 OUT.xlsx，供单位填写。"""
    from jinan_desk.services.rosters import write_roster_template

    write_roster_template(programme, output)
    click.echo(Sentence(N_("已存到 {path}"), path=str(output)).read(outfit.translate))


@desk.command("import")
@click.argument("case")
@click.argument("file", type=OUT)
@click.option("--dry-run", is_flag=True, help="只检查并报告，不导入")
@click.option("--append", is_flag=True, help="加入原有名单，而不是代替它")
@click.option("--marked", type=OUT, metavar="文件", help="标出错误的工作簿 OUT.xlsx，可退回单位修改")
@account_option
@pass_outfit
def import_(outfit: Outfit, /, *, case: str, file: Path, dry_run: bool, append: bool, marked: Path | None) -> int:
    """把花名册 FILE（.xlsx .xls .xlsb .ods .csv）导入事项 CASE。有一行有误则全部不导入。"""
    with outfit.desk() as opened:
        inspection = opened.rosters.inspect(opened.cases.find(case).case, file, append=append)
        say(list(inspection.sentences()), outfit.translate)
        if marked is not None:
            opened.rosters.write_marked(inspection, file, marked, outfit.translate)
            say([Sentence(N_("已存到 {path}"), path=str(marked))], outfit.translate)
        if not dry_run:
            click.echo(line(opened.rosters.take(inspection).row, outfit.translate))
    return FAILED if inspection.refused else OK


@desk.command("undo-import")
@click.argument("case")
@click.option("--reason", required=True, metavar="理由", help="为何撤销，将记入该办件")
@account_option
@pass_outfit
def undo_import(outfit: Outfit, case: str, reason: str) -> None:
    """整体撤销事项 CASE 最近一次导入的花名册。"""
    with outfit.desk() as opened:
        view = opened.rosters.undo(opened.cases.find(case).case, reason)
    click.echo(line(view.row, outfit.translate))


@desk.command("follow-up")
@click.argument("case")
@click.argument("what")
@click.option("--on", metavar="日期", help="哪一天做的，例如 2020-03-22；默认今日")
@account_option
@pass_outfit
def follow_up(outfit: Outfit, case: str, what: str, on: str | None) -> None:
    """给服务记录 CASE 添加一条跟进：WHAT 写明做了什么。"""
    from jinan_desk.services.records import day_named

    with outfit.desk() as opened:
        view = opened.records.follow_up(opened.cases.find(case).case, what, on=day_named(on))
    click.echo(line(view.row, outfit.translate))


@desk.command()
@click.argument("case")
@click.argument("result")
@click.option("--on", metavar="日期", help="办结的日期，例如 2020-03-30；默认今日")
@account_option
@pass_outfit
def close(outfit: Outfit, case: str, result: str, on: str | None) -> None:
    """办结服务记录 CASE：RESULT 写明结果。办结后不能再改动。"""
    from jinan_desk.services.records import day_named

    with outfit.desk() as opened:
        view = opened.records.close(opened.cases.find(case).case, result, on=day_named(on))
    click.echo(line(view.row, outfit.translate))


@desk.command()
@click.option("--case", metavar="CASE", help="只列涉及某一事项的")
@click.option("--cleared", is_flag=True, help="只列已排除的")
@click.option("--anew", is_flag=True, help="先对全部事项重新核对")
@json_option
@pass_outfit
def findings(outfit: Outfit, case: str | None, cleared: bool, anew: bool, as_json: bool) -> None:
    """列出疑点：同一人、同一单位或同一账号在几个办件中不应并存的情况。"""
    with outfit.desk() as opened:
        if anew:
            opened.findings.judge_again()
        wanted = opened.cases.find(case).case if case else ""
        found = opened.findings.of(wanted, cleared=cleared) if wanted else opened.findings.all(cleared=cleared)
        for view in found:
            if as_json:
                write_json(view.as_json(outfit.translate))
            else:
                click.echo(view.sentence().read(outfit.translate))


@desk.command()
@click.argument("finding", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="理由", help="核实的情况和排除的理由，将记入有关事项")
@account_option
@pass_outfit
def clear(outfit: Outfit, finding: tuple[str, ...], reason: str) -> None:
    """排除疑点：FINDING 是疑点编号或其开头几位，可以一次写几个。"""
    with outfit.desk() as opened:
        views = opened.findings.clear(finding, reason)
    say([view.sentence() for view in views], outfit.translate)


@desk.command()
@pass_outfit
def alerts(outfit: Outfit) -> None:
    """列出失业预警等尚未办结的提示。"""
    with outfit.desk() as opened:
        say([alert.sentence() for alert in opened.alerts()], outfit.translate)
