"""Settings that describe themselves: a form, a help page or `--set` can be drawn from them."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from typing import Any, get_args, get_origin

import pydantic

from .errors import UserError
from .words import QT_TRANSLATE_NOOP


class Settings(pydantic.BaseModel):
    """A frozen set of values with a sentence, a range and a unit for each."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Field:
    """One setting as a form needs it; `kind` is int, float, bool or str."""

    name: str
    kind: type
    default: Any
    label: str
    help: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    unit: str
    typical: str
    optional: bool
    main: bool


def setting(
    default: Any,
    *,
    label: str,
    help: str,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    unit: str = "",
    typical: str = "",
    main: bool = False,
) -> Any:
    """Declare a setting. `main` ones are always seen, the others folded away.

    `label` and `help` are marked with `QT_TRANSLATE_NOOP("settings", ...)`.
    """
    extra: Any = {
        "label": label,
        "help": help,
        "low": low,
        "high": high,
        "choices": choices,
        "unit": unit,
        "typical": typical,
        "main": main,
    }
    # the annotation makes the value's check; the extra is what a form shows
    return pydantic.Field(default, ge=low, le=high, json_schema_extra=extra)


def fields_of(settings: type[Settings]) -> list[Field]:
    """The settings of a class that were declared with `setting`, in order."""
    hints = typing.get_type_hints(settings)
    found = []
    for name, info in settings.model_fields.items():
        extra = info.json_schema_extra
        if not isinstance(extra, dict) or "label" not in extra:
            continue
        values: dict[str, Any] = dict(extra)
        kind, optional = _kind_of(hints[name])
        found.append(
            Field(
                name=name,
                kind=kind,
                default=info.default,
                label=values["label"],
                help=values["help"],
                low=values["low"],
                high=values["high"],
                choices=tuple(values["choices"]),
                unit=values["unit"],
                typical=values["typical"],
                optional=optional,
                main=values["main"],
            )
        )
    return found


def _kind_of(hint: Any) -> tuple[type, bool]:
    args = [a for a in get_args(hint) if a is not type(None)]
    if get_origin(hint) in (typing.Union, types.UnionType):
        return _kind_of(args[0])[0], len(args) < len(get_args(hint))
    if get_origin(hint) is typing.Literal:
        return str, False
    return (hint if hint in (int, float, bool, str) else str), False


def parsed(settings: type[Settings], name: str, text: str) -> Any:
    """The value that `text` (from the command line) means for the setting `name`.

    Raises UserError naming the setting, its range and typical values.
    """
    field = next((f for f in fields_of(settings) if f.name == name), None)
    if field is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no setting "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Known settings: {known}."),
            name=name,
            known=", ".join(f.name for f in fields_of(settings)),
        )
    if field.optional and text.strip().lower() in ("", "none", "auto"):
        return None
    try:
        model = settings.model_validate({name: text.strip()})
    except pydantic.ValidationError as error:
        raise out_of_range(field, text) from error
    return getattr(model, name)


def out_of_range(field: Field, value: Any) -> UserError:
    """The sentence for a value that the setting does not take."""
    if field.choices:
        allowed = ", ".join(field.choices)
    elif field.kind is bool:
        allowed = "true, false"
    elif field.low is not None and field.high is not None:
        allowed = f"{field.low:g} .. {field.high:g}"
    elif field.low is not None:
        allowed = f">= {field.low:g}"
    else:
        allowed = field.kind.__name__
    if field.typical:
        allowed += f" ({field.typical})"
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'The setting "{name}" does not take "{value}".'),
        QT_TRANSLATE_NOOP("engine", "It takes {allowed}."),
        field=field.name,
        name=field.name,
        value=value,
        allowed=allowed,
    )


def checked(settings: type[Settings], values: dict[str, Any]) -> Any:
    """Build `settings` from plain values; the first wrong one becomes a sentence."""
    try:
        return settings.model_validate(values)
    except pydantic.ValidationError as error:
        name = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else ""
        known = {f.name: f for f in fields_of(settings)}
        if name in known:
            raise out_of_range(known[name], values.get(name)) from error
        parsed(settings, name, str(values.get(name)))  # names the unknown setting
        raise
