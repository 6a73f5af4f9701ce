"""The root of all commands, and what they share: where the data lies, who works, kinds of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jinan_desk import __version__
from jinan_desk.cli.outfit import Outfit
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError


class _Command(click.Command):
    """A command that takes `--data-dir` itself, too: it reads the same before and after the command's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_data_dir_option())


class _Group(click.Group):
    """A group whose commands and groups are of these kinds, and that takes `--data-dir`, too."""

    command_class = _Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_data_dir_option())

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None:
            raise DeskError(Sentence(N_("没有命令 {name}；用 --help 查看全部命令"), name=args[0]))
        return super().resolve_command(ctx, args)


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


def _take_account(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        context.find_object(Outfit).account = value  # type: ignore[union-attr]


pass_outfit = click.make_pass_decorator(Outfit)
account_option = click.option(
    "--account", metavar="姓名", expose_value=False, callback=_take_account, help="经办人姓名"
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")
OUT = click.Path(path_type=Path, dir_okay=False)
"""A file that is written, or read by a service that says itself what is wrong with it."""
PLACE = click.Path(path_type=Path)
"""A file or a folder."""


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@account_option
@click.option("--language", default="", metavar="语言", help="界面语言：zh_CN 或 en")
@click.pass_context
def desk(context: click.Context, language: str) -> int | None:
    """济南市稳就业政策措施经办台（济政发〔2020〕1号）。不带命令时打开窗口。"""
    outfit: Outfit = context.obj
    if language:
        outfit.translate, outfit.language = outfit.translator(language), language
    if context.invoked_subcommand is None:
        return outfit.show_window(outfit.data_dir, outfit.account, language)
    return None
