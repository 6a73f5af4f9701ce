"""Running a command: whatever goes wrong becomes one sentence on standard error and status 1."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from jinan_desk.cli.answer import FAILED, OK
from jinan_desk.cli.command import desk
from jinan_desk.cli.outfit import Outfit
from jinan_desk.core.text import N_, Sentence, Translate
from jinan_desk.errors import DeskError


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
        report = outfit.report_crash(error)
        if report is None:
            return _fail(outfit.translate(N_("程序出现错误，错误报告也没有能够存下")))
        return _fail(Sentence(N_("程序出现错误，错误报告已存到 {path}"), path=str(report)).read(outfit.translate))
    return status if isinstance(status, int) else OK


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
