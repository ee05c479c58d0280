"""The tiny models of the engine's tests, and the exported program's own code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
sys.path.append(str(TESTS / "engine"))
sys.path.append(str(TESTS.parent / "resources" / "export"))


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a tiny model by the name of its architecture; read it, do not change it."""
    import tiny_families

    root = tmp_path_factory.mktemp("tiny")

    def folder_of(name: str) -> Path:
        if not (root / name).exists():
            tiny_families.make(name, root / name)
        return root / name

    return folder_of
