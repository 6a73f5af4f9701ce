"""Where things lie: a person's data, caches and logs, and the folders that ship with the program.

Only names of folders belong here. Nothing is created, opened or locked; that is for those who write there.
This is the only module that knows appdirs.
"""

import sys
from pathlib import Path

import appdirs

APP_NAME = "jinan_desk"


def data_directory(override: Path | None = None) -> Path:
    """Return the folder of the store and its keys.

    `override` is what the user gave as `--data-dir`; without it the operating system's place for a user's data counts.
    """
    if override is not None:
        return override.expanduser().absolute()
    return Path(appdirs.user_data_dir(APP_NAME, appauthor=False))  # False: no folder of a maker above it on Windows


def log_directory(override: Path | None = None) -> Path:
    """Return the folder of logs and crash reports: `log` in a data directory given by `--data-dir`."""
    if override is not None:
        return data_directory(override) / "log"
    return Path(appdirs.user_log_dir(APP_NAME, appauthor=False))


def cache_directory() -> Path:
    """Return the folder for what can be made again at any time, as unpacked fonts.

    It holds nothing of any case, so that one serves all data directories of a user.
    """
    return Path(appdirs.user_cache_dir(APP_NAME, appauthor=False))


def resources_directory() -> Path:
    """Return the folder `resources`: policy text, parameters, fonts, icons."""
    return _shipped() / "resources"


def forms_directory() -> Path:
    """Return the folder `forms`: one TOML file for each printed form."""
    return _shipped() / "forms"


def translations_directory() -> Path:
    """Return the folder `i18n`: gettext catalogues, `LANGUAGE.po`."""
    return _shipped() / "i18n"


def manual_directory() -> Path:
    """Return the folder of the manual: a folder of Markdown files for each language, and `pictures`."""
    return _shipped() / "docs" / "manual"


def _shipped() -> Path:
    """Return the folder that holds `resources`, `forms`, `i18n` and `docs`."""
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller in a frozen program
    if bundle is not None:
        return Path(bundle)
    package = Path(__file__).resolve().parent
    installed = package / "_data"  # put there when a wheel is built, see pyproject.toml
    return installed if installed.is_dir() else package.parent
