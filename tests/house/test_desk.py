"""desk.py prepares the checkout and runs the program. Nothing here reaches the network or the checkout's own .venv."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROGRAM = """
import os, sys
print(sys.argv[1:], os.getcwd(), repr(sys.stdin.read()))
sys.exit(7)
"""


@pytest.fixture
def house(tmp_path: Path, checkout: Path) -> Path:
    """A small checkout: desk.py, lock files that ask for nothing, and a program that tells how it was called."""
    root = tmp_path / "house"
    for name, text in {
        "requirements/run.lock": "",
        "requirements/test.lock": "# more\n",
        "jinan_desk/__init__.py": "",
        "jinan_desk/__main__.py": PROGRAM,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    shutil.copy(checkout / "desk.py", root)
    return root


@pytest.fixture
def desk(house: Path) -> ModuleType:
    """desk.py of the small checkout as a module."""
    spec = importlib.util.spec_from_file_location("desk", house / "desk.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start(house: Path, *arguments: str, folder: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, house / "desk.py", *arguments],
        cwd=folder,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_program_gets_its_arguments_input_and_folder_and_gives_its_status(house: Path, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('the file of the current folder was taken')")
    first = start(house, "evaluate", "--id", "1 2", folder=tmp_path, typed="一\n二\n")
    assert first.returncode == 7, first.stderr
    assert first.stdout == f"['evaluate', '--id', '1 2'] {tmp_path} '一\\n二\\n'\n"
    assert "正在准备运行环境" in first.stderr

    second = start(house, "evaluate", folder=tmp_path)
    assert (second.returncode, second.stderr) == (7, "")

    (house / "requirements/run.lock").write_text("# changed\n")
    third = start(house, "evaluate", folder=tmp_path)
    assert (third.returncode, "正在准备运行环境" in third.stderr) == (7, True)


def test_a_set_up_that_was_broken_off_is_made_anew(desk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without_network:
        without_network.setattr(desk, "quietly", lambda command: False)
        with pytest.raises(desk.SetupError, match="network"):
            desk.set_up("run")
    assert not desk.is_ready("run")

    half_done = Path(desk.VENV) / "half-done"
    half_done.touch()
    monkeypatch.setattr(desk, "quietly", lambda command: True)
    desk.set_up("run")
    assert desk.is_ready("run")
    assert not half_done.exists()


def test_a_venv_of_ones_own_is_kept(desk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make_venv()
    own = Path(desk.VENV) / "own"
    own.touch()
    monkeypatch.setattr(desk, "quietly", lambda command: True)
    desk.set_up("run")
    assert desk.is_ready("run")
    assert own.exists()


def test_a_venv_of_another_python_is_made_anew(desk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make_venv()
    configuration = Path(desk.VENV) / "pyvenv.cfg"
    configuration.write_text("home = somewhere\nversion = 3.9.2\n")
    monkeypatch.setattr(desk, "quietly", lambda command: True)
    desk.set_up("run")
    assert "3.9.2" not in configuration.read_text()


def test_the_tools_bring_the_program_along_but_not_the_other_way(
    desk: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "quietly", lambda command: True)
    desk.set_up("run")
    assert (desk.is_ready("run"), desk.is_ready("test")) == (True, False)
    desk.set_up("test")
    assert (desk.is_ready("run"), desk.is_ready("test")) == (True, True)


def test_only_one_at_a_time_prepares(desk: ModuleType) -> None:
    with desk.lock():
        second = desk.lock()
        with Path(desk.VENV + ".lock").open("ab") as second.file:
            assert not second.taken()
    with desk.lock():
        pass


def test_an_old_python_is_told_so(desk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 7, 3))
    with pytest.raises(desk.SetupError, match=r"Python 3\.11 or newer is needed, this is 3\.7\."):
        desk.main(["evaluate"])


def test_an_old_python_can_read_the_file(checkout: Path) -> None:
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Starred, ast.Nonlocal, ast.Match, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse((checkout / "desk.py").read_bytes())):
        assert not isinstance(node, newer), ast.unparse(node)
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None, node.name
            assert not any(argument.annotation for argument in node.args.args), node.name
            assert not node.args.kwonlyargs + node.args.posonlyargs, node.name
        if isinstance(node, ast.Raise):
            assert node.cause is None, ast.unparse(node)


def test_the_standard_library_is_enough(checkout: Path) -> None:
    for node in ast.walk(ast.parse((checkout / "desk.py").read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def on_debian(desk: ModuleType, monkeypatch: pytest.MonkeyPatch, *, user: int, lists: bool) -> list[list[str]]:
    """Pretend a Debian and return the commands that were run there."""
    commands: list[list[str]] = []

    def note(command: list[str], **_: str) -> bool:
        commands.append(command)
        return True

    monkeypatch.setattr(desk, "debian", lambda: True)
    monkeypatch.setattr(desk, "quietly", note)
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr("glob.glob", lambda pattern: ["list"] if lists else [])
    return commands


def test_who_may_not_install_is_told_the_line_to_type(
    desk: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = on_debian(desk, monkeypatch, user=1000, lists=True)
    assert not desk.install_packages(["libegl1", "libgl1"])
    assert commands == []
    assert "    sudo apt-get install -y --no-install-recommends libegl1 libgl1\n" in capsys.readouterr().err


@pytest.mark.parametrize("lists", [True, False])
def test_root_installs_and_gets_the_lists_first_where_there_are_none(
    desk: ModuleType, monkeypatch: pytest.MonkeyPatch, lists: bool
) -> None:
    commands = on_debian(desk, monkeypatch, user=0, lists=lists)
    assert desk.install_packages(["libegl1"])
    assert [command[1] for command in commands] == (["install"] if lists else ["update", "install"])
    assert commands[-1][-1] == "libegl1"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of Linux")
def test_a_missing_library_is_named_with_its_package(desk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = ("libnot-there.so.9", "libnot-there9")
    monkeypatch.setattr(desk, "LIBRARIES", (("libc.so.6", "libc6"), missing))
    assert desk.missing_libraries("run") == [missing]
