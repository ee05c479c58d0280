"""The five pages, in the order of the story: data, prompt, train, evaluate, predict."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from .page import Page, Surroundings

    MakePage = Callable[[Surroundings, QWidget], Page]

# Each is imported when it is first shown: what a page needs should not delay the window.


def _data(around: Surroundings, parent: QWidget) -> Page:
    from .data_page import DataPage

    return DataPage(around, parent)


def _prompt(around: Surroundings, parent: QWidget) -> Page:
    from .prompt_page import PromptPage

    return PromptPage(around, parent)


def _train(around: Surroundings, parent: QWidget) -> Page:
    from .train_page import TrainPage

    return TrainPage(around, parent)


def _evaluate(around: Surroundings, parent: QWidget) -> Page:
    from .evaluate_page import EvaluatePage

    return EvaluatePage(around, parent)


def _predict(around: Surroundings, parent: QWidget) -> Page:
    from .predict_page import PredictPage

    return PredictPage(around, parent)


PAGES: dict[str, MakePage] = {
    "data": _data,
    "prompt": _prompt,
    "train": _train,
    "evaluate": _evaluate,
    "predict": _predict,
}
