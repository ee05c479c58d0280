"""The untrained model with the same prompt, to compare with: asked once a project."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from ...core import events as ev
from ...core.errors import UserError
from ...prompts.soft import hardened
from ..loading import set_precision
from ..trained import build, write_json
from .contract import Judging, Work

ZERO_SHOT = "zero_shot.json"


def untrained_model(job: Judging, method: str = "head_only") -> Any:
    """The run's base model as it came, asked with words where the prompt has soft tokens.

    `method`: one that changes nothing before it is trained, for this task.
    """
    ready, recipe = job.ready, job.ready.recipe
    untrained = recipe.model_copy(
        update={
            "method": method,
            "method_settings": {},
            "prompt": hardened(recipe.prompt),
            "training": recipe.training.model_copy(update={"weight_fine_tune": 0.0}),
        }
    )
    card = job.library.find_by_hash(ready.file.base_sha256)
    assert card is not None
    model = build(untrained, card, job.library, ready.file.columns, ready.file.max_length)
    set_precision(model, ready.file.precision)
    model.to(ready.device)
    model.eval()
    return model


def kept_once(
    job: Judging, asked: Any, wanted: str, counted: Callable[[], Work[dict[str, Any]]]
) -> Work[dict[str, Any]]:
    """What `counted` finds for the rows `asked` (plain values: token ids, gold, settings), from
    the run's `zero_shot.json` or another run's where it was counted before.

    It is plain data and has the key `wanted`.
    """
    ready = job.ready
    said = [ready.file.base_sha256, ready.recipe.prompt.model_dump(), ready.file.max_length]
    ids = sha256(repr(asked).encode())
    key = sha256(json.dumps(said, sort_keys=True).encode() + ids.digest()).hexdigest()[:24]
    source = job.run_folder / ZERO_SHOT
    kept = _kept(source)
    # the untrained model says the same to every run of the project with this prompt
    for known in (kept, *map(_kept, sorted(job.run_folder.parent.glob(f"*/{ZERO_SHOT}")))):
        if isinstance(known.get(key), dict) and wanted in known[key]:
            return dict(known[key])
    yield ev.PhaseChanged("zero-shot")
    found = yield from counted()
    kept[key] = found
    with suppress(UserError):
        write_json(source, kept)
    return found


def _kept(source: Path) -> dict[str, Any]:
    """What was written down; nothing where there is no such file or it is damaged."""
    with suppress(OSError, ValueError):
        said = json.loads(source.read_text(encoding="utf-8"))
        if isinstance(said, dict):
            return said
    return {}
