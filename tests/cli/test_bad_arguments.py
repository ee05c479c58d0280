from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run

from peft_desktop import __version__, cli
from peft_desktop.cli import COMMANDS, main
from peft_desktop.core.places import logs_folder

Refused = Callable[..., str]


def test_that_the_version_is_told(run: Run) -> None:
    outcome = run("--version")
    assert (outcome.code, outcome.out) == (0, f"peft-desktop {__version__}\n")


def test_that_help_names_every_command(run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    assert not [name for name in COMMANDS if f"  {name} " not in outcome.out]


@pytest.mark.parametrize("command", COMMANDS)
def test_that_every_command_has_help(run: Run, command: str) -> None:
    outcome = run(command, "--help")
    assert outcome.code == 0
    assert f"peft-desktop {command}" in outcome.out


@pytest.mark.parametrize(
    "words",
    [
        ["trian"],
        ["train"],
        ["train", "x", "--unknown"],
        ["train", "x", "--seed", "many"],
        ["init", "x"],
        ["models"],
        ["models", "forget"],
        ["runs", "delete", "x"],
        ["export", "x"],
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_that_wrong_arguments_are_one_line_and_exit_code_2(
    refused: Refused, words: list[str], as_json: bool
) -> None:
    line = refused(*words, *(["--json"] if as_json else []))
    assert "--help" in line


def test_that_a_mistyped_command_is_not_taken_for_a_project(refused: Refused) -> None:
    assert "train" in refused("trian")


def test_that_a_bug_is_logged_and_said_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(cli, "build", broken)
    outcome = run("doctor", "--json")
    assert outcome.code == 1
    assert len(outcome.err.splitlines()) == 1
    log = logs_folder() / "peft-desktop.log"
    assert str(log) in outcome.err
    assert outcome.result["error"]["log"] == str(log)
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_that_a_bug_is_told_even_where_no_log_can_be_written(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a bug")

    (tmp_path / "file").touch()
    monkeypatch.setenv("PEFT_DESKTOP_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(cli, "build", broken)
    outcome = run("doctor")
    assert outcome.code == 1
    assert "Traceback" in outcome.err


@pytest.mark.parametrize(
    "command",
    [["train"], ["evaluate"], ["probe"], ["runs", "list"], ["runs", "show"]],
    ids=" ".join,
)
def test_that_a_folder_without_a_project_is_refused(
    refused: Refused, command: list[str], tmp_path: Path
) -> None:
    assert "no project" in refused(*command, tmp_path, "--json")
    assert not list(tmp_path.iterdir())


def test_that_a_project_of_a_newer_version_is_refused_and_not_changed(
    refused: Refused, project: Path
) -> None:
    file = project / "project.peftproj"
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**record, "schema_version": 99}), encoding="utf-8")
    before = file.read_bytes()
    assert "newer version" in refused("train", project)
    assert file.read_bytes() == before


def test_that_a_damaged_project_file_is_named(refused: Refused, project: Path) -> None:
    (project / "project.peftproj").write_text("{", encoding="utf-8")
    assert "project.peftproj" in refused("runs", "list", project)


def test_that_no_arguments_and_a_project_ask_for_the_window(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path | None] = []
    monkeypatch.setattr("peft_desktop.cli._open_window", lambda p: asked.append(p) or 0)
    assert main([]) == 0
    assert main([str(project)]) == 0
    assert asked == [None, project]
