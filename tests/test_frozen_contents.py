"""What the frozen program takes along: every text model, and no tests of the libraries."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "packaging"))

import frozen_contents


def transformers() -> Path:
    spec = find_spec("transformers")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


def test_that_the_listed_text_models_exist_and_are_kept() -> None:
    unused = frozen_contents.unused_model_families(transformers())
    names = {module.rpartition(".")[2] for module in unused}
    listed = set(frozen_contents.TEXT_MODELS.split())
    assert not listed & names
    assert not [name for name in listed if not (transformers() / "models" / name).is_dir()]
    assert {"whisper", "vit", "sam"} <= names
    assert len(names) > 300


def test_that_what_a_kept_family_imports_is_kept(tmp_path: Path) -> None:
    files = {
        "__init__.py": "",
        "trainer.py": "from .models.core import thing\n",
        "models/auto/__init__.py": "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from ..hinted import thing\n",
        "models/bert/__init__.py": "from ..base.layers import Layer\n"
        "def late():\n    from ..late import thing\n",
        "models/base/__init__.py": "import transformers.models.deep.down\n",
        **{f"models/{name}/__init__.py": "" for name in ("core", "deep", "hinted", "late")},
    }
    for name, text in files.items():
        file = tmp_path / "transformers" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    unused = frozen_contents.unused_model_families(tmp_path / "transformers")
    assert unused == ["transformers.models.hinted", "transformers.models.late"]


@pytest.mark.parametrize(
    ("destination", "ballast"),
    [
        ("torch/lib/libtorch_cpu.so", False),
        ("torch/bin/torch_shm_manager", False),
        ("torch/bin/protoc", True),
        ("torch\\include\\ATen\\ATen.h", True),
        ("pyarrow/libarrow.so.2600", False),
        ("pyarrow/libarrow_flight.so.2600", True),
        ("pyarrow\\arrow_flight.dll", True),
        ("pyarrow/tests/data/a.parquet", True),
        ("resources/samples/movie_reviews/train.csv", False),
        ("resources/export/.mypy_cache/3.11/cache.db", True),
        ("huggingface_hub/templates/modelcard_template.md", False),
    ],
)
def test_that_only_ballast_is_left_behind(destination: str, ballast: bool) -> None:
    assert frozen_contents.is_ballast(destination) is ballast


def test_that_the_papers_of_every_part_that_about_names_go_along() -> None:
    from peft_desktop.ui.about import PARTS

    assert frozen_contents.parts() == list(PARTS)
