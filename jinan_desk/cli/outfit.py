"""What a command works with: the composition root's parts, who and where, and secrets that nobody else is to read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.text import N_, Sentence, Translate, chinese
from jinan_desk.errors import DeskError
from jinan_desk.i18n import CHINESE

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
    report_crash: Callable[[BaseException], Path | None]
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
        if not somebody_types():
            raise DeskError(Sentence(N_("请在终端里输入密码或恢复码，或设置环境变量 {variable}"), variable=variable))
        return str(click.prompt(what.read(self.translate), hide_input=hidden, err=True))


def narrate(words: str, done: int, total: int) -> None:
    """Say beside the output what has to be done first; on a terminal, how far it is as well."""
    if not total:
        click.echo(f"{words}…", err=True)
    elif sys.stderr.isatty():
        click.echo(f"\r{words}… {100 * done // total}%", err=True, nl=done == total)
    elif not done:
        click.echo(f"{words}…", err=True)


def somebody_types() -> bool:
    """Whether there is a terminal: what is piped in is cases, and a password in it would be seen."""
    return sys.stdin.isatty()
