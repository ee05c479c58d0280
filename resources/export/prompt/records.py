"""Answers to questions and records of fields that the model writes.

A record is JSON whatever the model does: a small automaton says which tokens may come next.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .writing import Writer

QUESTION = "question"
ESCAPED = '"\\/bfnrt'
ARTICLES = re.compile(r"\b(a|an|the)\b")
WIDE = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
State = tuple[str, int, bool, str]  # place, field, inside a list, what was begun
START, END = ("start", -1, False, ""), ("end", -1, False, "")


class Answerer(Writer):
    """A model that writes answers, or records under a grammar; `prompt.json`: `answering`."""

    def __init__(self, here: Path, base: Path | None = None) -> None:
        super().__init__(here, base)
        self.asks: dict[str, Any] = self.how["answering"]
        if self.asks["fields"] is not None:
            self.grammar = Grammar(self.asks, self.tokens.rust, self.writes["ends"])
            self.allowed = self.grammar.allowed

    @property
    def columns(self) -> list[str]:
        return list(self.asks["columns"])

    @property
    def added(self) -> list[str]:
        """The columns of the answers."""
        whole = self.asks["fields"] is not None
        return ["predicted_label", *([] if whole else ["predicted_answer"]), "probability"]

    def answers(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
        """Each row's answer, with its place where it stands in the text, or its record."""
        context = self.asks["context"]
        if self.asks["fields"] is None:
            asked = [{**row, QUESTION: row[self.asks["question"]]} for row in rows]
            said = super().answers(asked)
            return [self._answer(one, row[context]) for one, row in zip(said, rows)]  # noqa: B905
        self.grammar.rows.clear()
        questions = self.asks["ask"]
        asked = [{**row, QUESTION: questions[_language(row[context])]} for row in rows]
        return [self._record(one) for one in super().answers(asked)]

    def _answer(self, said: Mapping[str, Any], context: str) -> dict[str, Any]:
        text = str(said["predicted_label"])
        words = _words(text)
        if any(words == _words(nothing) for nothing in self.asks["nothing"]):
            text = ""
        text = text.strip()
        at = context.find(text)
        placed = [{"text": text, "start": at if at >= 0 else None}] if text else []
        cell = json.dumps(placed, ensure_ascii=False)
        return {**said, "predicted_label": cell, "predicted_answer": text}

    def _record(self, said: Mapping[str, Any]) -> dict[str, Any]:
        values = json.loads(self.grammar.completed(str(said["predicted_label"])))
        record: dict[str, Any] = {}
        for field in self.asks["fields"]:
            held = values.get(field) or []
            texts = [text.strip() for text in (held if isinstance(held, list) else [held])]
            texts = [text for text in texts if text]
            record[field] = None if not texts else texts[0] if len(texts) == 1 else texts
        return {**said, "predicted_label": json.dumps(record, ensure_ascii=False)}


class Grammar:
    """Which tokens may follow, so that the text is a record of the known fields in their order."""

    def __init__(self, how: Mapping[str, Any], rust: Any, ends: Sequence[int]) -> None:
        self.ends, self.keys = list(ends), list(how["keys"])
        self.texts: dict[int, str] = {}
        self.ids: dict[str, list[int]] = {}
        self.plain: list[int] = []  # tokens that a text may hold wherever it stands
        self.signs: list[int] = []  # tokens with a quotation mark or a backslash
        self.known: dict[State, Tensor] = {}
        self.rows: dict[int, tuple[int, State]] = {}
        special = {*ends, *how["added"]}
        values = _byte_values() if how["bytes"] else {}
        for token in range(rust.get_vocab_size(with_added_tokens=True)):
            raw = None if token in special else rust.id_to_token(token)
            if not raw:
                # a number without a token reads as its number, as in the program that trained
                raw = f"<{token}>" if raw is None and token not in special else ""
                text = raw
            elif values and all(sign in values for sign in raw):
                text = bytes(values[sign] for sign in raw).decode("utf-8", errors="replace")
            else:
                text = raw.replace("\u2581", " ")
            if not text:
                continue
            self.texts[token] = text
            self.ids.setdefault(text, []).append(token)
            if '"' in text or "\\" in text:
                self.signs.append(token)
            elif text.isprintable() or "\ufffd" in text:
                self.plain.append(token)

    def options(self, state: State) -> list[tuple[str, State]]:
        """What must come next, in full, and where it leads."""
        place, field, _, _ = state
        if place == "element":
            return [(', "', ("text", field, True, "")), ("]", ("after", field, False, ""))]
        if place not in ("start", "after"):
            return []
        heads = ("{", " {") if place == "start" else (", ",)
        found: list[tuple[str, State]] = []
        for number in range(field + 1, len(self.keys)):
            for sign, many in (('"', False), ('["', True)):
                goal: State = ("text", number, many, "")
                found += [(f"{head}{self.keys[number]}: {sign}", goal) for head in heads]
        closings = ("{}", " {}") if place == "start" else ("}",)
        return found + [(closing, END) for closing in closings]

    def step(self, state: State, sign: str) -> State | None:
        """The state behind one more character; None where it may not stand there."""
        place, field, many, partial = state
        if place == "end":
            return None
        if place != "text":
            begun = partial + sign
            for option, goal in self.options(state):
                if option == begun:
                    return goal
                if option.startswith(begun):
                    return place, field, many, begun
            return None
        inner: State = (place, field, many, "x")
        if partial == "\\":
            return inner if sign in ESCAPED else None
        if sign == '"':
            closed = "element" if many else "after"
            return (closed, field, False, "") if partial else None
        if sign == "\\":
            return place, field, many, "\\"
        return inner if sign.isprintable() else None

    def behind(self, state: State, text: str) -> State | None:
        """The state behind a text; None where it does not fit."""
        now: State | None = state
        for sign in text:
            if now is None:
                return None
            now = self.step(now, sign)
        return now

    def allowed(self, row: int, said: Sequence[int]) -> Tensor:
        """The tokens that may follow in a row, which is asked with one more token each time."""
        seen, state = self.rows.get(row, (0, START))
        if seen > len(said) or not said:
            seen, state = 0, START
        for token in said[seen:]:
            state = self.behind(state, self.texts.get(token, "")) or END
        self.rows[row] = (len(said), state)
        if state not in self.known:
            self.known[state] = torch.tensor(self._following(state))
        return self.known[state]

    def _following(self, state: State) -> list[int]:
        place, _, _, partial = state
        if place == "end":
            return self.ends
        if place == "text":
            escape = partial == "\\"
            inner = [] if escape else list(self.plain)
            if not partial:
                inner = [token for token in inner if not self.texts[token].isspace()]
            some = [*self.signs, *self.plain] if escape else self.signs
            return inner + [t for t in some if self.behind(state, self.texts[t]) is not None]
        found: dict[int, None] = {}
        for option, goal in self.options(state):
            if not option.startswith(partial):
                continue
            for more in ["", *(further for further, _ in self.options(goal))]:
                whole = option[len(partial) :] + more
                for length in range(1, len(whole) + 1):
                    found.update(dict.fromkeys(self.ids.get(whole[:length], ())))
        return list(found)

    def completed(self, text: str) -> str:
        """A text that was written under this grammar, closed where its length ended it."""
        text = text.strip()
        state: State | None = START
        kept, good = 0, "{}"
        for at, sign in enumerate(text):
            state = None if state is None else self.step(state, sign)
            if state is None:
                break
            if state[0] in ("after", "element") and not state[3]:
                kept, good = at + 1, text[: at + 1] + ("}" if state[0] == "after" else "]}")
            elif state[0] == "end":
                return text[: at + 1]
        if state is not None and state[0] == "text" and state[3]:
            rest = text[kept:].removesuffix("\\") if state[3] == "\\" else text[kept:]
            return text[:kept] + rest + ('"]}' if state[2] else '"}')
        return good


def _words(text: str) -> list[str]:
    """The words that are compared; of Chinese and Japanese the characters."""
    text = text.lower().translate(str.maketrans("", "", string.punctuation))
    if WIDE.search(text):
        text = "".join(" " if unicodedata.category(c)[0] == "P" else c for c in text)
        text = WIDE.sub(lambda found: f" {found[0]} ", text)
    return ARTICLES.sub(" ", text).split()


def _language(text: str) -> str:
    wide = sum("\u3400" <= sign <= "\u9fff" for sign in text)
    return "zh" if 4 * wide > len(text) else "en"


def _byte_values() -> dict[str, int]:
    """The signs that byte-level tokenizers write bytes with (GPT-2)."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in shown]
    return {chr(b): b for b in shown} | {chr(256 + i): b for i, b in enumerate(rest)}
