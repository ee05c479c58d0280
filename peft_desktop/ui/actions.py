"""What can be done from menus and keys, in two tables: the actions, and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction

from ..core.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Situation:
    """What the enabling of actions depends on; `run` is the one chosen in the side bar."""

    project: bool = False
    busy: bool = False
    paused: bool = False
    run: str = ""
    undo: str | None = None
    redo: str | None = None


When = Callable[[Situation], str]  # what is missing, "" when the action can be used


def _always(situation: Situation) -> str:
    return ""


def _with_project(situation: Situation) -> str:
    return "" if situation.project else QT_TRANSLATE_NOOP("actions", "Open a project first.")


def _while_idle(situation: Situation) -> str:
    if situation.busy:
        return QT_TRANSLATE_NOOP("actions", "Wait until the work that is going on is done.")
    return ""


def _idle_project(situation: Situation) -> str:
    return _with_project(situation) or _while_idle(situation)


def _while_busy(situation: Situation) -> str:
    return "" if situation.busy else QT_TRANSLATE_NOOP("actions", "Nothing is at work.")


def _with_run(situation: Situation) -> str:
    if not situation.run:
        return QT_TRANSLATE_NOOP("actions", "Choose a run in the list on the left first.")
    return ""


def _can_undo(situation: Situation) -> str:
    if situation.undo is None:
        return QT_TRANSLATE_NOOP("actions", "Nothing was changed yet.")
    return ""


def _can_redo(situation: Situation) -> str:
    if situation.redo is None:
        return QT_TRANSLATE_NOOP("actions", "Nothing was undone.")
    return ""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: `slot` is the name of the window's method that does it."""

    id: str
    text: str
    tip: str
    slot: str
    shortcut: str = ""
    when: When = _always
    role: QAction.MenuRole = QAction.MenuRole.NoRole


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "new",
        QT_TRANSLATE_NOOP("actions", "&New from data..."),
        QT_TRANSLATE_NOOP("actions", "Makes a project of a CSV, TSV, JSON, XLSX or Parquet file."),
        "new_from_data",
        "Ctrl+N",
        _while_idle,
    ),
    ActionSpec(
        "open",
        QT_TRANSLATE_NOOP("actions", "&Open..."),
        QT_TRANSLATE_NOOP("actions", "Opens a project: its folder, or project.peftproj in it."),
        "open_project",
        "Ctrl+O",
        _while_idle,
    ),
    ActionSpec(
        "sample",
        QT_TRANSLATE_NOOP("actions", "Try the s&ample"),
        QT_TRANSLATE_NOOP("actions", "Opens a project of movie reviews that is ready to train."),
        "open_sample",
        "",
        _while_idle,
    ),
    ActionSpec(
        "save",
        QT_TRANSLATE_NOOP("actions", "&Save now"),
        QT_TRANSLATE_NOOP("actions", "A project saves itself within a second of each change."),
        "save_now",
        "Ctrl+S",
        _with_project,
    ),
    ActionSpec(
        "save_copy",
        QT_TRANSLATE_NOOP("actions", "Save a &copy as..."),
        QT_TRANSLATE_NOOP("actions", "Copies the whole project, with data and runs, elsewhere."),
        "save_copy",
        "Ctrl+Shift+S",
        _idle_project,
    ),
    ActionSpec(
        "pack",
        QT_TRANSLATE_NOOP("actions", "Pac&k as one file..."),
        QT_TRANSLATE_NOOP(
            "actions", "Writes data, prompt and runs as one file, to be sent or kept."
        ),
        "pack_project",
        "",
        _idle_project,
    ),
    ActionSpec(
        "unpack",
        QT_TRANSLATE_NOOP("actions", "&Unpack..."),
        QT_TRANSLATE_NOOP("actions", "Makes a project of a packed one; it is checked first."),
        "unpack_project",
        "",
        _while_idle,
    ),
    ActionSpec(
        "close",
        QT_TRANSLATE_NOOP("actions", "C&lose the project"),
        QT_TRANSLATE_NOOP("actions", "Lets go of the project, so that others can open it."),
        "close_project",
        "Ctrl+W",
        _idle_project,
    ),
    ActionSpec(
        "quit",
        QT_TRANSLATE_NOOP("actions", "&Quit"),
        QT_TRANSLATE_NOOP("actions", "Closes the window; asks when something is at work."),
        "close",
        "Ctrl+Q",
        role=QAction.MenuRole.QuitRole,
    ),
    ActionSpec(
        "undo",
        QT_TRANSLATE_NOOP("actions", "&Undo"),
        QT_TRANSLATE_NOOP("actions", "Takes back the last change of roles, prompt or settings."),
        "undo",
        "Ctrl+Z",
        _can_undo,
    ),
    ActionSpec(
        "redo",
        QT_TRANSLATE_NOOP("actions", "&Redo"),
        QT_TRANSLATE_NOOP("actions", "Makes the change that was taken back again."),
        "redo",
        "Ctrl+Shift+Z",
        _can_redo,
    ),
    ActionSpec(
        "preferences",
        QT_TRANSLATE_NOOP("actions", "&Preferences..."),
        QT_TRANSLATE_NOOP("actions", "Language, theme, device, threads and folders."),
        "show_preferences",
        "Ctrl+,",
        role=QAction.MenuRole.PreferencesRole,
    ),
    ActionSpec(
        "page_data",
        QT_TRANSLATE_NOOP("actions", "Go to &Data"),
        QT_TRANSLATE_NOOP("actions", "Your rows: import, roles, labels, split."),
        "show_data",
        "Ctrl+1",
    ),
    ActionSpec(
        "page_prompt",
        QT_TRANSLATE_NOOP("actions", "Go to &Prompt"),
        QT_TRANSLATE_NOOP("actions", "The sentence with a gap, and the words for each label."),
        "show_prompt",
        "Ctrl+2",
    ),
    ActionSpec(
        "page_train",
        QT_TRANSLATE_NOOP("actions", "Go to &Train"),
        QT_TRANSLATE_NOOP("actions", "Model, method, settings, and the curves while it learns."),
        "show_train",
        "Ctrl+3",
    ),
    ActionSpec(
        "page_evaluate",
        QT_TRANSLATE_NOOP("actions", "Go to &Evaluate"),
        QT_TRANSLATE_NOOP("actions", "How good the model is on rows that it has not seen."),
        "show_evaluate",
        "Ctrl+4",
    ),
    ActionSpec(
        "page_predict",
        QT_TRANSLATE_NOOP("actions", "Go to P&redict"),
        QT_TRANSLATE_NOOP("actions", "Labels for new texts: one, or a whole file."),
        "show_predict",
        "Ctrl+5",
    ),
    ActionSpec(
        "main",
        QT_TRANSLATE_NOOP("actions", "Do what this page is &for"),
        QT_TRANSLATE_NOOP("actions", "The page's main button, e.g. Train on the Train page."),
        "main_action",
        "Ctrl+Return",
    ),
    ActionSpec(
        "pause",
        QT_TRANSLATE_NOOP("actions", "P&ause or go on"),
        QT_TRANSLATE_NOOP("actions", "Holds the work that is going on; nothing is lost."),
        "pause",
        "Ctrl+P",
        _while_busy,
    ),
    ActionSpec(
        "stop",
        QT_TRANSLATE_NOOP("actions", "&Stop..."),
        QT_TRANSLATE_NOOP("actions", "Ends the work that is going on, after asking."),
        "stop",
        "Ctrl+.",
        _while_busy,
    ),
    ActionSpec(
        "shoot_out",
        QT_TRANSLATE_NOOP("actions", "&Compare methods..."),
        QT_TRANSLATE_NOOP(
            "actions", "Trains several methods with several seeds on the same rows; picks the best."
        ),
        "show_shoot_out",
        "",
        _with_project,
    ),
    ActionSpec(
        "pet",
        QT_TRANSLATE_NOOP("actions", "&Learn from unlabelled texts..."),
        QT_TRANSLATE_NOOP(
            "actions", "Several prompts label your other texts, and one model learns from them."
        ),
        "show_pet",
        "",
        _with_project,
    ),
    ActionSpec(
        "rename_run",
        QT_TRANSLATE_NOOP("actions", "Re&name the run..."),
        QT_TRANSLATE_NOOP("actions", "Gives the run that is chosen on the left another name."),
        "rename_run",
        "",
        _with_run,
    ),
    ActionSpec(
        "duplicate_run",
        QT_TRANSLATE_NOOP("actions", "&Use the run's settings again"),
        QT_TRANSLATE_NOOP("actions", "Puts the run's model, method, prompt and settings in force."),
        "duplicate_run",
        "",
        _with_run,
    ),
    ActionSpec(
        "delete_run",
        QT_TRANSLATE_NOOP("actions", "&Delete the run..."),
        QT_TRANSLATE_NOOP("actions", "Says how much room it takes, asks, and removes it."),
        "delete_run",
        "",
        _with_run,
    ),
    ActionSpec(
        "models",
        QT_TRANSLATE_NOOP("actions", "&Models..."),
        QT_TRANSLATE_NOOP("actions", "The models on this computer: add, look at, remove."),
        "show_models",
        "Ctrl+M",
    ),
    ActionSpec(
        "help_here",
        QT_TRANSLATE_NOOP("actions", "&What is this?"),
        QT_TRANSLATE_NOOP("actions", "Explains the field that has the focus."),
        "help_here",
        "F1",
    ),
    ActionSpec(
        "guide",
        QT_TRANSLATE_NOOP("actions", "User &guide"),
        QT_TRANSLATE_NOOP("actions", "From a file to a model you understand, step by step."),
        "show_guide",
        "Shift+F1",
    ),
    ActionSpec(
        "checkup",
        QT_TRANSLATE_NOOP("actions", "&Check the installation..."),
        QT_TRANSLATE_NOOP("actions", "Versions, devices, models and folders, and what is amiss."),
        "show_checkup",
    ),
    ActionSpec(
        "diagnostics",
        QT_TRANSLATE_NOOP("actions", "Copy &diagnostics"),
        QT_TRANSLATE_NOOP(
            "actions", "Versions and the end of the log, without your name, folders and data."
        ),
        "copy_diagnostics",
    ),
    ActionSpec(
        "about",
        QT_TRANSLATE_NOOP("actions", "&About PEFT Desktop"),
        QT_TRANSLATE_NOOP("actions", "Version, licence, and whose work this builds on."),
        "show_about",
        role=QAction.MenuRole.AboutRole,
    ),
)

# "-" is a line, "name>" a submenu that the menu bar fills, "page:name" the page's own actions.
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("actions", "&File"),
        (
            *("new", "open", "recent>", "sample", "-", "save", "save_copy", "close", "-"),
            *("pack", "unpack", "-", "quit"),
        ),
    ),
    (QT_TRANSLATE_NOOP("actions", "&Edit"), ("undo", "redo", "-", "preferences")),
    (QT_TRANSLATE_NOOP("actions", "&Data"), ("page_data", "page:data")),
    (QT_TRANSLATE_NOOP("actions", "&Prompt"), ("page_prompt", "page:prompt")),
    (
        QT_TRANSLATE_NOOP("actions", "&Train"),
        (
            *("page_train", "main", "pause", "stop", "-", "shoot_out", "pet", "-", "models", "-"),
            *("rename_run", "duplicate_run", "delete_run", "page:train"),
        ),
    ),
    (QT_TRANSLATE_NOOP("actions", "E&valuate"), ("page_evaluate", "page:evaluate")),
    (QT_TRANSLATE_NOOP("actions", "P&redict"), ("page_predict", "page:predict")),
    (QT_TRANSLATE_NOOP("actions", "V&iew"), ("theme>", "language>")),
    (
        QT_TRANSLATE_NOOP("actions", "&Help"),
        ("help_here", "guide", "-", "checkup", "diagnostics", "-", "about"),
    ),
)
