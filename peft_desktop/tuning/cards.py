"""What the library knows about a model: a card, cached beside the weights, made from them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pydantic

from ..core.errors import UserError
from ..core.files import atomic_write, sha256_of
from ..core.words import QT_TRANSLATE_NOOP
from .languages import UNREADABLE, unknown_shares
from .safety import Inspection, inspect_folder

CARD_FILE = "peft-desktop.json"
CARD_VERSION = 1
_POSITIONS = ("max_position_embeddings", "n_positions", "n_ctx", "max_seq_len", "seq_length")
_WIDTHS = ("hidden_size", "n_embd", "d_model", "dim")
# their positions are counted from behind the padding token's number
_SHIFTED = {
    "roberta",
    "xlm-roberta",
    "camembert",
    "mpnet",
    "xlm-roberta-xl",
    "roberta-prelayernorm",
}
_LICENCES = (
    ("apache license", "apache-2.0"),
    ("mit license", "mit"),
    ("gnu affero general public license", "agpl-3.0"),
    ("gnu lesser general public license", "lgpl-3.0"),
    ("gnu general public license", "gpl-3.0"),
)


class Refusal(pydantic.BaseModel):
    """Why a model cannot be used, as a sentence that can still be translated."""

    what: str
    do: str = ""
    file: str | None = None
    field: str | None = None
    values: dict[str, Any] = {}

    def error(self) -> UserError:
        return UserError(self.what, self.do, file=self.file, field=self.field, **self.values)


class ModelCard(pydantic.BaseModel):
    """One model of the library.

    `parameters` counts weights, `size_bytes` the whole folder, `context_length` tokens (None:
    not limited or not known); `sha256` is of the weights; `unknown_shares` maps language codes to
    the share of unknown tokens; `pooling` is mean or cls for encoders.
    """

    name: str
    title: str = ""
    family: str = ""
    architecture: str = ""
    parameters: int = 0
    size_bytes: int = 0
    context_length: int | None = None
    hidden_size: int | None = None
    vocabulary_size: int | None = None
    licence: str = ""
    sha256: str = ""
    unknown_shares: dict[str, float] = {}
    chat_template: bool = False
    pooling: str | None = None
    source: str = ""
    added_at: str = ""
    refusal: Refusal | None = None
    notes: list[tuple[str, dict[str, Any]]] = []
    stamp: str = ""
    version: int = CARD_VERSION

    @pydantic.computed_field  # type: ignore[prop-decorator]
    @property
    def trainable(self) -> bool:
        return self.refusal is None

    @pydantic.computed_field  # type: ignore[prop-decorator]
    @property
    def why_not(self) -> str | None:
        """Why the model cannot be trained, in English; `refusal` holds it for translation."""
        return None if self.refusal is None else str(self.refusal.error())

    @pydantic.computed_field  # type: ignore[prop-decorator]
    @property
    def cannot_read(self) -> list[str]:
        """Codes of the languages of which too many tokens are unknown."""
        return [code for code, share in self.unknown_shares.items() if share > UNREADABLE]

    def as_record(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def card_of(folder: Path) -> ModelCard:
    """The card of a model folder: the cached one while the files are the same, else a new one."""
    old: ModelCard | None = None
    with contextlib.suppress(OSError, ValueError):
        old = ModelCard.model_validate_json((folder / CARD_FILE).read_bytes())
    if old and old.version == CARD_VERSION and old.stamp == stamp_of(folder):
        return old if old.name == folder.name else old.model_copy(update={"name": folder.name})
    kept: dict[str, str] = {}
    if old:
        kept = {"title": old.title, "source": old.source, "added_at": old.added_at}
        kept |= {"licence": old.licence} if old.licence else {}
    card = make_card(folder, folder.name, **kept)
    with contextlib.suppress(OSError, UserError):  # a read-only library is still a library
        write_card(folder, card)
    return card


def write_card(folder: Path, card: ModelCard) -> None:
    atomic_write(folder / CARD_FILE, card.model_dump_json(indent=2) + "\n")


def make_card(
    folder: Path,
    name: str,
    *,
    title: str = "",
    licence: str = "",
    source: str = "",
    added_at: str = "",
    hashes: Collection[str] | None = None,
) -> ModelCard:
    """Read everything from the folder; `hashes` of the weight files spare reading them again."""
    found = inspect_folder(folder)
    config = found.config or {}
    shares: dict[str, float] = {}
    problem = found.problem
    if problem is None:
        try:
            shares = unknown_shares(folder / "tokenizer.json")
            _check_sizes(folder, found)
        except UserError as error:
            problem = error
    if hashes is None:
        hashes = [sha256_of(path) for path in found.weights]
    stated = config.get("architectures")
    return ModelCard(
        name=name,
        title=title or name,
        family=found.family,
        architecture=str(stated[0] if isinstance(stated, list) and stated else "")
        or str(config.get("model_type", "")),
        parameters=found.parameters,
        size_bytes=size_of(folder),
        context_length=context_length(config),
        hidden_size=_number(config, _WIDTHS),
        vocabulary_size=_number(config, ("vocab_size",)),
        licence=licence or _licence(folder),
        sha256=hash_of_weights(hashes),
        unknown_shares=shares,
        chat_template=_has_chat_template(folder),
        pooling=found.pooling,
        source=source or str(folder),
        added_at=added_at or datetime.now(UTC).isoformat(timespec="seconds"),
        refusal=None if problem is None else _refusal(problem),
        notes=[(note.template, note.values) for note in found.notes],
        stamp=stamp_of(folder),
    )


def hash_of_weights(hashes: Collection[str]) -> str:
    """One file: its sha256; several: the sha256 of their sorted hashes; none: empty."""
    if len(hashes) <= 1:
        return "".join(hashes)
    return hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()


def stamp_of(folder: Path) -> str:
    """Sizes and times of the files that a card is made from: another stamp, another card."""
    parts = []
    for path in sorted(folder.iterdir()):
        if path.name.endswith((".safetensors", ".json", ".bin")) and path.name != CARD_FILE:
            with contextlib.suppress(OSError):
                facts = path.stat()
                parts.append(f"{path.name}:{facts.st_size}:{facts.st_mtime_ns}")
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def size_of(folder: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def context_length(config: Mapping[str, Any]) -> int | None:
    """Tokens that the model can read at once, by its config; None where nothing limits it."""
    length = _number(config, _POSITIONS)
    if length is not None and config.get("model_type") in _SHIFTED:
        length -= int(config.get("pad_token_id") or 1) + 1
    return length


def _number(config: Mapping[str, Any], names: Collection[str]) -> int | None:
    values = (config.get(name) for name in names)
    return next((v for v in values if isinstance(v, int) and not isinstance(v, bool)), None)


def _check_sizes(folder: Path, found: Inspection) -> None:
    """The vocabulary is as long in the weights as in the config, in the tokenizer not longer."""
    from tokenizers import Tokenizer

    size = _number(found.config or {}, ("vocab_size",))
    shapes = [shape for _, shape in (found.tensors or {}).values()]
    if size is not None and not any(len(s) == 2 and s[0] == size for s in shapes):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The weights do not fit config.json (vocab_size {size})."),
            QT_TRANSLATE_NOOP("engine", "Copy or download the model again."),
            file=folder,
            size=size,
        )
    longest = max(
        Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab().values(), default=0
    )
    if size is not None and longest >= size:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The tokenizer has {tokens} tokens, but the model knows only {size}."
            ),
            QT_TRANSLATE_NOOP("engine", "Use the tokenizer that belongs to this model."),
            file=folder,
            tokens=longest + 1,
            size=size,
        )


def _has_chat_template(folder: Path) -> bool:
    if (folder / "chat_template.jinja").is_file():
        return True
    with contextlib.suppress(OSError, ValueError):
        return '"chat_template"' in (folder / "tokenizer_config.json").read_text("utf-8")
    return False


def _licence(folder: Path) -> str:
    """The licence that the model's own papers name; empty when they say nothing."""
    with contextlib.suppress(OSError, ValueError):
        head = (folder / "README.md").read_text("utf-8")[:20_000]
        if head.startswith("---"):
            for line in head.split("\n---")[0].splitlines():
                if line.startswith(("license:", "licence:")) and line.split(":", 1)[1].strip():
                    return line.split(":", 1)[1].strip().strip("\"'")
    for path in sorted(folder.glob("LICEN[CS]E*")):
        with contextlib.suppress(OSError, ValueError):
            text = path.read_text("utf-8")[:500].lower()
            return next((short for words, short in _LICENCES if words in text), path.name)
    return ""


def _refusal(error: UserError) -> Refusal:
    return Refusal(
        what=error.what.template,
        do=error.do.template,
        file=error.file,
        field=error.field,
        values=dict(error.what.values),
    )
