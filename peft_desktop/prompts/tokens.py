"""A model's tokenizer without torch or transformers: ready in a tenth of a second."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP

_CHUNK = 256  # longer batches hold the interpreter's lock until a window stutters
_ANCHORS = ("a", "1", "\n", ":", ",", ")", "\u3002")
_SENTINELS = ("<extra_id_0>", "\u2581<extra_id_0>")  # T5's own, mT5's
_USUAL = {
    "mask": ("[MASK]", "<mask>"),
    "pad": ("[PAD]", "<pad>", "<|pad|>"),
    "unk": ("[UNK]", "<unk>"),
    "eos": ("</s>", "<eos>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>"),
    "bos": ("<s>", "<bos>", "<|im_start|>", "<|begin_of_text|>", "<|endoftext|>"),
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids and, for each, the characters [start, end) of the text that it stands for."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Tokens:
    """The tokenizer of a model folder (`tokenizer.json`).

    Texts are the user's: "[MASK]" or "<|im_end|>" in them is ordinary text. Nothing is padded or
    cut. Raises UserError when the file is missing or broken.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import processors

        self.folder = folder
        self._tokenizer = tokenizer = _opened(folder / "tokenizer.json")
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.encode_special_tokens = True
        self.before, self.after = _around(tokenizer)
        # the model's own post-processor would trim blanks off the offsets
        tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
        parts = [_state(part) for part in (tokenizer.pre_tokenizer, tokenizer.normalizer)]
        self._adds_blank = any(_adds_blank(part) for part in parts)
        self._bytes = any(_has_type(part, "ByteLevel") for part in parts)
        self._word_piece = type(tokenizer.model).__name__ == "WordPiece"
        self._added = {i: t.content for i, t in tokenizer.get_added_tokens_decoder().items()}
        special = _special_ids(folder, tokenizer, set(self._added.values()))
        self.mask_id = special["mask"]
        self.pad_id = special["pad"]
        self.unk_id = special["unk"]
        self.sentinel_id = next(filter(None, map(tokenizer.token_to_id, _SENTINELS)), None)
        self.eos_id = special["eos"]
        self.bos_id = special["bos"]

    @property
    def vocabulary_size(self) -> int:
        """Tokens known, added ones included; a model may have more rows than that."""
        return int(self._tokenizer.get_vocab_size(with_added_tokens=True))

    @property
    def added_ids(self) -> frozenset[int]:
        """Tokens beside the vocabulary proper: special ones, a chat's marks."""
        return frozenset(self._added)

    @property
    def reads_bytes(self) -> bool:
        """Whether tokens are written with a sign for each byte (GPT-2 and its kin)."""
        return bool(self._bytes)

    @property
    def adds_blank(self) -> bool:
        """Whether it puts a blank before the first word of every text (Llama 2, T5, XLM-R)."""
        return self._adds_blank

    def ids(self, text: str, *, start: bool = True) -> list[int]:
        """The tokens of a text, without special ones around it."""
        return self.encode_many([text], start=start)[0].ids

    def encode_many(self, texts: Sequence[str], *, start: bool = True) -> list[Encoded]:
        """Tokens with offsets in characters. `start=False`: the text follows other text.

        That matters to tokenizers that put a blank before the first word (Llama 2, T5, XLM-R).
        """
        texts = [_encodable(text) for text in texts]
        if start or not self._adds_blank:
            return self._plain(texts)
        return self._following(texts)

    def _plain(self, texts: Sequence[str]) -> list[Encoded]:
        found = []
        for first in range(0, len(texts), _CHUNK):
            chunk = list(texts[first : first + _CHUNK])
            for encoding in self._tokenizer.encode_batch(chunk, add_special_tokens=False):
                found.append(Encoded(encoding.ids, encoding.offsets))
        return found

    def _following(self, texts: Sequence[str]) -> list[Encoded]:
        """Tokenise behind an anchor, which is then taken off where no token reaches across it."""
        found: list[Encoded | None] = [None if text else Encoded([], []) for text in texts]
        for anchor in _ANCHORS:
            open_ones = [i for i, encoded in enumerate(found) if encoded is None]
            if not open_ones:
                break
            anchored = self._plain([anchor + texts[i] for i in open_ones])
            for i, encoded in zip(open_ones, anchored, strict=True):
                found[i] = _without_anchor(encoded, len(anchor))
        plain = iter(self._plain([t for t, e in zip(texts, found, strict=True) if e is None]))
        return [next(plain) if encoded is None else encoded for encoded in found]

    def word_ids(self, word: str, space: bool, *, start: bool = False) -> list[int]:
        """The tokens of a label word as it stands in the slot.

        `space`: a blank goes before it ("Ġgreat", "▁great"); `start`: it begins the sequence;
        neither: it is glued to the text before (是 in 答案是). WordPiece gives the form at the
        start of a word in every case, never "##...".
        """
        word = word.strip()
        if self._word_piece or start:
            return self.ids(word)
        return self.ids(f" {word}" if space else word, start=False)

    def marked_ids(self, text: str, *, start: bool = True) -> list[int]:
        """The tokens of a text of the model's own (a chat template), in which the names of its
        special tokens are these tokens; never for a text of the user's."""
        names = {name: number for number, name in self._added.items() if name}
        if not names:
            return self.ids(text, start=start)
        longest = sorted(names, key=len, reverse=True)
        ids: list[int] = []
        for part in re.split(f"({'|'.join(map(re.escape, longest))})", text):
            if part in names:
                ids.append(names[part])
            elif part:
                ids += self.ids(part, start=start and not ids)
        return ids

    def text(self, ids: Sequence[int]) -> str:
        """What tokens say together, special ones left out."""
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True))

    def token(self, token_id: int) -> str:
        """A token as a person reads it; the blank that byte-level and metaspace ones begin with
        is a blank, bytes that are no whole character show as U+FFFD."""
        raw = self._tokenizer.id_to_token(token_id)
        if raw is None:
            return f"<{token_id}>"
        if token_id in self._added:
            return str(raw)
        if self._bytes:
            values = _byte_values()
            if all(c in values for c in raw):
                return bytes(values[c] for c in raw).decode("utf-8", errors="replace")
        return str(raw).replace("\u2581", " ")

    def unknown_share(self, text: str) -> float:
        """The share (0 to 1) of a text's characters, blanks aside, that the model cannot read."""
        characters = sum(not c.isspace() for c in text)
        if not characters or self.unk_id is None:
            return 0.0
        encoded = self.encode_many([text])[0]
        unknown = 0
        for token_id, (start, end) in zip(encoded.ids, encoded.offsets, strict=True):
            if token_id == self.unk_id:
                unknown += sum(not c.isspace() for c in text[start:end])
        return min(1.0, unknown / characters)


def word_pieces(word: str, pieces: Sequence[str]) -> list[tuple[str, int, int]]:
    """A word's tokens as a person reads them: (text, which part of it, of how many).

    Tokens that are bytes of a character show the character, as its parts 1 to n.
    """
    found: list[tuple[str, int, int]] = []
    at = 0
    for broken, group in groupby(pieces, key=lambda piece: "\ufffd" in piece):
        run = list(group)
        if not broken:
            found += [(piece, 1, 1) for piece in run]
            at += len("".join(run).lstrip())
            continue
        behind = pieces[len(found) + len(run) :]
        end = word.find(behind[0], at) if behind else len(word)
        said = word[at : end if end > at else len(word)]
        found += [(said, number, len(run)) for number in range(1, len(run) + 1)]
        at += len(said)
    return found


def _opened(file: Path) -> Any:
    from tokenizers import Tokenizer

    if not file.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The model folder has no tokenizer.json."),
            QT_TRANSLATE_NOOP("engine", "Add the model's complete folder to the library."),
            file=file,
        )
    try:
        # read here, not by path: the library cannot open every file name on Windows
        return Tokenizer.from_str(file.read_text(encoding="utf-8"))
    except Exception as error:  # the library raises bare Exception
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The model's tokenizer cannot be read."),
            QT_TRANSLATE_NOOP("engine", "The file is broken: fetch the model again."),
            file=file,
        ) from error


def _around(tokenizer: Any) -> tuple[list[int], list[int]]:
    """The special tokens that the model puts before and after one sequence."""
    encoding = tokenizer.encode("a", add_special_tokens=True)
    inner = [i for i, special in enumerate(encoding.special_tokens_mask) if not special]
    if not inner:
        return [], list(encoding.ids)
    return list(encoding.ids[: inner[0]]), list(encoding.ids[inner[-1] + 1 :])


def _without_anchor(encoded: Encoded, length: int) -> Encoded | None:
    first = next((i for i, (_, end) in enumerate(encoded.offsets) if end > length), None)
    if first is None or any(start < length for start, _ in encoded.offsets[first:]):
        return None
    offsets = [(start - length, end - length) for start, end in encoded.offsets[first:]]
    return Encoded(encoded.ids[first:], offsets)


def _state(part: Any) -> Any:
    """The settings of a piece of the tokenizer, as in tokenizer.json."""
    return None if part is None else json.loads(part.__getstate__())


def _walk(state: Any) -> list[dict[str, Any]]:
    if isinstance(state, list):
        return [found for item in state for found in _walk(item)]
    if isinstance(state, dict):
        return [state, *(found for item in state.values() for found in _walk(item))]
    return []


def _has_type(state: Any, name: str) -> bool:
    return any(part.get("type") == name for part in _walk(state))


def _adds_blank(state: Any) -> bool:
    for part in _walk(state):
        match part.get("type"):
            case "ByteLevel" if part.get("add_prefix_space"):
                return True
            case "Metaspace" if part.get("prepend_scheme", "always") != "never":
                return True
            case "Prepend":
                return True
    return False


def _special_ids(folder: Path, tokenizer: Any, added: set[str]) -> dict[str, int | None]:
    """Ids from tokenizer_config.json, special_tokens_map.json, config.json, then usual names."""
    named = {**_json(folder / "special_tokens_map.json"), **_json(folder / "tokenizer_config.json")}
    config = _json(folder / "config.json")
    found: dict[str, int | None] = {}
    for kind, usual in _USUAL.items():
        name = named.get(f"{kind}_token")
        if isinstance(name, dict):
            name = name.get("content")
        token_id = tokenizer.token_to_id(name) if isinstance(name, str) else None
        if token_id is None and kind == "unk":
            unk = getattr(tokenizer.model, "unk_token", None)
            token_id = tokenizer.token_to_id(unk) if unk else None
        if token_id is None:
            number = config.get(f"{kind}_token_id")
            number = number[0] if isinstance(number, list) and number else number
            token_id = number if isinstance(number, int) and number >= 0 else None
        if token_id is None:
            token_id = next((tokenizer.token_to_id(t) for t in usual if t in added), None)
        found[kind] = token_id
    return found


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # these files only help; the tokenizer itself has been read
    return content if isinstance(content, dict) else {}


def _encodable(text: str) -> str:
    """Lone surrogates, which no tokenizer takes, become U+FFFD; positions stay as they are."""
    if text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@cache  # asked for each of a vocabulary's tokens
def _byte_values() -> dict[str, int]:
    """GPT-2's printable stand-in for each byte, turned round."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in shown]
    return {chr(b): b for b in shown} | {chr(256 + i): b for i, b in enumerate(rest)}
