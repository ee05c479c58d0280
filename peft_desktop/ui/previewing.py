"""What the Prompt page shows of a prompt: found out beside the window's thread, without torch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.project import ProjectFile
from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..prompts.notation import read
from ..prompts.parts import Complaint, Part
from ..prompts.segments import label_prompt, space_before_slot
from ..prompts.template import Template, complaints, fill
from ..prompts.verbalizer import check_words
from .answers import in_short, pieces_of
from .preview_chat import frame_of, framed_chips, framed_spans
from .preview_chips import Chip, chips_of, prompt_chips, written_chips
from .preview_sources import (
    LONGEST_TEXT,
    Asked,
    Sources,
    longest_input,
    plan_of,
    reader_of,
    rows_shown,
)
from .preview_spans import Span, lay_out
from .task_prompts import fewest_labels, names_in_prompt, needs_slot, scores_words
from .template_findings import slot_complaints, soft_complaints
from .word_marks import Mark, marks_of

if TYPE_CHECKING:
    from ..prompts.tokens import Tokens

MOST_LABEL_PROMPTS = 50  # shown of what an encoder compares with
_SAMPLE = 200  # texts that the bank looks at


@dataclass(frozen=True, slots=True)
class Row:
    """The row on show: its place among `total` rows of `split` ("" is the whole table)."""

    index: int
    total: int
    row_id: int
    split: str
    label: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer to `Asked`. `spans` is None where the prompt cannot be read at all.

    `label_prompts`: what an encoder compares the text with. `chips`: the row as tokens, where the
    model is known; `own` of the tokens that are read come from columns. `shortened`: the row holds
    more than was looked at, so that `tokens` is a lower bound. Errors are told apart by what they
    are about.
    """

    asked: Asked
    parts: tuple[Part, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    prompt_error: UserError | None = None
    words_error: UserError | None = None
    model_error: UserError | None = None
    rows_error: UserError | None = None
    warnings: tuple[Sentence, ...] = ()
    words_warnings: tuple[Sentence, ...] = ()
    family: str = ""
    reads: Sentence | None = None  # how the model's family reads
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    row: Row | None = None
    spans: tuple[Span, ...] | None = None
    space: bool = False
    label_prompts: tuple[tuple[str, str], ...] = ()
    chips: tuple[Chip, ...] | None = None
    tokens: int = 0
    own: int = 0
    cut: int = 0
    limit: int = 0
    shortened: bool = False
    answer: str = ""  # what stands in the slot, where no label words do


def preview(sources: Sources, asked: Asked) -> Seen:
    """Everything about the prompt and one row that the page shows at once."""
    file, prompt = asked.file, asked.file.prompt
    text, label = file.roles.text or None, file.roles.label
    names = names_in_prompt(file)
    parts, _ = read(prompt.template, names, prompt.parameters, text, all_of_them=True)
    found = complaints(
        prompt.template,
        names,
        prompt.parameters,
        text,
        slot_needed=needs_slot(file),
        several_slots=True,  # where the model takes one only, its plan says so
        label_column=label,
    )
    seen = _with_words(Seen(asked, tuple(parts), tuple(found)))
    row: dict[str, str] = {}
    if asked.folder is not None:
        try:
            seen, row = _with_row(sources, seen)
        except UserError as error:
            seen = replace(seen, rows_error=error)
    model: tuple[Any, Tokens] | None = None
    if file.model:
        try:
            model = sources.model(file.model)
        except UserError as error:
            seen = replace(seen, model_error=error)
    template = Template(tuple(parts), prompt.template)
    seen = replace(seen, space=space_before_slot(template, prompt.words))
    if model is not None:
        family, tokens = model[0].family, model[1]
        if scores_words(file):
            seen = replace(seen, marks=marks_of(prompt, template, family, tokens))
    if found:
        return seen
    if not scores_words(file):
        return _as_written(seen, template, row, model, sources)
    found = soft_complaints(file, template)
    if model is not None:
        found += slot_complaints(file, template, model[0].family)
        seen = _as_read(seen, template, row, *model)
        wrong = {complaint.sentence.template for complaint in found}
        if seen.prompt_error is not None and seen.prompt_error.what.template in wrong:
            seen = replace(seen, prompt_error=None)  # it is said at its place
    seen = replace(seen, complaints=tuple(sorted(found, key=lambda each: each.position)))
    if model is not None:
        return seen
    if seen.row is None:
        return seen
    pieces = fill(template, row, prompt.parameters)
    return replace(seen, spans=tuple(Span(piece.kind, piece.text) for piece in pieces))


def _as_written(
    seen: Seen,
    template: Template,
    row: dict[str, str],
    model: tuple[Any, Tokens] | None,
    sources: Sources,
) -> Seen:
    """The row as the template fills it in, for tasks that do not score label words in a slot."""
    file = seen.asked.file
    if seen.row is None:
        return seen
    answer = seen.row.label
    if file.task == "extraction":  # each field is asked in turn, the first one here
        field, words = next(iter(file.prompt.words.items()), ("", []))
        row = {"question": words[0] if words else "", **row}
        answer = _answer_of(file, row, field)
    pieces = fill(template, row, file.prompt.parameters)
    spans = tuple(Span(piece.kind, piece.text) for piece in pieces)
    seen = replace(seen, spans=spans, answer=answer)
    if model is None:
        return seen
    card, tokens = model
    seen = replace(seen, family=card.family, limit=longest_input(file, card))
    try:
        frame = frame_of(file, card, sources.folder(file.model))
    except UserError as error:
        return replace(seen, prompt_error=error)
    if frame is None:
        chips = written_chips([(piece.kind, piece.text) for piece in pieces], tokens)
        return replace(seen, chips=chips, tokens=len(chips))
    chips, count = framed_chips(pieces, frame, tokens)
    told = (Sentence(_IN_CHAT),)
    spans = framed_spans(pieces, frame)
    return replace(seen, spans=spans, chips=chips, tokens=count, warnings=told)


_IN_CHAT = QT_TRANSLATE_NOOP(
    "engine",
    "The model reads this as the user's message in its own chat template, shown in italics (Train "
    "page, Chat template: off reads the prompt alone).",
)


def _with_words(seen: Seen) -> Seen:
    file = seen.asked.file
    if not file.labels or not scores_words(file):
        return seen
    try:
        found = check_words(file.prompt.words, file.labels)
    except UserError as error:
        return replace(seen, words_error=error)
    return replace(seen, words_warnings=tuple(Sentence(w.template, w.values) for w in found))


def _reads(family: str) -> Sentence | None:
    from ..families import FAMILIES

    return Sentence(FAMILIES[family].summary, {}, "families") if family in FAMILIES else None


def _with_row(sources: Sources, seen: Seen) -> tuple[Seen, dict[str, str]]:
    from ..data.store import rows_by_id

    file = seen.asked.file
    table = sources.table(seen.asked)
    split, ids = rows_shown(file, table)
    if not ids:
        return seen, {}
    index = seen.asked.row % len(ids)
    whole = rows_by_id(table, [ids[index]], file.columns)[0]
    row = {name: cell[:LONGEST_TEXT] for name, cell in whole.items()}
    label = _answer_of(file, row)
    shown = Row(index, len(ids), ids[index], split, label)
    used = {part.name for part in seen.parts if hasattr(part, "name")}
    longer = any(len(whole[name]) > LONGEST_TEXT for name in used & whole.keys())
    return replace(seen, row=shown, shortened=longer), row


def _answer_of(file: ProjectFile, row: dict[str, str], field: str = "") -> str:
    """The row's gold answer as one reads it, or that of one of its fields."""
    cell = row.get(file.roles.label or "", "")
    if file.task == "classification":
        return cell
    try:
        pieces = pieces_of(file.task, row.get(file.roles.text, ""), cell)
        if field:
            return "; ".join(piece.text for piece in pieces if piece.name == field)
        return in_short(pieces)
    except (ValueError, KeyError, TypeError):
        return cell


def _as_read(
    seen: Seen, template: Template, row: dict[str, str], card: Any, tokens: Tokens
) -> Seen:
    file, prompt = seen.asked.file, seen.asked.file.prompt
    seen = replace(
        seen,
        reads=_reads(card.family),
        family=card.family,
        limit=longest_input(file, card),
    )
    plan, error = plan_of(file, card, tokens)
    if error is not None:
        if error.field == "template" or plan is None:
            seen = replace(seen, prompt_error=error)
        elif seen.words_error is None:
            seen = replace(seen, words_error=error)
    if plan is None:
        return seen
    seen = replace(seen, warnings=tuple(Sentence(*warning) for warning in plan.warnings))
    if card.family == "encoder":
        said = [
            (label, label_prompt(template, prompt.parameters, word))
            for label, words in prompt.words.items()
            for word in words
        ]
        seen = replace(seen, label_prompts=tuple(said))
    if seen.row is None:
        return seen
    reader = reader_of(plan)
    try:
        laid = lay_out(reader, row)
    except UserError as problem:
        return replace(seen, rows_error=problem)
    chips = chips_of(reader, row, laid)
    every = [word for several in prompt.words.values() for word in several]
    return replace(
        seen,
        spans=laid.spans,
        chips=(*chips, *_label_chips(seen.label_prompts, every, tokens)),
        tokens=laid.tokens + reader.reserve - reader.ahead,
        own=laid.own,
        cut=laid.cut,
    )


def _label_chips(
    prompts: Sequence[tuple[str, str]], words: Sequence[str], tokens: Tokens
) -> Iterator[Chip]:
    """The prompts of the labels as tokens, each below its label's name."""
    for (label, prompt), word in list(zip(prompts, words, strict=False))[:MOST_LABEL_PROMPTS]:
        yield Chip("heading", " ".join(label.split())[:60])
        yield from prompt_chips(tokens, prompt, word)


def suggestions(sources: Sources, asked: Asked) -> list[PromptSpec]:
    """Prompts of the bank for these labels and texts, best first, in the project's own names."""
    file = asked.file
    if len(file.labels) < fewest_labels(file) or asked.folder is None:
        return []
    family = "causal"
    if file.model:
        try:
            family = sources.model(file.model)[0].family
        except UserError:
            family = "causal"
    try:
        table = sources.table(asked)
        texts = table[file.roles.text].slice(0, _SAMPLE).to_pylist()
    except (UserError, KeyError):
        texts = []
    found = _of_the_bank(file, texts, family)
    if "text" in file.columns and file.roles.text != "text":
        own = "{" + file.roles.text + "}"  # another column has the name that the bank uses
        found = [
            spec.model_copy(update={"template": spec.template.replace("{text}", own)})
            for spec in found
        ]
    return found


def _of_the_bank(file: ProjectFile, texts: list[str], family: str) -> list[PromptSpec]:
    from ..prompts.bank import suggest
    from ..prompts.bank_tasks import suggest_several, task_templates

    if file.task == "classification":
        return suggest(file.labels, texts, family, parameters=file.prompt.parameters)
    if file.task == "several_labels":
        return suggest_several(file.labels, texts, family)
    return [
        PromptSpec(template=form, words=file.prompt.words)
        for form in task_templates(file.task, texts, family, question=file.roles.question)
    ]
