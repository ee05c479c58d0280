"""A model's own chat template: what it puts around a message, rendered in a sandbox.

The template comes with the model and is a program: it runs in jinja2's immutable sandbox, without
files or network. It sees a mark in the place of the user's text; the text itself is tokenised as
ordinary text, so that "<|im_end|>" in a row cannot end the message.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP

_ASKED, _SAID = "\ue000asked\ue000", "\ue000said\ue000"
_DATE = datetime(2024, 7, 26)  # templates that tell the date tell this one, always


@dataclass(frozen=True, slots=True)
class ChatFrame:
    """What stands before a message, between it and the answer, and right after the answer."""

    before: str
    after: str
    end: str


def chat_frame(folder: Path, system: str = "") -> ChatFrame:
    """The frame of the template in a model's folder.

    Raises UserError where there is none, or it cannot be used.
    """
    source, named = template_of(folder)
    if source is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This model has no chat template."),
            QT_TRANSLATE_NOOP("engine", "Set task.chat to off, or choose a chat model."),
            field="chat",
        )
    messages = [{"role": "system", "content": system}] if system.strip() else []
    messages.append({"role": "user", "content": _ASKED})
    asked = _rendered(source, named, messages, add_generation_prompt=True)
    answer = {"role": "assistant", "content": _SAID}
    whole = _rendered(source, named, [*messages, answer], add_generation_prompt=False)
    if asked.count(_ASKED) != 1 or whole.count(_SAID) != 1:
        raise _unusable("it does not show the message as it is")
    before, after = asked.split(_ASKED)
    return ChatFrame(before, after, whole.split(_SAID)[1])


def template_of(folder: Path) -> tuple[str | None, dict[str, str]]:
    """The template's source, and the special tokens by the names that it knows them by."""
    config: dict[str, Any] = {}
    for name in ("special_tokens_map.json", "tokenizer_config.json"):
        try:
            held = json.loads((folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # whether there is a template is seen below
        config |= held if isinstance(held, dict) else {}
    named = {}
    for key, value in config.items():
        said = value.get("content") if isinstance(value, dict) else value
        if key.endswith("_token") and isinstance(said, str):
            named[key] = said
    alone = folder / "chat_template.jinja"
    if alone.is_file():
        return alone.read_text(encoding="utf-8"), named
    given = config.get("chat_template")
    if isinstance(given, list):
        several = {each.get("name"): each.get("template") for each in given}
        given = several.get("default") or next(iter(several.values()), None)
    return (given if isinstance(given, str) else None), named


def _rendered(
    source: str, named: dict[str, str], messages: list[dict[str, str]], **more: Any
) -> str:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def refuse(reason: str) -> None:
        raise jinja2.TemplateError(reason)

    room = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    room.globals["raise_exception"] = refuse
    room.globals["strftime_now"] = _DATE.strftime
    try:
        said = room.from_string(source).render(messages=messages, **named, **more)
    except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise _unusable(" ".join(str(error).split())[:200]) from error
    return said


def _unusable(why: str) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The model's chat template cannot be used: {why}."),
        QT_TRANSLATE_NOOP("engine", "Set task.chat to off: the prompt is then read alone."),
        field="chat",
        why=why,
    )
