"""The template of a prompt: columns, named constants and one slot between plain text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .notation import read
from .notation import written as written
from .parts import SLOT_NAME as SLOT_NAME
from .parts import TEXT_NAME as TEXT_NAME
from .parts import Column as Column
from .parts import Complaint as Complaint
from .parts import Literal as Literal
from .parts import Parameter as Parameter
from .parts import Part as Part
from .parts import Piece as Piece
from .parts import Slot as Slot
from .parts import Soft as Soft
from .parts import complaint as say

_NO_SLOT = QT_TRANSLATE_NOOP("engine", "The template has no slot for the label word.")
_NO_SLOT_DO = QT_TRANSLATE_NOOP("engine", "Write {{mask}} where the label word belongs.")
_TWO_SLOTS = QT_TRANSLATE_NOOP("engine", "Character {at}: a second slot; there can be one only.")
_TWO_SLOTS_DO = QT_TRANSLATE_NOOP(
    "engine", "Remove one {{mask}}; only a masked model such as BERT takes several."
)
_NO_COLUMN = QT_TRANSLATE_NOOP("engine", "The template uses no column, so every row reads alike.")
_NO_COLUMN_DO = QT_TRANSLATE_NOOP("engine", "Put the text in, for example {example}.")
_ANSWER = QT_TRANSLATE_NOOP(
    "engine", 'Character {at}: the column "{name}" holds the label; the model would see the answer.'
)
_ANSWER_DO = QT_TRANSLATE_NOOP("engine", "Write {{mask}} there, or use another column.")
_TAKEN = QT_TRANSLATE_NOOP(
    "engine", 'The parameter "{name}" has the name of a column or of the slot.'
)
_TAKEN_DO = QT_TRANSLATE_NOOP("engine", "Give the parameter another name.")
_NO_VALUE = QT_TRANSLATE_NOOP("engine", 'The parameter "{name}" has no value.')
_VALUE_DO = QT_TRANSLATE_NOOP("engine", "Give it one ({name}=...).")
_WIDE_BRACE = QT_TRANSLATE_NOOP("engine", "Character {at}: the braces here are full-width ones.")
_WIDE_DO = QT_TRANSLATE_NOOP("engine", "Write {meant} with ordinary braces.")
_MISSING_COLUMN = QT_TRANSLATE_NOOP("engine", 'The data has no column "{name}".')
_MISSING_COLUMN_DO = QT_TRANSLATE_NOOP("engine", "The template needs it: add or rename a column.")


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
        r"""Read `{column}`, `{parameter}`, `{mask}`, `{soft:20}`, and `{{`, `}}` for braces.

        `{column:2}` or `{column:keep}` say how late a column is cut; `{soft:"some words"}` are
        soft tokens that start from these words.

        Without `columns` every unknown name is taken for a column. The two characters `\n`, as
        typed on a command line, are read here as a line break, wherever the template comes from;
        `\\n` stays a backslash and an n.
        Raises UserError for braces that do not match and, where `columns` is given, for a name
        that is neither a column nor a parameter. All other faults are for `check` to find.
        """
        parts, complaints = read(text, columns, parameters, text_column)
        if complaints:
            raise _error(complaints[0])
        return cls(tuple(parts), text)

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Template:
        """A template of given parts; its source and positions are made to fit."""
        placed: list[Part] = []
        source = ""
        for part in _joined(parts):
            start, source = len(source), source + written(part)
            placed.append(replace(part, start=start, end=len(source)))
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

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return sum(isinstance(p, Slot) for p in self.parts)

    @property
    def soft(self) -> tuple[Soft, ...]:
        """The stretches of soft tokens, in template order."""
        return tuple(p for p in self.parts if isinstance(p, Soft))


def _joined(parts: Iterable[Part]) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Literal) and found and isinstance(found[-1], Literal):
            found[-1] = Literal(found[-1].text + part.text)
        elif not isinstance(part, Literal) or part.text:
            found.append(part)
    return found


def complaints(
    text: str,
    columns: Collection[str],
    parameters: Mapping[str, str] | Collection[str] = (),
    text_column: str | None = None,
    *,
    slot_needed: bool = True,
    several_slots: bool = False,
    label_column: str | None = None,
) -> list[Complaint]:
    """Everything that is wrong with a template, in the order of its places.

    `parameters` is name -> value; given as bare names, their values are not looked at.
    `several_slots`: one for each token of the label words may be written, as masked models take
    it. A template that uses `label_column` would show the model the answer.
    """
    parts, found = read(text, columns, parameters, text_column, all_of_them=True)
    found += _name_complaints(parts, columns, parameters, text_column)
    found += [
        say(p.start, p.end - p.start, _ANSWER, _ANSWER_DO, name=p.name)
        for p in parts
        if isinstance(p, Column) and p.name == label_column
    ]
    slots = [p for p in parts if isinstance(p, Slot)]
    # a fault inside braces hides what was meant there: do not also say that it is missing
    if slot_needed and not slots and not found:
        found.append(say(len(text), 0, _NO_SLOT, _NO_SLOT_DO))
    if not several_slots:
        found += [say(p.start, p.end - p.start, _TWO_SLOTS, _TWO_SLOTS_DO) for p in slots[1:]]
    if not found and not any(isinstance(p, Column) for p in parts):
        example = TEXT_NAME if text_column or not columns else next(iter(columns))
        found.append(say(0, 0, _NO_COLUMN, _NO_COLUMN_DO, example="{" + example + "}"))
    return sorted(found, key=lambda c: c.position)


def check(
    text: str,
    columns: Collection[str],
    parameters: Mapping[str, str] | Collection[str] = (),
    text_column: str | None = None,
    *,
    slot_needed: bool = True,
    several_slots: bool = False,
    label_column: str | None = None,
) -> Template:
    """The parsed template; raises UserError with the first complaint."""
    found = complaints(
        text,
        columns,
        parameters,
        text_column,
        slot_needed=slot_needed,
        several_slots=several_slots,
        label_column=label_column,
    )
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
        case Soft():
            return Piece("soft", "")
        case Column(name=name):
            if name not in row:
                raise UserError(_MISSING_COLUMN, _MISSING_COLUMN_DO, name=name)
            return Piece("column", row[name])
        case Parameter(name=name):
            if name not in parameters:
                raise UserError(_NO_VALUE, _VALUE_DO, field="template", name=name)
            return Piece("parameter", parameters[name])


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
            found.append(say(start, end - start, _TAKEN, _TAKEN_DO, name=name))
        elif isinstance(parameters, Mapping) and not parameters[name].strip():
            found.append(say(start, end - start, _NO_VALUE, _VALUE_DO, name=name))
    for part in parts:
        if isinstance(part, Literal) and "\uff5b" in part.text:
            inside = part.text.partition("\uff5b")[2].partition("\uff5d")[0].strip()
            if inside in {*taken, *parameters}:
                # only a known name: such braces may also be meant as plain text
                meant = "{" + inside + "}"
                found.append(
                    say(part.start, part.end - part.start, _WIDE_BRACE, _WIDE_DO, meant=meant)
                )
    return found


def _error(complaint: Complaint) -> UserError:
    said = complaint.sentence
    return UserError(said.template, complaint.do.template, field="template", **said.values)
