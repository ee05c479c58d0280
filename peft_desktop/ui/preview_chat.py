"""What a model's chat template puts around the row on show, where an answer is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.project import ProjectFile
from ..prompts.chat import ChatFrame, chat_frame, template_of
from ..prompts.parts import Piece
from ..prompts.tokens import Tokens
from .preview_chips import Chip, spelt, written_chips
from .preview_spans import Span


def frame_of(file: ProjectFile, card: Any, folder: Path) -> ChatFrame | None:
    """The frame that training puts around the prompt; None where the prompt is read alone.

    Raises UserError for a template that cannot be used though it was asked for.
    """
    if file.task != "generation":
        return None
    wanted = file.task_settings.get("chat", "auto")
    if wanted == "off" or card.family != "causal":
        return None
    if wanted == "auto" and (not card.chat_template or template_of(folder)[0] is None):
        return None
    return chat_frame(folder, str(file.task_settings.get("system", "")))


def framed(pieces: Sequence[Piece], frame: ChatFrame) -> list[tuple[str, str]]:
    """Kinds and texts in the order in which they are read: the answer comes after the frame."""
    at = next((n for n, piece in enumerate(pieces) if piece.kind == "slot"), len(pieces))
    inside = [(piece.kind, piece.text) for piece in pieces[:at]]
    slot = [(piece.kind, piece.text) for piece in pieces[at : at + 1]]
    return [("special", frame.before), *inside, ("special", frame.after), *slot]


def framed_spans(pieces: Sequence[Piece], frame: ChatFrame) -> tuple[Span, ...]:
    return tuple(Span(kind, text) for kind, text in framed(pieces, frame) if text or kind == "slot")


def framed_chips(
    pieces: Sequence[Piece], frame: ChatFrame, tokens: Tokens
) -> tuple[tuple[Chip, ...], int]:
    """The tokens of all that is read, and how many they are. The frame's marks are single tokens;
    a mark that a row's text holds is ordinary text."""
    told = framed(pieces, frame)
    ends = [("slot", "")] if told[-1][0] == "slot" else []
    inside = told[1 : len(told) - 1 - len(ends)]
    before, after = tokens.marked_ids(frame.before), tokens.marked_ids(frame.after, start=False)
    chips = [
        *(Chip("special", spelt(tokens.token(i)), i) for i in before),
        *written_chips(inside, tokens),
        *(Chip("special", spelt(tokens.token(i)), i) for i in after),
    ]
    return (*chips, *(Chip(kind, text) for kind, text in ends)), len(chips)
