"""Trained and judged runs for the tests of the pages that use them: real files, no model."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from peft_desktop.core.ports import EvaluateRequest
from peft_desktop.core.runs import create_run, recorded
from peft_desktop.methods import METHODS
from peft_desktop.projects.recipes import recipe_for
from peft_desktop.ui.pages.page import Surroundings


def train(around: Surroundings, name: str = "lora-1") -> str:
    """A finished run of the open project."""
    project = around.document.project
    assert project is not None
    recipe = recipe_for(
        project, name=name, preset="balanced", library=around.library, methods=METHODS
    )
    folder = create_run(project.runs_folder, recipe)
    for _ in recorded(around.tuner.train(recipe, folder), folder):
        pass
    around.document.runs_changed.emit()
    return name


def focus_chain(page: QWidget) -> list[QWidget]:
    """What Tab stops at, in order, of the parts of a page that are seen."""
    found: list[QWidget] = []
    each = page.nextInFocusChain()
    while each is not page:
        stops = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        seen = page.isAncestorOf(each) and each.isVisible() and each.isEnabled()
        if stops and seen and each.focusProxy() is None:
            found.append(each)
        each = each.nextInFocusChain()
    return found


def judge(around: Surroundings, name: str, split: str) -> None:
    """Its results, as an earlier session left them."""
    project = around.document.project
    assert project is not None
    for _ in around.tuner.evaluate(project.runs_folder / name, EvaluateRequest(split=split)):
        pass
