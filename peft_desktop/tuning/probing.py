"""Zero-shot probe: which prompt does the untrained model understand best, before any training."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from ..core import events as ev
from ..core.events import Event
from ..core.ports import ProbeRequest
from .device import choose_device, set_threads
from .models import Library
from .probe_reading import ProbeTable
from .probe_trial import Trial
from .word_finding import Found


def probe(request: ProbeRequest, library: Library) -> Generator[Event, None, None]:
    """Score every prompt on the rows, raw and calibrated; the result is ranked, best first.

    All prompts get a few rows first, then the groups that share their passes get the rest; what is
    known goes out as `Ranked` on the way.
    """
    yield ev.Started("probe", len(request.prompts), {"model": request.model})
    yield ev.PhaseChanged("loading")
    card = library.get(request.model)
    library.path(card.name)  # a model that cannot be used is no prompt's fault
    device = choose_device(request.device)
    set_threads(0)
    table = ProbeTable.of(request)
    trial = Trial(request, card, library, table)
    yield from trial.read()
    found: list[Found] = []
    if trial.plans:
        yield from trial.load(device)
        yield ev.PhaseChanged("evaluating")
        yield from trial.compute(device)
        if request.find_words:
            found = yield from trial.find_words(device)
    result: dict[str, Any] = {
        "ranked": trial.ranking(),
        "majority": trial.majority(),
        "rows": len(request.rows),
        "seconds": trial.seconds(),
    }
    if request.find_words:
        result["found_words"] = [one.to_dict() for one in found]
    yield ev.Finished(result)
