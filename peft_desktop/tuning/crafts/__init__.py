"""How each task is trained, judged and used: one file a task, and the list of them."""

from __future__ import annotations

from ...tasks import task_named
from .classification import ClassificationCraft
from .contract import Craft as Craft
from .generation import GenerationCraft
from .several_labels import SeveralLabelsCraft
from .tagging import TaggingCraft
from .written_answers import ExtractionCraft, QuestionAnsweringCraft

_ALL: tuple[Craft, ...] = (
    ClassificationCraft(),
    ExtractionCraft(),
    GenerationCraft(),
    QuestionAnsweringCraft(),
    SeveralLabelsCraft(),
    TaggingCraft(),
)
CRAFTS: dict[str, Craft] = {craft.name: craft for craft in _ALL}


def craft_called(task: str) -> Craft:
    """The craft of a task; UserError for a task that does not exist."""
    return CRAFTS[task_named(task).name]
