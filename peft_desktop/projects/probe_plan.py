"""What a zero-shot probe of a project tries: which prompts, and on which rows."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from ..core.errors import UserError
from ..core.ports import ProbeRequest
from ..core.project import Project, ProjectFile
from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP
from .for_classification import RANKING, only_for_classification

MOST_ROWS = 200  # more tell little more and cost as much again
MOST_WORD_ROWS = 200  # rows that words are found on
_ENOUGH = 20  # validation rows to judge found words on; else training rows are shared out


def request_for(
    project: Project,
    model: str,
    family: str,
    rows: int,
    device: str = "auto",
    find_words: str = "",
    own: Sequence[PromptSpec] = (),
) -> ProbeRequest:
    """The project's own prompt, `own` others and those of the bank, on rows that are no test rows.

    Words are found on other rows than those that prompts are ranked on. Raises UserError where
    there are no labelled rows.
    """
    from ..data.store import load_table, rows_by_id

    only_for_classification(project, RANKING)
    file = project.file
    label = file.roles.label
    splits = {name: list(file.splits.get(name, ())) for name in ("train", "valid")}
    ids = [*splits["train"], *splits["valid"]]
    if label is None or not ids:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no labelled rows to try a prompt on."),
            QT_TRANSLATE_NOOP("engine", "Make a project with a label column (--label COL)."),
            file=project.folder,
        )
    found = rows_by_id(load_table(project.folder), ids, [file.roles.text, label])
    row_of = dict(zip(ids, found, strict=True))

    def some(of: list[int], most: int) -> list[int]:
        return [of[place] for place in _spread([row_of[i][label] for i in of], most, file.seed)]

    for_words: list[int] = []
    if find_words:
        few = len(splits["valid"]) < _ENOUGH
        half = max(2, (len(ids) + 1) // 2)
        for_words = some(ids if few else splits["train"], min(half, MOST_WORD_ROWS))
        ids = sorted(set(ids if few else splits["valid"]) - set(for_words))
    chosen = some(ids, rows)
    texts = [row_of[i][file.roles.text] for i in chosen]
    return ProbeRequest(
        project=project.folder,
        model=model,
        prompts=tuple(prompts_to_try(file, texts, family, own)),
        rows=tuple(chosen),
        text=file.roles.text,
        label=label,
        device=device,
        find_words=find_words,
        word_rows=tuple(for_words),
    )


def prompts_to_try(
    file: ProjectFile, texts: Sequence[str], family: str, own: Sequence[PromptSpec] = ()
) -> list[PromptSpec]:
    """The project's prompt, `own` ones, the bank's; then the bank's with the project's words."""
    from ..prompts.bank import suggest

    prompt, labels = file.prompt, list(file.labels)
    bank = suggest(labels, texts, family, parameters=prompt.parameters)
    mine = {label: list(prompt.words.get(label, ())) for label in labels}
    wanted = [spec for spec in (prompt, *own) if spec.template and set(spec.words) == set(labels)]
    wanted += bank
    if labels and all(mine.values()):
        wanted += [spec.model_copy(update={"words": mine}) for spec in bank]
    found: dict[Any, PromptSpec] = {}
    for spec in wanted:
        found.setdefault(key_of(spec, file), spec)
    return list(found.values())


def key_of(prompt: PromptSpec, file: ProjectFile) -> tuple[str, str, str]:
    """What tells prompts apart for a model: equal keys are read alike."""
    template = re.sub(r"(?<!\\)\\n", "\n", prompt.template)
    if "text" not in file.columns and file.roles.text:
        template = template.replace("{" + file.roles.text + "}", "{text}")
    used = {n: v for n, v in prompt.parameters.items() if "{" + n + "}" in template}
    words = {label: list(words) for label, words in sorted(prompt.words.items())}
    return template, str(words), str(sorted(used.items()))


def _spread(labels: Sequence[str], most: int, seed: int) -> list[int]:
    """Places of at most `most` rows, the labels taken in turn."""
    of_label: dict[str, list[int]] = {}
    order = list(range(len(labels)))
    random.Random(seed).shuffle(order)
    for place in order:
        of_label.setdefault(labels[place], []).append(place)
    chosen: list[int] = []
    while len(chosen) < min(most, len(labels)):
        for places in of_label.values():
            if places and len(chosen) < most:
                chosen.append(places.pop())
    return sorted(chosen)
