"""What an untrained model thinks of a project's label words before it has read any row."""

from __future__ import annotations

from collections.abc import Generator

from ..core import events as ev
from ..core.events import Event
from ..core.ports import ProbeRequest
from ..core.steps import longest_reading
from .device import choose_device, set_threads
from .loading import set_precision
from .models import Library
from .probe_reading import recipe_of
from .probe_trial import precision_for
from .rows import TableRows
from .trained import build
from .word_ranks import word_ranks


def ask_words(request: ProbeRequest, library: Library) -> Generator[Event, None, None]:
    """The rank and the prior of the label words of the first prompt; its rows are not read.

    `words` of the result has one entry for each word, in their order: label, word (its place among
    the label's), rank (from 1), prior (0 to 1), tokens. It is empty for a model that predicts no
    words. `vocabulary`: how many tokens are ranked.
    """
    yield ev.Started("words", 1, {"model": request.model})
    yield ev.PhaseChanged("loading")
    card = library.get(request.model)
    library.path(card.name)
    device = choose_device(request.device)
    set_threads(0)
    # each word is asked for as the tokens that the model has, and under one template
    prompt = request.prompts[0].model_copy(update={"virtual": False, "also": []})
    recipe = recipe_of(request, prompt)
    columns = TableRows.of(request.project, recipe).columns
    model = build(recipe, card, library, columns, longest_reading(card.context_length))
    yield ev.Tick()
    precision = precision_for(card.family, device)
    set_precision(model, precision)
    model.to(device)
    yield ev.Tick()
    yield ev.PhaseChanged("evaluating")
    found = yield from word_ranks(model, columns, device, precision)
    words = [
        {
            "label": each.label,
            "word": each.word,
            "rank": each.rank,
            "prior": each.prior,
            "tokens": each.tokens,
            "unlikely": each.unlikely,
        }
        for each in found
    ]
    yield ev.Finished({"words": words, "vocabulary": card.vocabulary_size or 0})
