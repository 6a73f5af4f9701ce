"""What a crash report says, and what it must not say."""

from __future__ import annotations

import pytest

from jinan_desk import app, paths
from jinan_desk.services.crash import describe, write_report

AT = "2020-03-20T08:00:00Z"
PERSON, NUMBER, ACCOUNT = "王秀兰", "370102198803122113", "6222021602000123456"


class StrayError(Exception):
    """A bug that carries what it struck on."""


def strike(name, *, number):
    """A bug in the middle of somebody's data, with more of them in its causes and notes."""
    account = ACCOUNT
    try:
        {number: account}[name]
    except KeyError as error:
        error.add_note(f"{name} {number}")
        try:
            raise ValueError(f"{name} {number} {account}") from error
        except ValueError:
            raise StrayError(name, {"id_number": number}) from None


def caught():
    with pytest.raises(StrayError) as info:
        strike(PERSON, number=NUMBER)
    return info.value


def test_a_report_names_types_and_places_and_nothing_of_a_case(tmp_path):
    """The guards: no message, no notes, no locals, no line of source."""
    text = write_report(caught(), tmp_path, at=AT).read_text(encoding="utf-8")
    assert AT in text
    for told in ("StrayError", "builtins.ValueError", "builtins.KeyError", "test_crash.py:", " strike"):
        assert told in text
    for kept_back in (PERSON, NUMBER, ACCOUNT, "id_number", "raise "):
        assert kept_back not in text


def test_a_report_has_no_path_that_names_somebody(tmp_path):
    """The guard: what lies above the program's own folder is left out."""
    for folder in ("jinan_desk", "site-packages", "lib", "elsewhere"):
        home = tmp_path / PERSON / folder
        home.mkdir(parents=True)
        source = "def fail():\n    raise RuntimeError\n"
        found = {}
        exec(compile(source, str(home / "part.py"), "exec"), found)
        with pytest.raises(RuntimeError) as info:
            found["fail"]()
        text = describe(info.value)
        assert "part.py:2 fail" in text
        assert PERSON not in text
        assert str(tmp_path) not in text


def test_the_name_of_a_report_says_when_and_the_second_of_a_second_keeps_the_first(tmp_path):
    first, second = (write_report(error, tmp_path, at=AT) for error in (caught(), ZeroDivisionError()))
    assert first != second
    assert "StrayError" in first.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in second.read_text(encoding="utf-8")
    assert PERSON not in f"{first.name}{second.name}"


def test_errors_that_name_each_other_as_their_cause_are_told_once_each():
    first, second = ValueError(), TypeError()
    first.__cause__, second.__cause__ = second, first
    told = describe(first)
    assert (told.count("ValueError"), told.count("TypeError")) == (1, 1)


def test_of_endless_recursion_only_the_ends_are_told():
    def go_on(depth):
        go_on(depth + 1)

    with pytest.raises(RecursionError) as info:
        go_on(0)
    told = describe(info.value).splitlines()
    assert len(told) < 100
    assert told[3].endswith("test_of_endless_recursion_only_the_ends_are_told")
    assert any("…" in line for line in told)


def test_a_report_goes_elsewhere_where_logs_cannot_be_written_and_nowhere_where_nothing_can(tmp_path, monkeypatch):
    """The guard: a directory that refuses the report takes nothing else with it."""
    barred, other = tmp_path / "barred", tmp_path / "other"
    barred.write_bytes(b"")  # a file, so that nobody can make a folder of it, an administrator neither
    other.mkdir()
    monkeypatch.setattr(paths, "log_directory", lambda: barred)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(other))
    assert app.report_crash(caught()).parent == other
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(barred))
    assert app.report_crash(caught()) is None


def test_the_command_line_tells_of_a_bug_in_a_sentence_whether_its_report_could_be_written_or_not(
    tmp_path, capsys
):
    from jinan_desk.cli import run

    outfit = app.outfit()
    outfit.run_demo = lambda out, *, window: strike(PERSON, number=NUMBER)
    outfit.report_crash = lambda error: write_report(error, tmp_path, at=AT)
    assert run(["demo"], outfit) == 1
    told = capsys.readouterr()
    assert str(tmp_path) in told.err
    outfit.report_crash = lambda error: None
    assert run(["demo"], outfit) == 1
    silent = capsys.readouterr()
    assert len(silent.err.splitlines()) == 1
    for text in (*told, *silent):
        assert PERSON not in text
        assert NUMBER not in text


