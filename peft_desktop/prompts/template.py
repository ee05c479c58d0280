"""The template of a prompt: columns, named constants and one slot between plain text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from typing import Literal as OneOf

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP, Sentence

SLOT_NAME = "mask"
TEXT_NAME = "text"
_WIDE = {"\uff5b": "{", "\uff5d": "}"}  # the braces that a Chinese keyboard gives


@dataclass(frozen=True, slots=True)
class Literal:
    """Plain text, escapes already resolved; `start` and `end` are positions in the source."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """The row's text in the column `name`."""

    name: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Parameter:
    """The value of the named constant `name`."""

    name: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of the label word."""

    start: int = 0
    end: int = 0


Part = Literal | Column | Parameter | Slot


class Piece(NamedTuple):
    """A part of the template filled with a row; the slot's text is empty."""

    kind: OneOf["literal", "column", "parameter", "slot"]
    text: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a template: where (from 0, in characters), what, and what to do."""

    position: int
    length: int
    sentence: Sentence
    do: Sentence


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template. `Template.parse` makes one from what the user wrote."""

    parts: tuple[Part, ...]
    source: str = ""

    @classmethod
    def parse(
        cls,
        text: str,
        columns: Collection[str] = (),
        parameters: Collection[str] = (),
        text_column: str | None = None,
    ) -> Template:
        r"""Read `{column}`, `{parameter}`, `{mask}`, and `{{`, `}}` for braces themselves.

        Without `columns` every unknown name is taken for a column. The two characters `\n`, as
        typed on a command line, are read here as a line break, wherever the template comes from;
        `\\n` stays a backslash and an n.
        Raises UserError for braces that do not match and, where `columns` is given, for a name
        that is neither a column nor a parameter. All other faults are for `check` to find.
        """
        parts, complaints = _read(text, columns, parameters, text_column)
        if complaints:
            raise _error(complaints[0])
        return cls(tuple(parts), text)

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Template:
        """A template of given parts; its source and positions are made to fit."""
        placed: list[Part] = []
        source = ""
        for part in parts:
            written = _written(part)
            at = {"start": len(source), "end": len(source) + len(written)}
            match part:
                case Literal(text=text):
                    if not text:
                        continue
                    placed.append(Literal(text, **at))
                case Column(name=name):
                    placed.append(Column(name, **at))
                case Parameter(name=name):
                    placed.append(Parameter(name, **at))
                case Slot():
                    placed.append(Slot(**at))
            source += written
        return cls(tuple(placed), source)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns used, each once, in template order."""
        return tuple(dict.fromkeys(p.name for p in self.parts if isinstance(p, Column)))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The named constants used, each once, in template order."""
        return tuple(dict.fromkeys(p.name for p in self.parts if isinstance(p, Parameter)))

    @property
    def slot(self) -> int | None:
        """The index of the slot among the parts."""
        return next((i for i, p in enumerate(self.parts) if isinstance(p, Slot)), None)


def _written(part: Part) -> str:
    match part:
        case Literal(text=text):
            escaped = text.replace("{", "{{").replace("}", "}}").replace("\\n", "\\\\n")
            return escaped.replace("\n", "\\n")
        case Column(name=name) | Parameter(name=name):
            return "{" + name + "}"
        case Slot():
            return "{" + SLOT_NAME + "}"


def complaints(
    text: str,
    columns: Collection[str],
    parameters: Mapping[str, str] | Collection[str] = (),
    text_column: str | None = None,
    *,
    slot_needed: bool = True,
) -> list[Complaint]:
    """Everything that is wrong with a template, in the order of its places.

    `parameters` is name -> value; given as bare names, their values are not looked at.
    """
    parts, found = _read(text, columns, parameters, text_column, all_of_them=True)
    found += _name_complaints(parts, columns, parameters, text_column)
    slots = [p for p in parts if isinstance(p, Slot)]
    # a fault inside braces hides what was meant there: do not also say that it is missing
    if slot_needed and not slots and not found:
        found.append(_say(len(text), 0, _NO_SLOT, _NO_SLOT_DO))
    found += [_say(p.start, p.end - p.start, _TWO_SLOTS, _TWO_SLOTS_DO) for p in slots[1:]]
    if not found and not any(isinstance(p, Column) for p in parts):
        example = TEXT_NAME if text_column or not columns else next(iter(columns))
        found.append(_say(0, 0, _NO_COLUMN, _NO_COLUMN_DO, example="{" + example + "}"))
    return sorted(found, key=lambda c: c.position)


def check(
    text: str,
    columns: Collection[str],
    parameters: Mapping[str, str] | Collection[str] = (),
    text_column: str | None = None,
    *,
    slot_needed: bool = True,
) -> Template:
    """The parsed template; raises UserError with the first complaint."""
    found = complaints(text, columns, parameters, text_column, slot_needed=slot_needed)
    if found:
        raise _error(found[0])
    return Template.parse(text, columns, parameters, text_column)


def fill(template: Template, row: Mapping[str, str], parameters: Mapping[str, str]) -> list[Piece]:
    """The template's parts with the row's texts. Raises UserError for a missing column or value."""
    return [_filled(part, row, parameters) for part in template.parts]


def _filled(part: Part, row: Mapping[str, str], parameters: Mapping[str, str]) -> Piece:
    match part:
        case Literal(text=text):
            return Piece("literal", text)
        case Slot():
            return Piece("slot", "")
        case Column(name=name):
            if name not in row:
                raise UserError(_MISSING_COLUMN, _MISSING_COLUMN_DO, name=name)
            return Piece("column", row[name])
        case Parameter(name=name):
            if name not in parameters:
                raise UserError(_NO_VALUE_FILL, _VALUE_DO, field="template", name=name)
            return Piece("parameter", parameters[name])


def _read(
    text: str,
    columns: Collection[str],
    parameters: Collection[str],
    text_column: str | None,
    all_of_them: bool = False,
) -> tuple[list[Part], list[Complaint]]:
    """Parts and complaints about braces and names; names are judged only against given columns."""
    parts: list[Part] = []
    found: list[Complaint] = []
    plain, plain_start, at = "", 0, 0

    def plain_ends() -> None:
        nonlocal plain
        if plain:
            parts.append(Literal(plain, plain_start, at))
        plain = ""

    while at < len(text):
        if not plain:
            plain_start = at
        if text.startswith(("{{", "}}"), at):
            plain, at = plain + text[at], at + 2
        elif text.startswith("\\\\n", at):
            plain, at = plain + "\\n", at + 3
        elif text.startswith("\\n", at):
            plain, at = plain + "\n", at + 2
        elif text[at] == "}":
            found.append(_say(at, 1, _NOT_OPENED, _BRACES_DO))
            at += 1
        elif text[at] == "{":
            plain_ends()
            end = next((i for i in range(at + 1, len(text)) if text[i] in "{}"), None)
            if end is None:
                found.append(_say(at, len(text) - at, _NOT_CLOSED, _BRACES_DO))
                at = len(text)
            elif text[end] == "{":
                found.append(_say(end, 1, _NESTED, _BRACES_DO))
                at = end
            else:
                part, wrong = _named(text, at, end + 1, columns, parameters, text_column)
                if part is not None:
                    parts.append(part)
                if wrong is not None and (columns or all_of_them or part is None):
                    found.append(wrong)
                at = end + 1
        else:
            plain, at = plain + text[at], at + 1
    plain_ends()
    return parts, found


def _named(
    text: str,
    start: int,
    end: int,
    columns: Collection[str],
    parameters: Collection[str],
    text_column: str | None,
) -> tuple[Part | None, Complaint | None]:
    inside = text[start + 1 : end - 1]
    for name in (inside, inside.strip()):
        if name == SLOT_NAME:
            return Slot(start, end), None
        if name in columns:
            return Column(name, start, end), None
        if name in parameters:
            return Parameter(name, start, end), None
        if name == TEXT_NAME and text_column is not None:
            return Column(text_column, start, end), None
    name = inside.strip()
    if not name:
        return None, _say(start, end - start, _EMPTY, _EMPTY_DO)
    near = _nearest(name, [SLOT_NAME, *columns, *parameters, *([TEXT_NAME] if text_column else [])])
    if near:
        wrong = _say(start, end - start, _UNKNOWN, _NEAREST_DO, name=name, near="{" + near + "}")
    else:
        wrong = _say(start, end - start, _UNKNOWN, _UNKNOWN_DO, name=name)
    return Column(name, start, end), wrong


def _nearest(name: str, known: Sequence[str]) -> str | None:
    from rapidfuzz import fuzz, process, utils

    hit = process.extractOne(
        name, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    return None if hit is None else str(hit[0])


def _name_complaints(
    parts: Sequence[Part],
    columns: Collection[str],
    parameters: Mapping[str, str] | Collection[str],
    text_column: str | None,
) -> list[Complaint]:
    found = []
    taken = {*columns, SLOT_NAME, *([TEXT_NAME] if text_column else [])}
    for name in parameters:
        uses = [p for p in parts if isinstance(p, (Parameter, Column)) and p.name == name]
        start, end = (uses[0].start, uses[0].end) if uses else (0, 0)
        if name in taken:
            found.append(_say(start, end - start, _TAKEN, _TAKEN_DO, name=name))
        elif isinstance(parameters, Mapping) and not parameters[name].strip():
            found.append(_say(start, end - start, _NO_VALUE, _VALUE_DO, name=name))
    for part in parts:
        if isinstance(part, Literal) and "\uff5b" in part.text:
            inside = part.text.partition("\uff5b")[2].partition("\uff5d")[0].strip()
            if inside in {*taken, *parameters}:
                # only a known name: such braces may also be meant as plain text
                meant = "{" + inside + "}"
                found.append(
                    _say(part.start, part.end - part.start, _WIDE_BRACE, _WIDE_DO, meant=meant)
                )
    return found


def _say(position: int, length: int, what: str, do: str, **values: Any) -> Complaint:
    told = {"at": position + 1, **values}
    return Complaint(position, length, Sentence(what, told), Sentence(do, told))


def _error(complaint: Complaint) -> UserError:
    said = complaint.sentence
    return UserError(said.template, complaint.do.template, field="template", **said.values)


_NOT_CLOSED = QT_TRANSLATE_NOOP("engine", "Character {at}: this brace is never closed.")
_NOT_OPENED = QT_TRANSLATE_NOOP("engine", "Character {at}: this brace was never opened.")
_NESTED = QT_TRANSLATE_NOOP("engine", "Character {at}: a brace inside braces.")
_BRACES_DO = QT_TRANSLATE_NOOP(
    "engine", "Write {{name}} for a column or parameter, and {{{{ or }}}} for a brace itself."
)
_EMPTY = QT_TRANSLATE_NOOP("engine", "Character {at}: there is no name between the braces.")
_EMPTY_DO = QT_TRANSLATE_NOOP("engine", "Write a column, a parameter or {{mask}} there.")
_UNKNOWN = QT_TRANSLATE_NOOP(
    "engine", 'Character {at}: there is no column or parameter called "{name}".'
)
_NEAREST_DO = QT_TRANSLATE_NOOP("engine", "Did you mean {near}?")
_UNKNOWN_DO = QT_TRANSLATE_NOOP(
    "engine", "Name a column of the data, or give the parameter a value ({name}=...)."
)
_NO_SLOT = QT_TRANSLATE_NOOP("engine", "The template has no slot for the label word.")
_NO_SLOT_DO = QT_TRANSLATE_NOOP("engine", "Write {{mask}} where the label word belongs.")
_TWO_SLOTS = QT_TRANSLATE_NOOP("engine", "Character {at}: a second slot; there can be one only.")
_TWO_SLOTS_DO = QT_TRANSLATE_NOOP("engine", "Remove one {{mask}}.")
_NO_COLUMN = QT_TRANSLATE_NOOP("engine", "The template uses no column, so every row reads alike.")
_NO_COLUMN_DO = QT_TRANSLATE_NOOP("engine", "Put the text in, for example {example}.")
_TAKEN = QT_TRANSLATE_NOOP(
    "engine", 'The parameter "{name}" has the name of a column or of the slot.'
)
_TAKEN_DO = QT_TRANSLATE_NOOP("engine", "Give the parameter another name.")
_NO_VALUE = QT_TRANSLATE_NOOP("engine", 'The parameter "{name}" has no value.')
_NO_VALUE_FILL = QT_TRANSLATE_NOOP("engine", 'The parameter "{name}" has no value.')
_VALUE_DO = QT_TRANSLATE_NOOP("engine", "Give it one ({name}=...).")
_WIDE_BRACE = QT_TRANSLATE_NOOP("engine", "Character {at}: the braces here are full-width ones.")
_WIDE_DO = QT_TRANSLATE_NOOP("engine", "Write {meant} with ordinary braces.")
_MISSING_COLUMN = QT_TRANSLATE_NOOP("engine", 'The data has no column "{name}".')
_MISSING_COLUMN_DO = QT_TRANSLATE_NOOP("engine", "The template needs it: add or rename a column.")
