"""Answers that are parts of the text: where each begins and ends, or that it is not there.

A long text is read in windows that overlap. B rows, T tokens, H hidden units.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .batches import Inputs, taken
from .reading import Code, Pieces, Reader, Reading
from .scoring import ROWS, TOKENS, Classifier, finished, levelled, own_mean, word_logits

QUESTION = "question"
MARGIN, LEAST_TEXT = 4, 16  # tokens that a stretch may take more; that a window holds at least
Places = list[tuple[int, int]]  # the characters [start, end) that each token of the text stands for
Found = tuple[int, int, float, float]  # start, end, log-probability, and that of "not in the text"


class Windows(Reader):
    """Reads rows in windows of the column `context`; the rest of the prompt is whole in each."""

    def __init__(self, how: Mapping[str, Any], tokens: Any, context: str, stride: int) -> None:
        super().__init__(how, tokens)
        self.context, self.stride = context, stride
        self.place: tuple[int, int] | None = None  # of the text: its stretch, and its piece there
        for number, (_, parts) in enumerate(self.stretches):
            for index, part in enumerate(parts):
                if tuple(self.parts[part]) == ("column", context):
                    self.place = (number, index)

    def windows(self, rows: Sequence[Mapping[str, str]]) -> list[list[tuple[Reading, Places]]]:
        """The windows of every row, one at least."""
        codes = self.tokens.encode([row[self.context] for row in rows], start=False)
        bare = self._windows([{**row, self.context: ""} for row in rows])
        parts: list[tuple[int, int, dict[str, str]]] = []  # row, first character, what is read
        for number, (row, code, (empty, _)) in enumerate(zip(rows, codes, bare)):  # noqa: B905
            values = dict(row)
            room = self.length - (len(empty[0]) - self.ahead) - MARGIN
            if room < min(LEAST_TEXT, len(code[0])):
                values, gained = self._shortened(values, LEAST_TEXT - room)
                room += gained
            text = values[self.context]
            for start, end in self._stretches_of(text, code, max(room, 1)):
                parts.append((number, start, {**values, self.context: text[start:end]}))
        found: list[list[tuple[Reading, Places]]] = [[] for _ in rows]
        read = self._windows([values for *_, values in parts])
        for (number, start, _), (reading, places) in zip(parts, read):  # noqa: B905
            found[number].append((reading, [(a + start, b + start) for a, b in places]))
        return found

    def _stretches_of(self, text: str, code: Code, room: int) -> list[tuple[int, int]]:
        ids, offsets = code
        if len(ids) <= room:
            return [(0, len(text))]
        found = []
        step = max(1, room - min(self.stride, room // 2))
        for first in range(0, len(ids), step):
            last = min(first + room, len(ids)) - 1
            start = 0 if first == 0 else offsets[first][0]
            found.append((start, len(text) if last == len(ids) - 1 else offsets[last][1]))
            if last == len(ids) - 1:
                break
        return found

    def _shortened(self, values: dict[str, str], excess: int) -> tuple[dict[str, str], int]:
        """The row with the longest of its other columns cut by about `excess` tokens."""
        others = [said for kind, said in self.parts if kind == "column" and said != self.context]
        if not others:
            return values, 0
        longest = max(dict.fromkeys(others), key=lambda name: len(values[name]))
        ids, offsets = self.tokens.encode([values[longest]], start=False)[0]
        keep = max(len(ids) - excess, 0)
        end = offsets[keep][0] if keep < len(offsets) else len(values[longest])
        return {**values, longest: values[longest][:end]}, len(ids) - keep

    def _windows(self, rows: Sequence[Mapping[str, str]]) -> list[tuple[Reading, Places]]:
        """One window a row, cut at the end of the text where it is too long all the same."""
        filled = [self._filled(row) for row in rows]
        codes: list[list[Code]] = []
        begun = False
        for number, (kind, _) in enumerate(self.stretches):
            texts = ["".join(text for _, text in pieces[number]) for pieces in filled]
            codes.append(self.tokens.encode(texts, start=not begun))
            begun = begun or kind != "soft"
        return [
            self._window(pieces, [code[row] for code in codes]) for row, pieces in enumerate(filled)
        ]

    def _window(self, filled: Sequence[Pieces], codes: Sequence[Code]) -> tuple[Reading, Places]:
        ids = list(self.before)
        soft: list[tuple[int, int]] = []
        slots: list[int] = []
        places: Places = []
        own = (0, 0)

        def add_soft(vectors: Sequence[int]) -> None:
            soft.extend((len(ids) + i, vector) for i, vector in enumerate(vectors))
            ids.extend([self.keeper] * len(vectors))

        add_soft(range(self.ahead))
        for number, ((kind, parts), pieces, code) in enumerate(
            zip(self.stretches, filled, codes)  # noqa: B905
        ):
            if kind == "soft":
                add_soft(self.parts[parts[0]][1])
            elif kind == "slot":
                first = len(ids)
                ids += self.slot_ids
                slots += range(first, len(ids)) or (first - 1,)
            else:
                if self.place is not None and self.place[0] == number:
                    begin, end, places = _inside(pieces, self.place[1], code)
                    own = (len(ids) + begin, len(ids) + end)
                ids += code[0]
        ids += self.after
        gone = min(max(len(ids) - self.ahead - self.length, 0), own[1] - own[0])
        if gone:
            border = own[1]
            del ids[border - gone : border]
            slots = [at - gone if at >= border else at for at in slots]
            soft = [(at - gone if at >= border else at, vector) for at, vector in soft]
            own, places = (own[0], border - gone), places[: len(places) - gone]
        return (ids, tuple(slots), [own], soft), places


def _inside(pieces: Pieces, index: int, code: Code) -> tuple[int, int, Places]:
    """The tokens [first, last) that stand for the piece, and each one's characters in it."""
    begin = sum(len(text) for _, text in pieces[:index])
    text = pieces[index][1]
    end = begin + len(text)
    inside = [i for i, (a, b) in enumerate(code[1]) if b > begin and a < end]
    if not inside:
        return 0, 0, []
    places = []
    for a, b in code[1][inside[0] : inside[-1] + 1]:
        start, stop = max(a - begin, 0), min(b - begin, len(text))
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        places.append((start, stop))
    return inside[0], inside[-1] + 1, places


class Pointer(Classifier):
    """The model with its prompt and the head that points; `prompt.json` says how under `spans`."""

    def __init__(self, here: Path, base: Path | None = None) -> None:
        super().__init__(here, base)
        self.spans: dict[str, Any] = self.how["spans"]
        self.context: str = self.spans["context"]
        self.reader = Windows(
            self.spans["reader"], self.tokens, self.context, int(self.spans["stride"])
        )

    @property
    def columns(self) -> list[str]:
        return list(self.spans["columns"])

    @property
    def added(self) -> list[str]:
        """The columns of the answers."""
        whole = self.spans["fields"] is not None
        return ["predicted_label", *([] if whole else ["predicted_answer"]), "probability"]

    def answers(self, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
        """Each row's answer with its place in the text, or its record of all fields."""
        fields = self.spans["fields"]
        if fields is None:
            asked = [{**row, QUESTION: row[self.spans["question"]]} for row in rows]
        else:
            asked = [{**row, QUESTION: question} for row in rows for _, question in fields]
        found = []
        for row, (start, end, log, none) in zip(asked, self._found(asked)):  # noqa: B905
            threshold = self.spans["threshold"]
            absent = threshold is not None and none - log > threshold
            text = "" if absent else row[self.context][start:end]
            found.append((text, start, log if text else none))
        if fields is None:
            return [_answer(*each) for each in found]
        names = [name for name, _ in fields]
        records = [found[at : at + len(names)] for at in range(0, len(found), len(names))]
        return [_record(names, some) for some in records]

    def _found(self, rows: Sequence[Mapping[str, str]]) -> list[Found]:
        """The best answer of each row over its windows."""
        several = self.reader.windows(rows)
        windows = [(row, *window) for row, some in enumerate(several) for window in some]
        order = sorted(range(len(windows)), key=lambda i: -len(windows[i][1][0]))
        each: list[Found] = [(0, 0, -math.inf, 0.0)] * len(windows)
        while order:
            longest = max(1, len(windows[order[0]][1][0]))
            some = order[: max(1, min(ROWS, TOKENS // longest))]
            order = order[len(some) :]
            inputs = Inputs.of([windows[i][1] for i in some], self.how["pad_id"])
            with torch.inference_mode():
                logs = self._logs(inputs)
            for line, i in enumerate(some):
                (first, _), places = windows[i][1][2][0], windows[i][2]
                chosen = [0, *range(1 + first, 1 + first + len(places))]
                each[i] = self._best(places, *(part[line, chosen].double() for part in logs))
        found: list[Found | None] = [None] * len(rows)
        for (row, *_), (start, end, log, none) in zip(windows, each):  # noqa: B905
            known = found[row]
            none = none if known is None else min(none, known[3])
            better = known is None or log > known[2]
            found[row] = (start, end, log, none) if better else (*known[:3], none)  # type: ignore[index]
        return [one or (0, 0, -math.inf, 0.0) for one in found]

    def _logs(self, inputs: Inputs) -> tuple[Tensor, Tensor, Tensor]:
        """Log-probabilities [B, 1 + T] of start and end, the first being "not here", and of the
        start by the prompt alone."""
        states = self.hidden(inputs)
        text = inputs.own & inputs.mask
        family = self.how["family"]
        if family == "encoder":
            slot = own_mean(states, inputs.mask & ~text)
            prompt = states.new_zeros(inputs.ids.shape)
        else:
            slot = taken(states, inputs.slots[:, :1])[:, 0]
            if family == "masked":
                words, _ = word_logits(self.model, slot)
            else:
                words = finished(self.model.get_output_embeddings()(slot), self.model.config)
            prompt = words.float().gather(1, inputs.ids)
        told, here = levelled(states), levelled(slot)
        query = self._linear("query", here)
        query = query.view(len(query), 2, -1)
        key = self._linear("key", told)
        pointed = key @ query.transpose(1, 2) / key.shape[-1] ** 0.5
        inner = self._linear("token", told) + pointed
        logits = torch.cat([self._linear("slot", here)[:, None], inner], dim=1)
        allowed = torch.cat([torch.ones_like(text[:, :1]), text], dim=1)
        logs = torch.log_softmax(logits.masked_fill(~allowed.unsqueeze(-1), -1e9), dim=1)
        prompt = torch.log_softmax(prompt.masked_fill(~text, -1e9), dim=1)
        nothing = prompt.new_full((len(prompt), 1), -1e9)
        return logs[..., 0], logs[..., 1], torch.cat([nothing, prompt], dim=1)

    def _linear(self, name: str, values: Tensor) -> Tensor:
        weight, bias = self.trained[f"head.{name}.weight"], self.trained[f"head.{name}.bias"]
        return torch.nn.functional.linear(values, weight.float(), bias.float())

    def _best(self, places: Places, start: Tensor, end: Tensor, prompt: Tensor) -> Found:
        """The likeliest part of one window, of the longest allowed number of tokens at most."""
        weight = self.spans["weight"]
        if weight:
            inner = start[1:]
            here = torch.logsumexp(inner, 0)
            both = weight * prompt[1:] + (1 - weight) * (inner - here)
            start = torch.cat([start[:1], both - torch.logsumexp(both, 0) + here])
        none = float(start[0] + end[0])
        blank = torch.tensor([a >= b for a, b in places], dtype=torch.bool)
        if not len(blank) or bool(blank.all()):
            return 0, 0, -math.inf, none
        first = start[1:].masked_fill(blank, -math.inf)
        last = end[1:].masked_fill(blank, -math.inf)
        longest = min(int(self.spans["longest"]), len(blank))
        padded = torch.cat([last, last.new_full((longest - 1,), -math.inf)])
        scores = first[:, None] + padded.unfold(0, longest, 1)
        i, j = divmod(int(scores.argmax()), longest)
        return places[i][0], places[i + j][1], float(scores[i, j]), none


def _answer(text: str, start: int, log: float) -> dict[str, Any]:
    placed = [{"text": text, "start": start}] if text else []
    return {
        "predicted_label": json.dumps(placed, ensure_ascii=False),
        "predicted_answer": text,
        "probability": math.exp(min(log, 0.0)),
    }


def _record(names: Sequence[str], found: Sequence[tuple[str, int, float]]) -> dict[str, Any]:
    record = {name: text or None for name, (text, _, _) in zip(names, found)}  # noqa: B905
    return {
        "predicted_label": json.dumps(record, ensure_ascii=False),
        "probability": math.exp(min(0.0, *(log for *_, log in found))),
    }
