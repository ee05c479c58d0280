"""Which tokens may come next so that what is written is a record of the known fields, as JSON.

{"name": "Blue Spice", "area": ["centre", "north"]}: fields in their order, each once at most, a
text or a list of texts. A small automaton reads the tokens' characters; what may follow is
computed once for each of its states, so that a step costs a look-up.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from ...core.errors import UserError
from ...core.words import QT_TRANSLATE_NOOP
from ...data.field_records import Record, record_in
from ...prompts.tokens import Tokens

_ESCAPED = '"\\/bfnrt'
_CANNOT = QT_TRANSLATE_NOOP("engine", "This model's tokenizer cannot write JSON ({sign}).")
_CANNOT_DO = QT_TRANSLATE_NOOP(
    "engine", "Let it point at the text instead (task.way=spans), or choose a causal model."
)


class State(NamedTuple):
    """Where a record stands. `place`: start, text, element (of a list), after or end; `field`: the
    field's number; `many`: inside a list; `partial`: what was begun of what must come; in a text:
    "" nothing yet, "x" something, backslash an escape that is open."""

    place: str = "start"
    field: int = -1
    many: bool = False
    partial: str = ""


class RecordGrammar:
    """The automaton over one tokenizer; `allowed` is what the writer asks before each token."""

    def __init__(self, fields: Sequence[str], tokens: Tokens, ends: Sequence[int]) -> None:
        self.fields = list(fields)
        self.ends = list(ends)
        self.texts: dict[int, str] = {}
        self._ids: dict[str, list[int]] = defaultdict(list)
        self._plain: list[int] = []  # tokens that a text may hold wherever it stands
        self._signs: list[int] = []  # tokens with a quotation mark or a backslash
        self._next: dict[State, list[int]] = {}
        self._tensors: dict[State, Tensor] = {}
        self._rows: dict[int, tuple[int, State]] = {}
        special = set(ends) | tokens.added_ids
        for token in range(tokens.vocabulary_size):
            if token in special:
                continue
            text = tokens.token(token)
            if not text:
                continue
            self.texts[token] = text
            self._ids[text].append(token)
            if '"' in text or "\\" in text:
                self._signs.append(token)
            elif text.isprintable() or "\ufffd" in text:
                self._plain.append(token)
        self.keys = [self._key(field) for field in fields]
        missing = [c for c in '{}":,[] ' if c not in self._ids]
        if missing:
            raise UserError(_CANNOT, _CANNOT_DO, field="way", sign=" ".join(missing))

    def _key(self, field: str) -> str:
        """The field's name in JSON; characters that are no token of their own are escaped."""
        plain = json.dumps(field, ensure_ascii=False)
        return plain if all(sign in self._ids for sign in plain) else json.dumps(field)

    # -- the automaton ----------------------------------------------------------------------------

    def options(self, state: State) -> list[tuple[str, State]]:
        """What must come next, in full, and where it leads."""
        if state.place == "element":
            return [
                (', "', State("text", state.field, True)),
                ("]", State("after", state.field)),
            ]
        if state.place not in ("start", "after"):
            return []
        found = []
        for number in range(state.field + 1, len(self.keys)):
            for sign, many in (('"', False), ('["', True)):
                goal = State("text", number, many)
                if state.place == "start":
                    found.append((f"{{{self.keys[number]}: {sign}", goal))
                    found.append((f" {{{self.keys[number]}: {sign}", goal))
                else:
                    found.append((f", {self.keys[number]}: {sign}", goal))
        if state.place == "start":
            found += [("{}", State("end")), (" {}", State("end"))]
        else:
            found.append(("}", State("end")))
        return found

    def step(self, state: State, sign: str) -> State | None:
        """The state behind one more character; None where it may not stand there."""
        if state.place == "end":
            return None
        if state.place != "text":
            partial = state.partial + sign
            for option, goal in self.options(state):
                if option == partial:
                    return goal
                if option.startswith(partial):
                    return state._replace(partial=partial)
            return None
        if state.partial == "\\":
            return state._replace(partial="x") if sign in _ESCAPED else None
        if sign == '"':
            if not state.partial:
                return None  # an empty text says nothing: the field is left out instead
            return State("element" if state.many else "after", state.field)
        if sign == "\\":
            return state._replace(partial="\\")
        return state._replace(partial="x") if sign.isprintable() else None

    def behind(self, state: State, text: str) -> State | None:
        """The state behind a text; None where it does not fit."""
        now: State | None = state
        for sign in text:
            if now is None:
                return None
            now = self.step(now, sign)
        return now

    # -- tokens -----------------------------------------------------------------------------------

    def allowed(self, row: int, said: Sequence[int]) -> Tensor:
        """The tokens that may follow in row `row`; asked with one more token each time."""
        seen, state = self._rows.get(row, (0, State()))
        if seen > len(said) or not said:
            seen, state = 0, State()
        for token in said[seen:]:
            after = self.behind(state, self.texts.get(token, ""))
            state = after if after is not None else State("end")
        self._rows[row] = (len(said), state)
        found = self._tensors.get(state)
        if found is None:
            found = self._tensors[state] = torch.tensor(self.following(state))
        return found

    def forget(self) -> None:
        """Begin anew with other rows."""
        self._rows.clear()

    def following(self, state: State) -> list[int]:
        """The tokens that may follow in a state; never none."""
        found = self._next.get(state)
        if found is None:
            found = self._next[state] = self._following(state)
        return found

    def _following(self, state: State) -> list[int]:
        if state.place == "end":
            return list(self.ends)
        if state.place == "text":
            inner = [] if state.partial == "\\" else list(self._plain)
            if not state.partial:
                # a blank alone would be an empty value
                inner = [token for token in inner if not self.texts[token].isspace()]
            some = self._signs if state.partial != "\\" else [*self._signs, *self._plain]
            return inner + [t for t in some if self.behind(state, self.texts[t]) is not None]
        found: dict[int, None] = {}
        for option, goal in self.options(state):
            if not option.startswith(state.partial):
                continue
            rest = option[len(state.partial) :]
            # a token may close a list and go on
            for more in [""] + [further for further, _ in self.options(goal)]:
                whole = rest + more
                for length in range(1, len(whole) + 1):
                    found.update(dict.fromkeys(self._ids.get(whole[:length], ())))
        return list(found)

    # -- texts ------------------------------------------------------------------------------------

    def completed(self, text: str) -> str:
        """A text that was written under this grammar, closed where its length ended it."""
        text = text.strip()
        state: State | None = State()
        kept, good = 0, "{}"
        for at, sign in enumerate(text):
            state = self.step(state, sign) if state is not None else None
            if state is None:
                break
            if state.place == "after" and not state.partial:
                kept, good = at + 1, text[: at + 1] + "}"
            elif state.place == "element" and not state.partial:
                kept, good = at + 1, text[: at + 1] + "]}"
            elif state.place == "end":
                return text[: at + 1]
        if state is not None and state.place == "text" and state.partial:
            rest = text[kept:].removesuffix("\\") if state.partial == "\\" else text[kept:]
            return text[:kept] + rest + ('"]}' if state.many else '"}')
        return good

    def record(self, text: str) -> Record:
        """The record that such a text says."""
        return record_in(self.completed(text))

    def target(self, record: Record) -> str:
        """The record as the model learns to write it: fields in order, those without a value left
        out."""
        said = []
        for field, key in zip(self.fields, self.keys, strict=True):
            values = list(record.get(field, ()))
            if values:
                plain = values if len(values) > 1 else values[0]
                said.append(f"{key}: {json.dumps(plain, ensure_ascii=False)}")
        return "{" + ", ".join(said) + "}"
