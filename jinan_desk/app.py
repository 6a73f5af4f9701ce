"""The composition root: the only place where the parts are put together.

Parts are imported by the function that needs them, so that `evaluate` waits for neither the store nor the window.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinan_desk import paths
from jinan_desk.cli import Outfit, narrate, run
from jinan_desk.core.dated import SHIPPED, ParameterSet
from jinan_desk.core.text import N_, Sentence, Translate, chinese
from jinan_desk.errors import DeskError

if TYPE_CHECKING:
    from jinan_desk.services.desk import Desk
    from jinan_desk.services.office import Office
    from jinan_desk.services.press import Press
    from jinan_desk.services.restoring import Proof

_SCALES = (1.0, 1.5)

Tell = Callable[[str, int, int], object]
"""Hears in words what is being done, and that so many of so many are; 0 of 0 where nobody knows how many."""


def nobody(_words: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def main() -> None:
    """Run the command line; it opens the window where no command is given. Exits with the command's status."""
    collect_seldom()
    sys.exit(run(sys.argv[1:], outfit()))


def collect_seldom() -> None:
    """Look for circles among objects less often: a roster of 100,000 rows has none, and looking at each of them again
    and again takes a quarter of the time in which it is decided."""
    gc.set_threshold(20_000, 50, 100)


def outfit() -> Outfit:
    """What the command line works with."""
    return Outfit(
        open_desk=partial(open_desk, tell=narrate),
        found=found,
        show_window=show_window,
        run_demo=run_demo,
        selftest=selftest,
        take_pictures=take_pictures,
        take_manual_pictures=take_manual_pictures,
        report_crash=report_crash,
        translator=translate_into,
        parameters=partial(office_values, tell=narrate),
        press=press,
        backups=backups,
        restore=restore,
        protected=is_protected,
        needs_proof=needs_proof,
        recover=recover,
    )


def utc_now() -> str:
    """The time as revisions carry it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def open_desk(
    data_dir: Path | None,
    account: str = "",
    password: str = "",
    own: str = "",
    *,
    today: Callable[[], date] = date.today,
    now: Callable[[], str] = utc_now,
    translate: Translate = chinese,
    tell: Tell = nobody,
) -> Iterator[Desk]:
    """The desk of a data directory for as long as the block lasts; without an account that of its usual handler.

    Where the store has accounts, account and password open it; `own` takes the place of a password that an
    administrator gave. `tell` hears what has to be done before it is open, if that takes a while. Raises SignInError
    where they do not, DeskError where it cannot be opened at all.
    """
    from jinan_desk.resources import workday_calendar
    from jinan_desk.services.arrival import arrive
    from jinan_desk.services.desk import assemble
    from jinan_desk.services.office import usual_handler
    from jinan_desk.services.sign_in import has_accounts, sign_in
    from jinan_desk.store import data_key, open_store
    from jinan_desk.store.scratch import private_scratch

    directory = paths.data_directory(data_dir)
    if not is_founded(data_dir):
        raise DeskError(Sentence(N_("数据目录 {path} 尚未建立，请先运行：jinan-desk init"), path=str(directory)))
    person = sign_in(directory, account, password, now=now()) if has_accounts(directory) else None
    opened = data_key(directory) if person is None else person.opened
    telling = _in_words(tell, translate)
    with open_store(directory, opened, tell=telling) as store, private_scratch(directory):
        if person is not None:
            arrive(store, person, now=now, own=own)
        yield assemble(
            store,
            account=(account if person is None else person.account) or usual_handler(store),
            translate=translate,
            calendar=workday_calendar(),
            press=press(data_dir),
            today=today,
            now=now,
        )


def _in_words(tell: Tell, translate: Translate) -> Callable[[Sentence, int, int], object]:
    return lambda what, done, total: tell(what.read(translate), done, total)


def press(data_dir: Path | None) -> Press:
    """What printing needs: the office's own forms before the shipped ones, fonts, a cache."""
    from jinan_desk.services.press import Press

    return Press(
        forms=(paths.data_directory(data_dir) / "forms", paths.forms_directory()),
        fonts=paths.resources_directory() / "fonts",
        cache=paths.cache_directory(),
    )


def is_founded(data_dir: Path | None) -> bool:
    """Whether there is a store in the data directory, or was: backups are left."""
    from jinan_desk.store.places import has_backups, store_path

    directory = paths.data_directory(data_dir)
    return store_path(directory).exists() or has_backups(directory)


def is_protected(data_dir: Path | None) -> bool:
    """Whether the store of the data directory has accounts, so that it opens for nobody without a password."""
    from jinan_desk.services.sign_in import has_accounts

    return has_accounts(paths.data_directory(data_dir))


def office_values(
    data_dir: Path | None, account: str = "", password: str = "", *, tell: Tell = nobody
) -> ParameterSet:
    """The office's own parameter values; none where there is no office yet. Raises DeskError as `open_desk` does."""
    if not is_founded(data_dir):
        return SHIPPED
    with open_desk(data_dir, account, password, tell=tell) as desk:
        return desk.parameters()


def backups(data_dir: Path | None) -> list[Sentence]:
    """The backups of a data directory, the newest first, whether its store opens or not."""
    from jinan_desk.services.backup_files import backups_of

    return [backup.sentence() for backup in backups_of(paths.data_directory(data_dir))]


def restore(
    data_dir: Path | None, file: Path, *, key_file: Path | None, proof: Proof | None = None, dry_run: bool
) -> list[Sentence]:
    """Put a backup in the place of a data directory's store, or only look; answers what it came to."""
    from jinan_desk.services.restoring import NO_PROOF
    from jinan_desk.services.restoring import restore as put_back

    directory = paths.data_directory(data_dir)
    restored = put_back(
        directory, file, now=utc_now(), key_file=key_file, proof=proof or NO_PROOF, dry_run=dry_run
    )
    return list(restored.sentences())


def needs_proof(data_dir: Path | None, file: Path, key_file: Path | None) -> bool:
    """Whether somebody has to show that they may restore from this backup."""
    from jinan_desk.services.restoring import key_for
    from jinan_desk.store.keyfile import is_sealed

    return is_sealed(key_for(paths.data_directory(data_dir), file, key_file))


def found(
    data_dir: Path | None, office: Office, handler: str = "", *, administrator: str = "", password: str = ""
) -> str:
    """Make a data directory with a key, an empty store and the office, and with accounts where an administrator is
    named. Answers the recovery code, "" without accounts. Raises DeskError where there is an office already."""
    from jinan_desk.services.accounts import Accounts, read_password
    from jinan_desk.services.handlers import read_name
    from jinan_desk.services.office import found_office
    from jinan_desk.store import data_key, open_store
    from jinan_desk.store.places import key_path, store_path

    if administrator:
        administrator = read_name(administrator)
        read_password(password, administrator)
    directory = paths.data_directory(data_dir)
    if is_protected(data_dir):  # it opens for nobody without a password
        raise DeskError(Sentence(N_("这个数据目录已经建立了经办机构，没有改动")))
    fresh = not (store_path(directory).exists() or key_path(directory).exists())
    try:
        with open_store(directory, data_key(directory)) as store:
            found_office(store, office, handler or administrator)
            if not administrator:
                return ""
            return Accounts(store, account=administrator, now=utc_now).begin(administrator, password)
    except BaseException:
        if fresh:  # half an office would be taken for a whole one the next time
            _unmake(directory)
        raise


def _unmake(directory: Path) -> None:
    """Leave nothing of a store that has just been made and in which nobody has worked."""
    from jinan_desk.store.places import key_path, store_path, witness_path

    store = store_path(directory)
    for path in (store, Path(f"{store}-wal"), Path(f"{store}-shm"), witness_path(directory), key_path(directory)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def recover(data_dir: Path | None, code: str, name: str, password: str) -> str:
    """Give an administrator a new password for the recovery code; answers the next code. Raises SignInError for a
    wrong code, DeskError where there is no account or the name is no administrator's."""
    from jinan_desk.services.accounts import Accounts
    from jinan_desk.services.sign_in import open_with_recovery_code
    from jinan_desk.store import open_store

    directory = paths.data_directory(data_dir)
    if not is_protected(data_dir):
        raise DeskError(Sentence(N_("这里尚未启用账号；请先由一位管理员启用")))
    opened = open_with_recovery_code(directory, code, now=utc_now())
    with open_store(directory, opened) as store:
        return Accounts(store, account=name.strip(), now=utc_now).recover(code, name, password)


def show_window(data_dir: Path | None, account: str, language: str = "") -> int:
    """Open the window on a data directory, after founding an office where there is none, in the language that is
    preferred there unless one is named. Answers the exit status."""
    from jinan_desk.gui.application import run as run_window
    from jinan_desk.gui.entrance import Entrance
    from jinan_desk.gui.waiting import News
    from jinan_desk.services.preferences import read_preferences

    news = News()
    return run_window(
        Entrance(
            open_desk=lambda translate, name, password, own: open_desk(
                data_dir, name, password, own, translate=translate, tell=news.tell
            ),
            news=news,
            protected=partial(is_protected, data_dir),
            recover=partial(recover, data_dir),
            found=None if is_founded(data_dir) else partial(found, data_dir),
            name=account,
        ),
        report=report_crash,
        font_file=font_file,
        translator=translate_into,
        preferences=lambda: read_preferences(paths.data_directory(data_dir)),
        language=language,
    )


def font_file(name: str) -> Path:
    """The TrueType file of a shipped font, unpacked where it was not before."""
    from jinan_desk.documents.fonts import Fonts

    return Fonts(paths.resources_directory() / "fonts", paths.cache_directory()).file(name)


def take_pictures(
    directory: Path,
    *,
    size: tuple[int, int],
    scale: float | None,
    dark: bool,
    every: bool,
    translate: Translate,
    language: str,
) -> int:
    """Pictures of the window and of the paper of the demonstration's cases; answers how many. `every`: in every
    language, light and dark, each in a folder of its own, and without a scale in two of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if every and scale is None:  # Qt asks for its scale but once
        for one in _SCALES:
            _begin_anew("pictures", str(directory), "--all", "--scale", str(one), "--size", *map(str, size))
        return sum(1 for _ in directory.rglob("*.png"))
    from jinan_desk.documents.raster import write_pictures
    from jinan_desk.gui.look import COLOURS
    from jinan_desk.gui.picture import take
    from jinan_desk.services import demo
    from jinan_desk.services.preferences import LANGUAGE_NAMES, Colours, Preferences, write_preferences

    ways = [(language, Colours.DARK if dark else Colours.LIGHT)]
    if every:
        ways = list(product(LANGUAGE_NAMES, (Colours.LIGHT, Colours.DARK)))
    count = 0
    for word, colours in ways:
        words = translate_into(word) if every else translate
        folder = directory / f"{word}-{colours}-{scale or 1:.0%}" if every else directory
        with tempfile.TemporaryDirectory(prefix="jinan-desk-pictures-") as scratch:
            for _ in demo.show(found, open_desk, Path(scratch), words):
                pass
            papers = sorted(Path(scratch, "documents").glob("*.pdf")) if (word, colours) == ways[0] else []
            count += sum(len(write_pictures(pdf, folder / "paper")) for pdf in papers)
            office = Path(scratch, demo.STREET_DIRECTORY)
            write_preferences(office, Preferences(word, colours, round(100 * (scale or 1))))  # as it is shown
            pictures = take(
                partial(open_desk, office, demo.CLERK, translate=words),
                folder / "window",
                font_file=font_file,
                report=report_crash,
                size=size,
                scale=scale or 1,
                colours=COLOURS[colours],
                translate=words,
                language=word,
            )
            count += len(pictures)
    return count


def take_manual_pictures(directory: Path) -> int:
    """The pictures that the manual shows, small; answers how many."""
    from jinan_desk.documents.raster import shrink
    from jinan_desk.gui.picture import take
    from jinan_desk.resources import manual_pictures
    from jinan_desk.services import demo

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="jinan-desk-pictures-") as scratch:
        for _ in demo.show(found, open_desk, Path(scratch), chinese):
            pass
        pictures = take(
            partial(open_desk, Path(scratch, demo.STREET_DIRECTORY), demo.CLERK),
            directory,
            font_file=font_file,
            report=report_crash,
            wanted=manual_pictures(),
        )
    for picture in pictures:
        shrink(picture)
    return len(pictures)


def _begin_anew(*arguments: str) -> None:
    """Run a command of this program in a process of its own. Raises CalledProcessError where that fails."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "jinan_desk"]
    subprocess.run([*program, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  (ourselves)


def run_demo(out: Path | None, *, window: bool) -> None:
    """Make, print, export and merge made-up cases under `out` (a new folder where none is given), then show them."""
    from jinan_desk.services import demo

    directory = out if out is not None else Path(tempfile.mkdtemp(prefix="jinan-desk-demo-"))
    for line in demo.show(found, open_desk, directory, chinese):
        click.echo(line)
    if window and _has_display():
        show_window(directory / demo.STREET_DIRECTORY, demo.CLERK)


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def selftest() -> None:
    """Find all measures, open a scratch store, enter a case and print Chinese. Raises where any of it fails."""
    from jinan_desk.services import selftest as service

    with tempfile.TemporaryDirectory(prefix="jinan-desk-selftest-") as scratch:
        service.run(found, open_desk, Path(scratch))


def translate_into(language: str) -> Translate:
    """The translator into a language. Raises DeskError for one without a catalogue."""
    from jinan_desk.i18n import translator

    return translator(language, paths.translations_directory())


def report_crash(error: BaseException) -> Path | None:
    """Write a crash report where logs lie, or where anything may be written, and answer its path; None where nothing
    can be."""
    from jinan_desk.services.crash import write_report

    for directory in (paths.log_directory, tempfile.gettempdir):
        with suppress(OSError):
            return write_report(error, Path(directory()), at=utc_now())
    return None
