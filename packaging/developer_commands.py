"""What `python dev.py` does: run, test, setup, build, bench."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import system_libraries
from environment import Environment, SetupError

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "tests" / "benchmarks"
# Set before the first import in the child: no model hub, and no threads of the tokenizers that a
# later fork would deadlock on.
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


USAGE = """usage: python dev.py COMMAND

Sets PEFT Desktop up in .venv (minutes the first time, nothing to do later) and does one of these:
  run [--headless]           start the program; without a display or with --headless, do the
                             sample's whole job in the terminal
  test [PYTEST WORDS]        run the tests, without a screen and without the network
  setup                      only set up
  build                      make the frozen program in dist/ and let it test itself
  bench [NAME [ITS WORDS]]   run a benchmark, e.g. with --data FOLDER; without a name, list them"""


def main(words: Sequence[str]) -> int:
    """Set everything up if need be and do what the command line asks; returns the exit status."""
    command, rest = (words[0], list(words[1:])) if words else ("", [])
    if command in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    headless = command == "run" and "--headless" in rest
    if headless:
        rest.remove("--headless")
    known = command in ("run", "test", "bench") or (command in ("setup", "build") and not rest)
    if not known:
        _say(USAGE)
        return 2
    if command == "bench" and not rest:
        return _list_benchmarks()
    if command == "bench" and rest[0] not in benchmarks():
        _say(f"There is no benchmark called {rest[0]}; there are: {', '.join(benchmarks())}.")
        return 2
    os.chdir(ROOT)
    window = command == "run" and not headless and has_window() and has_display()
    _warn_of_missing_libraries(window=window)
    base = Path(getattr(sys, "_base_executable", sys.executable))
    environment = Environment(ROOT, base, say=_say)
    try:
        environment.ready()
    except SetupError as error:
        _say(str(error))
        return 1
    match command:
        case "setup":
            _say("Everything is set up. Next: python dev.py run")
            return 0
        case "run":
            return _hand_over(environment, [*program(window=window), *rest])
        case "test":
            return _hand_over(environment, ["-m", "pytest", *rest], offscreen())
        case "bench":
            benchmark = str(benchmarks()[rest[0]])
            return _hand_over(environment, [benchmark, *rest[1:]], offscreen())
        case _:
            return _build(environment)


def program(*, window: bool) -> list[str]:
    """The words after `python`: the window, or the sample's whole job in the terminal."""
    return ["-m", "peft_desktop"] if window else ["-m", "peft_desktop", "demo"]


def has_window() -> bool:
    return (ROOT / "peft_desktop" / "ui" / "main_window.py").exists()


def has_display(platform: str = sys.platform, variables: Mapping[str, str] = os.environ) -> bool:
    """Whether a window could be shown; only Linux and its kin tell."""
    if platform in ("win32", "darwin"):
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    """Variables for work without a screen and without the network."""
    return {"QT_QPA_PLATFORM": "offscreen", **OFFLINE}


def benchmarks() -> dict[str, Path]:
    """The benchmarks by the name that `bench` takes: dashes for the file's underscores."""
    files = sorted(BENCHMARKS.glob("[!_]*.py"))
    return {file.stem.replace("_", "-"): file for file in files}


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _warn_of_missing_libraries(*, window: bool) -> None:
    """Name them and go on: what cannot work without them says so itself a little later."""
    if not sys.platform.startswith("linux"):
        return
    lacking = system_libraries.missing(window=window)
    if lacking:
        _say(system_libraries.advice(lacking, system_libraries.manager_at_hand()))


def _hand_over(
    environment: Environment, words: Sequence[str], more: Mapping[str, str] | None = None
) -> int:
    """Become the environment's Python, so that Ctrl+C and signals reach the program itself."""
    command = [str(environment.python), *words]
    variables = environment.variables(**(more or {}))
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, variables)
    child = subprocess.Popen(command, env=variables)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the child got it too, and may want time to save
            continue


def _list_benchmarks() -> int:
    names = benchmarks()
    if not names:
        _say("There is no benchmark in tests/benchmarks yet.")
        return 2
    print("Benchmarks: python dev.py bench NAME [--data FOLDER]")
    for name, file in names.items():
        first_line = file.read_text(encoding="utf-8").lstrip('"').partition("\n")[0]
        print(f"  {name:24} {first_line.rstrip(chr(34))}")
    return 0


def _build(environment: Environment) -> int:
    """Freeze the program, then let the frozen one train, save and reload."""
    words = "-m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build"
    built = subprocess.run(
        [str(environment.python), *words.split(), str(Path("packaging", "peft_desktop.spec"))],
        env=environment.variables(),
        check=False,
    )
    if built.returncode != 0:
        _say("The build failed; PyInstaller's reason stands above.")
        return built.returncode
    folder = ROOT / "dist" / "peft-desktop"
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())
    _say(f"Built {folder.relative_to(ROOT)} ({size / 1e6:.0f} MB); it tests itself now.")
    frozen = folder / ("peft-desktop.exe" if os.name == "nt" else "peft-desktop")
    bare = {k: v for k, v in environment.variables(**offscreen()).items() if k != "VIRTUAL_ENV"}
    return subprocess.run([frozen, "selftest"], env=bare, check=False).returncode
