"""Tiny models made once, and single-threaded sums so that numbers repeat."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import tiny_families
from engine_project import Workshop


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a tiny model by the name of its architecture; read it, do not change it."""
    root = tmp_path_factory.mktemp("tiny")

    def folder_of(name: str) -> Path:
        if not (root / name).exists():
            tiny_families.make(name, root / name)
        return root / name

    return folder_of


@pytest.fixture
def workshop(tiny: Callable[[str], Path], tmp_path: Path) -> Callable[..., Workshop]:
    """A project with the tiny model of an architecture, made when asked for."""

    def make(name: str = "llama", rows: Sequence[tuple[str, str]] = ()) -> Workshop:
        return Workshop(tmp_path / name, tiny(name), rows)

    return make


@pytest.fixture(scope="session")
def finished(
    tiny: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workshop, Path]:
    """A project with one run that is trained; read it, do not change it."""
    import torch

    torch.set_num_threads(1)
    shop = Workshop(tmp_path_factory.mktemp("finished"), tiny("llama"))
    return shop, shop.trained(max_steps=30, learning_rate=5e-3)


@pytest.fixture
def own(finished: tuple[Workshop, Path], tmp_path: Path) -> tuple[Workshop, Path]:
    """A copy of that project, to be broken at will."""
    shop, run = finished
    root = shop.project.parent
    shutil.copytree(root, tmp_path / "own")
    copy = object.__new__(Workshop)
    copy.__dict__.update(vars(shop))
    copy.project, copy.models = tmp_path / "own" / "project", tmp_path / "own" / "models"
    from peft_desktop.tuning.models import Library
    from peft_desktop.tuning.tuner import LocalTuner

    copy.library, copy.tuner = Library(copy.models), LocalTuner(copy.models)
    return copy, copy.project / "runs" / run.name
