"""The walls of the house: who may import whom, how long a file may be, what starts lightly."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "peft_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400

# Room -> the rooms it knows (and itself). The doors __main__, cli and app know all of them;
# commands/ is the part of the command line's door that does not fit into cli.py.
KNOWS: dict[str, set[str]] = {
    "core": set(),
    "data": {"core"},
    "prompts": {"core"},
    "evaluation": {"core"},
    "methods": {"core"},
    "families": {"core", "prompts"},
    "tasks": {"core", "data", "prompts", "evaluation"},
    "projects": {"core", "data", "prompts", "evaluation", "tasks"},
    "tuning": {"core", "data", "prompts", "evaluation", "methods", "families", "tasks"},
    "ui": {"core", "data", "prompts", "evaluation", "methods", "families", "tasks", "projects"},
}
KNOWS["commands"] = KNOWS["tuning"] | {"tuning", "projects"}
QT = {"PySide6", "shiboken6", "pyqtgraph", "pytestqt"}
ENGINE = {"torch", "transformers", "peft", "accelerate"}
HEAVY = ENGINE | QT | {"pandas", "pyarrow", "sklearn", "scipy", "tokenizers", "gguf"}
MAY_USE_ENGINE = {"tuning", "families", "methods"}
LIGHT = {"torch", "transformers", "peft", "sklearn", "pandas", "pyarrow", "PySide6"}


@dataclass(frozen=True)
class Import:
    """One imported name, and whether it is imported as soon as the module is."""

    name: str
    line: int
    at_once: bool
    only_for_types: bool

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]


def imports_of(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _imports(tree, path, at_once=True, only_for_types=False)


def _imports(node: ast.AST, path: Path, *, at_once: bool, only_for_types: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            for name in _names(child, path):
                yield Import(name, child.lineno, at_once, only_for_types)
            continue
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        yield from _imports(
            child,
            path,
            at_once=at_once and not inside,
            only_for_types=only_for_types or types,
        )


def _names(node: ast.Import | ast.ImportFrom, path: Path) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    here = path.relative_to(ROOT).with_suffix("").parts
    base = ".".join((*(here[: -node.level] if node.level else ()), *filter(None, [node.module])))
    return [f"{base}.{alias.name}" for alias in node.names]


def room_of(path: Path) -> str:
    """The room of a file, or the name of a door that stands in no room."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def in_room(*rooms: str) -> list[Path]:
    return [path for path in SOURCES if room_of(path) in rooms]


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_that_every_folder_is_a_room_with_a_place_in_the_order() -> None:
    folders = {room_of(path) for path in SOURCES if path.parent != PACKAGE}
    assert folders <= KNOWS.keys()
    assert {"core", "data"} <= folders


@pytest.mark.parametrize("room", KNOWS)
def test_that_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    wrong = []
    for path in in_room(room):
        for found in imports_of(path):
            parts = found.name.split(".")
            if parts[0] != "peft_desktop" or len(parts) == 1:
                continue
            if parts[1] not in KNOWS[room] | {room, "__version__"}:
                wrong.append(f"{place(path, found.line)} imports {found.name}")
    assert not wrong


@pytest.mark.parametrize("room", sorted(KNOWS.keys() - {"ui"}))
def test_that_no_room_but_the_window_knows_qt(room: str) -> None:
    assert not [
        f"{place(path, found.line)} imports {found.name}"
        for path in in_room(room)
        for found in imports_of(path)
        if found.package in QT
    ]


@pytest.mark.parametrize("room", sorted(KNOWS.keys() - MAY_USE_ENGINE))
def test_that_only_the_engine_knows_torch(room: str) -> None:
    assert not [
        f"{place(path, found.line)} imports {found.name}"
        for path in in_room(room)
        for found in imports_of(path)
        if found.package in ENGINE
    ]


def test_that_heavy_libraries_are_imported_inside_functions_only() -> None:
    """Only tuning, which is itself imported late, and the window's Qt are free of this."""
    free = {"tuning": HEAVY, "ui": QT, "app": QT}
    assert not [
        f"{place(path, found.line)} imports {found.name}"
        for path in SOURCES
        for found in imports_of(path)
        if found.package in HEAVY - free.get(room_of(path), set())
        and found.at_once
        and not found.only_for_types
    ]


def test_that_modules_do_not_import_each_other_in_a_circle() -> None:
    modules = {module_of(path): path for path in SOURCES}
    arrows: dict[str, set[str]] = {}
    for module, path in modules.items():
        names = [f.name for f in imports_of(path) if f.at_once and not f.only_for_types]
        targets = {n if n in modules else n.rpartition(".")[0] for n in names}
        # A package's __init__ and its own modules are one piece to Python's import.
        arrows[module] = {t for t in targets & modules.keys() if not module.startswith(f"{t}.")}
    done: set[str] = set()

    def walk(module: str, way: list[str]) -> None:
        assert module not in way, " -> ".join([*way[way.index(module) :], module])
        if module not in done:
            for target in sorted(arrows[module] - {module}):
                walk(target, [*way, module])
            done.add(module)

    for module in modules:
        walk(module, [])


def test_that_pages_do_not_import_pages() -> None:
    pages = PACKAGE / "ui" / "pages"
    assert not [
        f"{place(path, found.line)} imports {found.name}"
        for path in pages.glob("[!_]*.py")
        for found in imports_of(path)
        if found.name.startswith("peft_desktop.ui.pages.")
        and not found.name.startswith("peft_desktop.ui.pages.page.")
    ]


def test_that_no_source_file_is_too_long_to_read() -> None:
    files = [*SOURCES, ROOT / "dev.py", *ROOT.glob("packaging/*.py"), *ROOT.glob("tests/**/*.py")]
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in files
    }
    assert not {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE}


def test_that_every_module_opens_with_what_it_is_for() -> None:
    assert not [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]


def test_that_no_test_file_shares_its_name_with_another() -> None:
    """Tests live in folders without __init__.py, where pytest tells files apart by name."""
    names = [path.name for path in ROOT.glob("tests/**/test_*.py")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("module", ["peft_desktop.cli"])
def test_that_starting_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({LIGHT!r} & sys.modules.keys()))"
    started = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert started.returncode == 0, started.stderr
    assert started.stdout.split() == []
