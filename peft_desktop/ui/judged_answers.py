"""The judged rows of tasks whose answers are more than one label of a list, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core.runs import Run
from .answers import RIGHT, Item, compared, in_short, pieces_of, told

if TYPE_CHECKING:
    import pyarrow as pa

ANSWER_COLUMNS = ("row", "text", "label", "predicted", "probability")
UNTRAINED = ("untrained", "untrained_label", "base_label")  # what the model said before training
WRONG_ROWS = "wrong rows"  # a filter beside the states of `answers`


@dataclass(frozen=True)
class AnswerRows:
    """The rows of a split. `full` and `shown` (cut for display) have ANSWER_COLUMNS as text.

    Lists hold one entry a row: `texts` (empty where the project's table is another now, `stale`),
    `questions`, `gold`, `predicted` and `untrained` as they are written, `sure` (NaN: not known),
    `found`: the states and names of what was to be found.
    """

    task: str
    full: pa.Table
    shown: pa.Table
    texts: Sequence[str]
    questions: Sequence[str]
    gold: Sequence[str]
    predicted: Sequence[str]
    untrained: Sequence[str] | None
    sure: Any
    found: Sequence[frozenset[tuple[str, str]]]
    stale: bool = False

    @property
    def names(self) -> list[str]:
        """The types, fields or labels that occur, sorted."""
        return sorted({name for row in self.found for _, name in row if name})

    def items(self, row: int) -> list[Item]:
        """What became of everything that was to be found in a row."""
        return compared(self.task, self.texts[row], self.gold[row], self.predicted[row])

    def untrained_items(self, row: int) -> list[Item]:
        if self.untrained is None:
            return []
        return told(self.task, self.texts[row], self.untrained[row])

    def count(self, state: str, name: str = "") -> int:
        """How many rows have something in this state."""
        return len(self.positions(state, name, by_certainty=False))

    def right(self, row: int) -> bool:
        return all(state == RIGHT for state, _ in self.found[row])

    def positions(self, state: str = "", name: str = "", by_certainty: bool = True) -> Any:
        """Which rows to show ("": all): wrong ones first, the least sure on top."""
        import numpy as np

        kept = [place for place in range(len(self.found)) if self._fits(place, state, name)]
        if by_certainty:
            sure = np.nan_to_num(np.asarray(self.sure, dtype=float), nan=1.0)
            kept.sort(key=lambda place: (self.right(place), float(sure[place])))
        return np.array(kept, dtype=np.int64)

    def _fits(self, place: int, state: str, name: str) -> bool:
        row = self.found[place]
        if state == WRONG_ROWS:
            return any(s != RIGHT and name in ("", n) for s, n in row)
        if not state:
            return not name or any(n == name for _, n in row)
        return any(s == state and name in ("", n) for s, n in row)


def answer_rows(
    run: Run,
    part: pa.Table,
    texts: Sequence[str] | None,
    questions: Sequence[str] | None = None,
) -> AnswerRows:
    """From the engine's answers; `texts` None: they are not those that were judged.

    Raises ValueError for gold cells that are not written as the task's.
    """
    import numpy as np
    import pyarrow as pa

    from .widgets.table_model import cut_for_display

    task, ids = run.recipe.task, part["_row_id"].to_pylist()
    stale, count = texts is None, part.num_rows
    shown_texts = [""] * count if texts is None else list(texts)
    gold = [value or "" for value in part["label"].to_pylist()]
    predicted = [value or "" for value in part["predicted_label"].to_pylist()]
    before = next((name for name in UNTRAINED if name in part.column_names), None)
    sure = np.full(count, np.nan)
    if "probability" in part.column_names:
        sure = part["probability"].to_numpy(zero_copy_only=False).astype(float)
    found: list[frozenset[tuple[str, str]]] = []
    said: dict[str, list[str]] = {"label": [], "predicted": []}
    for text, one, other in zip(shown_texts, gold, predicted, strict=True):
        items = compared(task, text, one, other)
        found.append(frozenset((item.state, item.name) for item in items))
        said["label"].append(in_short(pieces_of(task, text, one)))
        pieces = [item.predicted for item in told(task, text, other)]
        said["predicted"].append(in_short([piece for piece in pieces if piece is not None]))
    full = pa.table(
        {
            "row": [str(each + 1) for each in ids],
            "text": pa.array(shown_texts, pa.string()),
            "label": pa.array(said["label"], pa.string()),
            "predicted": pa.array(said["predicted"], pa.string()),
            "probability": ["–" if np.isnan(each) else f"{each:.3f}" for each in sure],
        }
    )
    return AnswerRows(
        task,
        full,
        cut_for_display(full),
        shown_texts,
        list(questions) if questions is not None else [""] * count,
        gold,
        predicted,
        None if before is None else [value or "" for value in part[before].to_pylist()],
        sure,
        found,
        stale,
    )


def main_metric(task: str, metrics: Mapping[str, float]) -> str:
    """The metric that a run of this task is told by; "" where there is none."""
    return next(iter(shown_metrics(task, metrics)), "")


# in the order in which they are shown as tiles; what a record does not hold is passed over
_SHOWN = {
    "classification": ("accuracy", "macro_f1", "balanced_accuracy", "log_loss"),
    "tagging": ("entity_f1", "entity_precision", "entity_recall", "partial_f1", "type_f1"),
    "question_answering": ("token_f1", "exact_match", "answerable_token_f1", "no_answer_accuracy"),
    "extraction": ("micro_f1", "exact_match", "token_f1", "macro_f1"),
    "generation": ("rouge_l", "bleu", "chrf", "exact_match"),
    "several_labels": ("micro_f1", "macro_f1", "exact_match", "hamming_loss"),
}
MOST_TILES = 4


def shown_metrics(task: str, metrics: Mapping[str, float]) -> list[str]:
    """The metrics that stand in the tiles, the most telling first."""
    wanted = [name for name in _SHOWN.get(task, ()) if name in metrics]
    return [*wanted, *(name for name in metrics if name not in wanted)][:MOST_TILES]
