"""Fresh copies of tiny real models, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_models import build

from peft_desktop.tuning.models import Library


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    root = tmp_path_factory.mktemp("tiny")

    def folder_of(kind: str) -> Path:
        if not (root / kind).exists():
            build(kind, root / kind)
        return root / kind

    return folder_of


@pytest.fixture
def tiny(_built: Callable[[str], Path], tmp_path: Path) -> Callable[..., Path]:
    """A fresh copy of a tiny model's folder, to be broken at will."""

    def copy(kind: str, name: str | None = None) -> Path:
        target = tmp_path / "sources" / (name or kind)
        shutil.copytree(_built(kind), target)
        return target

    return copy


@pytest.fixture
def library(home: Path) -> Library:
    return Library()
