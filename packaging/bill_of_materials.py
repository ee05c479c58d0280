"""What is really inside a frozen program: a bill of materials (CycloneDX) and all licences.

Each collected file is looked up among the files of the installed packages; what belongs to none is
Python itself or a library of the system that it was built on.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

Entry = tuple[str, str, str]  # PyInstaller's: name inside, path of the file, kind
BILL = "sbom.cdx.json"
LIST = "LICENCES.txt"
_LICENCE_WORDS = ("licen", "copying", "notice", "copyright", "authors")


@dataclass(slots=True)
class Part:
    """One thing that went in: a package, Python, a system library or a model."""

    name: str
    version: str
    kind: str = "library"
    licence: str = ""
    address: str = ""  # package URL
    texts: dict[str, Path] = field(default_factory=dict)  # licence files by their short name
    files: list[Path] = field(default_factory=list)


def write_bill(inside: Iterable[Entry], folder: Path, version: str) -> list[Entry]:
    """Write the bill and the licences into `folder`; gives the entries that take them along."""
    found = parts_of(inside)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    bill = json.dumps(cyclonedx(found, version), indent=1, ensure_ascii=False)
    (folder / BILL).write_text(bill + "\n", encoding="utf-8")
    (folder / LIST).write_text(listed(found, version), encoding="utf-8")
    entries = [(name, str(folder / name), "DATA") for name in (BILL, LIST)]
    for part in found:
        for name, source in part.texts.items():
            entries.append((f"licences/{part.name}/{name}", str(source), "DATA"))
    return entries


def parts_of(inside: Iterable[Entry]) -> list[Part]:
    """The parts that the collected files belong to, by name; Python first."""
    owners = _owners()
    packages: dict[int, Part] = {}
    system: dict[str, Part] = {}
    models: dict[str, Part] = {}
    home = Path(sys.base_prefix).resolve()
    own = Path(__file__).resolve().parents[1]
    for name, source, kind in inside:
        path = Path(source).resolve() if source and source != "-" else None
        if path is None or not path.is_file():
            continue
        owner = owners.get(path)
        if name.startswith("resources/models/"):
            model = name.split("/")[2]
            if model not in models:
                models[model] = _model(model)
            models[model].files.append(path)
        elif owner is not None:
            key = id(owner)  # to read its metadata for each of its files would take minutes
            if key not in packages:
                packages[key] = _package(owner)
            packages[key].files.append(path)
        elif kind == "BINARY" and home not in path.parents and own not in path.parents:
            part = _of_system(path)
            system.setdefault(part.name, part).files.append(path)
    python = Part("CPython", platform.python_version(), "platform", "Python-2.0")
    python.address = f"pkg:generic/python@{platform.python_version()}"
    for text in (home / "LICENSE.txt", home / "lib" / f"python{_short()}" / "LICENSE.txt"):
        if text.is_file():
            python.texts["LICENSE.txt"] = text
    rest = [*packages.values(), *system.values(), *models.values()]
    return [python, *sorted(rest, key=lambda part: part.name.lower())]


def cyclonedx(parts: Iterable[Part], version: str) -> dict[str, Any]:
    """The bill in CycloneDX 1.6 (ECMA-424), without a time: the same contents, the same bill."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "peft-desktop",
                "name": "PEFT Desktop",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
            "properties": [
                {"name": "platform", "value": f"{platform.system()} {platform.machine()}"}
            ],
        },
        "components": [_component(part) for part in parts],
    }


def listed(parts: Iterable[Part], version: str) -> str:
    """A list for people: what is inside, under which licence, where its text is."""
    lines = [
        f"PEFT Desktop {version} (Apache License 2.0, see LICENSE) holds the works of others:",
        "",
    ]
    for part in parts:
        lines.append(f"{part.name} {part.version}".rstrip())
        lines.append(f"    licence: {part.licence or 'see the texts'}")
        lines += [f"    text: licences/{part.name}/{name}" for name in sorted(part.texts)]
    return "\n".join(lines) + "\n"


def _component(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": part.kind,
        "bom-ref": f"{part.name}@{part.version}",
        "name": part.name,
    }
    if part.version:
        found["version"] = part.version
    if part.licence:
        named = {"license": {"name": part.licence}}
        spdx = _is_expression(part.licence)
        found["licenses"] = [{"expression": part.licence} if spdx else named]
    if part.address:
        found["purl"] = part.address
    if len(part.files) == 1 or part.kind == "machine-learning-model":
        biggest = max(part.files, key=lambda file: file.stat().st_size)
        found["hashes"] = [{"alg": "SHA-256", "content": _sha256(biggest)}]
    return found


def _is_expression(licence: str) -> bool:
    """Whether it reads like an SPDX expression: identifiers with AND, OR, WITH between them."""
    words = licence.replace("(", " ").replace(")", " ").split()
    links = {"AND", "OR", "WITH"}
    alternate = all((word in links) == bool(place % 2) for place, word in enumerate(words))
    return alternate and len(words) % 2 == 1 and not set("".join(words)) - _SPDX_LETTERS


_SPDX_LETTERS = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+")


def _owners() -> Mapping[Path, metadata.Distribution]:
    owners: dict[Path, metadata.Distribution] = {}
    for distribution in metadata.distributions():
        for file in distribution.files or ():
            owners[Path(str(distribution.locate_file(file))).resolve()] = distribution
    return owners


def _package(distribution: metadata.Distribution) -> Part:
    about = distribution.metadata
    name, version = about["Name"], distribution.version
    texts = {}
    for file in distribution.files or ():
        low = file.name.lower()
        inside = any(part.endswith(".dist-info") for part in file.parts[:1])
        if inside and any(low.startswith(word) for word in _LICENCE_WORDS):
            short = "-".join(file.parts[2:] if "licenses" in file.parts else file.parts[1:])
            texts[short] = Path(str(distribution.locate_file(file)))
    plain = name.lower().replace("_", "-")
    version_without_build = version.split("+")[0]
    address = f"pkg:pypi/{plain}@{version_without_build}"
    return Part(name, version, "library", _licence(about), address, texts)


def _licence(about: Any) -> str:
    """The SPDX expression, else the short old field, else what the classifiers say."""
    said = about.get("License-Expression") or about.get("License") or ""
    if said and len(said) <= 60 and "\n" not in said:
        return str(said)
    classes = about.get_all("Classifier") or []
    named = [c.rsplit(" :: ", 1)[1] for c in classes if c.startswith("License ::")]
    return ", ".join(named) or (str(said).splitlines()[0][:60] if said else "")


def _of_system(path: Path) -> Part:
    """A library of the system: its package where dpkg knows it, else the file itself."""
    query = shutil.which("dpkg-query")
    if query:
        said = subprocess.run(
            [query, "-S", *{str(path), f"/usr{path}"}], capture_output=True, text=True, check=False
        ).stdout
        if ": " in said:
            package = said.split(": ")[0].split(",")[0].split(":")[0]
            shown = subprocess.run(
                [query, "-W", "-f=${Version}", package], capture_output=True, text=True, check=False
            ).stdout
            text = Path("/usr/share/doc", package, "copyright")
            texts = {"copyright": text} if text.is_file() else {}
            address = f"pkg:deb/debian/{package}@{shown}"
            return Part(package, shown, "library", "", address, texts)
    return Part(path.name, "", "library")


def _model(name: str) -> Part:
    from frozen_contents import starter_called

    starter = starter_called(name)
    return Part(name, starter.version, "machine-learning-model", "Apache-2.0")


def _short() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
