# -*- coding: utf-8 -*-
"""Prepare everything that jinan_desk needs, then run it. Needs nothing but Python 3.11 or newer.

    python3 desk.py                the window
    python3 desk.py demo           a scratch office with made-up cases
    python3 desk.py COMMAND ...    any command of the program; --help lists them
    python3 desk.py test           all checks of this project; with arguments: pytest alone, with these arguments
    python3 desk.py bench [NAME …] speed, as ratios

On Windows: py desk.py ...

The first run makes .venv beside this file and installs the wheels that requirements/*.lock names, checked by their
hashes. That is done again only when a lock file or the Python version changes. Then the program takes the place of
this script (on Windows it runs below it), so that input, output and exit status are its own.

This file uses the standard library alone, imports most of it late, since each start passes through here, and keeps to
words that even Python 2 can read, since it has to tell such a Python that it is too old.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")

# A set-up has two sizes: "run" is what the program needs, "test" is that and what its makers need.
LOCKS = {size: os.path.join(ROOT, "requirements", size + ".lock") for size in ("run", "test")}

# What Qt needs from a Linux system: the file that must be found, and the Debian package that holds it.
# (Newer Debians call some of them ...t64; apt-get knows the old names.)
LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libcups.so.2", "libcups2"),  # printers
)
# What the tests need besides: a screen in memory, and the tools and the library that PyInstaller works with.
PROGRAMS = (("Xvfb", "xvfb"), ("xauth", "xauth"), ("objcopy", "binutils"))
LIBPYTHON = ("libpython%d.%d.so.1.0" % sys.version_info[:2], "libpython%d.%d" % sys.version_info[:2])


class SetupError(Exception):
    """Set-up cannot go on; the text is one sentence for the person who started it."""


def main(arguments):
    """Prepare what the command needs, run it and return its exit status."""
    if sys.version_info < (3, 11):
        raise SetupError(
            "需要 Python 3.11 或更新的版本，这里是 %d.%d。 / Python 3.11 or newer is needed, this is %d.%d."
            % (sys.version_info[:2] * 2)
        )
    command = arguments[0] if arguments else ""
    size = "test" if command in ("test", "bench") else "run"
    prepare(size, shows_window=command in ("", "demo"))
    if command == "test":
        return test(arguments[1:])
    if command == "bench":
        return run("tests.bench", arguments[1:])
    return run("jinan_desk", arguments)


def say(text):
    """Tell the user something; on standard error, since standard output belongs to the program."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


# Running


def run(module, arguments):
    """Run a module of this checkout with the Python of .venv, and return its exit status (or, on POSIX, never)."""
    os.environ["PYTHONPATH"] = search_path()
    # -P: a calendar.py in the user's current folder must not be taken for the standard library's.
    command = [PYTHON, "-P", "-m", module] + arguments
    if not WINDOWS:
        os.execv(PYTHON, command)
    import subprocess

    return subprocess.call(command)


def search_path():
    """Return PYTHONPATH with this checkout first: the program is not installed, it runs from here."""
    return os.pathsep.join([ROOT] + [path for path in [os.environ.get("PYTHONPATH")] if path])


def test(arguments):
    """Run all checks one after another, whatever fails, and return 1 if any did. pytest has the last word."""
    import subprocess
    import tempfile

    environment = dict(os.environ, PYTHONPATH=search_path(), PYTHONUTF8="1")
    frozen = os.path.join(ROOT, "dist", "jinan-desk", "jinan-desk" + (".exe" if WINDOWS else ""))
    python = [PYTHON, "-m"]
    lint_imports = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"  # has no -m
    build = python + ["PyInstaller", "--noconfirm", "--log-level", "ERROR", "pyinstaller.spec"]
    with tempfile.TemporaryDirectory() as elsewhere:
        steps = [
            ("ruff", python + ["ruff", "check", "--output-format", "concise"], ROOT, environment),
            ("mypy", python + ["mypy"], ROOT, environment),
            ("import-linter", [PYTHON, "-c", lint_imports], ROOT, environment),
            ("pyinstaller", build, ROOT, environment),
            # Elsewhere and without our search path: the frozen program has to bring everything along.
            ("selftest", [frozen, "selftest"], elsewhere, dict(os.environ, QT_QPA_PLATFORM="offscreen")),
            ("pytest", python + ["pytest"] + arguments, ROOT, environment),
        ]
        if arguments:
            steps = steps[-1:]
        failed = []
        for name, command, folder, variables in steps:
            say("== " + name)
            try:
                status = subprocess.call(command, cwd=folder, env=variables, stdin=subprocess.DEVNULL)
            except OSError as error:
                say(str(error))
                status = 1
            if status:
                failed.append(name)
    if failed:
        say("未通过 / failed: " + ", ".join(failed))
    return 1 if failed else 0


# Preparing


def prepare(size, shows_window):
    """Make .venv ready for a size, if it is not; a start on which nothing is to be done only compares two stamps."""
    if not is_ready(size):
        with lock():
            if not is_ready(size):  # another one may have finished meanwhile
                set_up(size)
    stamp = "libraries-" + size
    if (shows_window or size == "test") and read_stamp(stamp) != stamp and install_libraries(size):
        write_stamp(stamp, stamp)


def is_ready(size):
    """Tell whether .venv was set up to the end, for this Python and these lock files."""
    return read_stamp(size) == expected_stamp(size) and not is_unfinished() and os.path.exists(PYTHON)


def expected_stamp(size):
    """Return what the stamp of a finished set-up says: the Python version and the hash of the lock file."""
    import hashlib

    with open(LOCKS[size], "rb") as file:
        # Line ends may differ between a checkout on Windows and one on Linux; the wheels do not.
        digest = hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()
    return "%d.%d %s" % (sys.version_info[0], sys.version_info[1], digest)


def stamp_file(name):
    """Return the path of a stamp; it lies in .venv and goes with it."""
    return os.path.join(VENV, "desk-" + name + ".stamp")


def read_stamp(name):
    """Return the text of a stamp, or None where there is none."""
    try:
        with open(stamp_file(name), "rb") as file:
            return file.read().decode("ascii", "replace")
    except OSError:
        return None


def write_stamp(name, text):
    """Write a stamp whole or not at all: under another name first."""
    with open(stamp_file(name) + ".new", "wb") as file:
        file.write(text.encode("ascii"))
    os.replace(stamp_file(name) + ".new", stamp_file(name))


def is_unfinished():
    """Tell whether a set-up began and did not end: its .venv may look whole and lack files, so it is made anew."""
    return os.path.exists(stamp_file("unfinished"))


def set_up(size):
    """Make .venv where there is none to build on, and install the wheels of a size. Called under the lock."""
    if size == "run":
        say("正在准备运行环境（约 1 分钟）… / Preparing, about a minute…")
    else:
        say("正在准备检查工具（约 1 分钟）… / Preparing the tools for checking, about a minute…")
    if sys.maxsize < 2**32:
        raise SetupError("需要 64 位的 Python。 / A 64-bit Python is needed.")
    if is_unfinished() or not os.path.exists(PYTHON) or not has_our_version():
        remove_venv()
    if not os.path.isdir(VENV):
        os.mkdir(VENV)
    write_stamp("unfinished", "")
    if not os.path.exists(PYTHON):
        make_venv()
    command = pip() + ["install", "-qq", "--disable-pip-version-check", "--no-input", "--no-warn-script-location"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", LOCKS[size]]
    if not quietly(command):
        raise SetupError(
            "所需的软件包没有装上，请检查网络和磁盘空间后再运行一次。"
            " / The packages could not be installed; check network and disk space and run this again."
        )
    write_stamp("run", expected_stamp("run"))
    if size == "test":  # test.lock holds all of run.lock
        write_stamp("test", expected_stamp("test"))
    os.remove(stamp_file("unfinished"))


def has_our_version():
    """Tell whether .venv was made for this version of Python (3.11, 3.12 …)."""
    try:
        with open(os.path.join(VENV, "pyvenv.cfg"), "rb") as file:
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return False
    # "version = 3.11.2"; uv and virtualenv write "version_info"
    versions = [line.split("=")[1].strip() for line in lines if line.startswith("version")]
    return any(version.split(".")[:2] == [str(part) for part in sys.version_info[:2]] for version in versions)


def remove_venv():
    """Delete what there is of .venv."""
    import shutil

    if not os.path.lexists(VENV):
        return
    try:
        shutil.rmtree(VENV)
    except OSError as error:
        raise SetupError(
            "无法重建 .venv（%s），请关闭正在运行的程序后再试。"
            " / .venv cannot be made anew (%s); close the running program and try again." % (error, error)
        )


def make_venv():
    """Make .venv without pip: the module that would put it there is missing on a bare Debian."""
    try:
        import venv
    except ImportError:
        install_packages(["python3-venv"])
        import venv
    venv.EnvBuilder(with_pip=False, symlinks=not WINDOWS).create(VENV)


def pip():
    """Return the beginning of a command that runs pip for .venv."""
    for attempt in ("as it is", "after an installation"):
        import importlib.util

        importlib.invalidate_caches()
        if importlib.util.find_spec("pip"):
            # --python: this Python's pip works on the other one, so that a system that guards its own packages
            # ("externally managed") has nothing against it.
            return [sys.executable, "-m", "pip", "--python", PYTHON]
        if importlib.util.find_spec("ensurepip") and quietly([PYTHON, "-m", "ensurepip"]):
            return [PYTHON, "-m", "pip"]
        if attempt == "as it is" and not install_packages(["python3-pip", "python3-venv"]):
            break
    raise SetupError("这个 Python 没有 pip，请先安装。 / This Python has no pip; please install it first.")


def quietly(command, **variables):
    """Run a command and tell whether it succeeded; what it prints is shown only where it fails, and only the end."""
    import subprocess

    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(os.environ, **variables),
        stdin=subprocess.DEVNULL,  # what is typed or piped is for the program
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode:
        lines = [line for line in output.splitlines() if not line.startswith("WARNING")]
        say("\n".join(lines[-5:]))
    return process.returncode == 0


class lock:
    """Held while .venv is changed, so that two starts at once do not get into each other's way.

    The system lets go of it when the process ends, however that happens; the empty file stays.
    """

    def __enter__(self):
        import time

        self.file = open(VENV + ".lock", "ab")
        told = False
        while not self.taken():
            if not told:
                say("另一个进程正在准备运行环境，请稍候… / Another process is preparing, please wait…")
                told = True
            time.sleep(0.2)

    def taken(self):
        """Try to take it; tell whether that worked."""
        try:
            if WINDOWS:
                import msvcrt

                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # as Linux and as Windows say that another one holds it
            return False
        return True

    def __exit__(self, *_):
        self.file.close()


# The system underneath


def install_libraries(size):
    """Find the system libraries that are missing and install them or say how; return whether all are there.

    A missing one does not stop anything here: commands without a window do well without them.
    """
    missing = missing_libraries(size)
    if missing and install_packages([package for _, package in missing]):
        missing = missing_libraries(size)
    if missing and not debian():
        names = " ".join(name for name, _ in missing)
        say("缺少系统库，请安装： / Please install these system libraries: " + names)
    return not missing


def missing_libraries(size):
    """Return those of the needed libraries and programs that this system lacks; on Windows and macOS none."""
    if not sys.platform.startswith("linux"):
        return []
    import ctypes
    import shutil

    def loads(name):
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    libraries = LIBRARIES + ((LIBPYTHON,) if size == "test" else ())
    programs = PROGRAMS if size == "test" else ()
    return [library for library in libraries if not loads(library[0])] + [
        program for program in programs if not shutil.which(program[0])
    ]


def debian():
    """Tell whether this is Debian or one of its children, as UOS, Kylin and Ubuntu."""
    import shutil

    return shutil.which("apt-get") is not None


def install_packages(packages):
    """Install Debian packages if this process may, else print the line that does it; return whether it was done."""
    import glob

    if not debian():
        return False
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    if os.geteuid() == 0:
        say("正在安装系统软件包… / Installing system packages: " + " ".join(packages))
        quiet = ["-qq", "-o", "DPkg::Lock::Timeout=120"]
        if not glob.glob("/var/lib/apt/lists/*_Packages*"):
            quietly(["apt-get", "update", "-qq"])
        for _ in range(2):
            if quietly(install + quiet + packages, DEBIAN_FRONTEND="noninteractive"):
                return True
            quietly(["apt-get", "update", "-qq"])  # the lists may be older than what the server still has
    say("请先执行： / Please run first:\n    sudo " + " ".join(install + packages))
    return False


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as error:
        say(str(error))
    except OSError as error:
        say("无法准备运行环境： / Preparing failed: " + str(error))
    except KeyboardInterrupt:
        say("已中断。 / Interrupted.")
    sys.exit(1)
