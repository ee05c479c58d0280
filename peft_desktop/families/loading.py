"""The one way in which every family reads a model from a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def from_folder(kind: Any, folder: Path, dtype: Any) -> Any:
    """A transformers model of class `kind`: safetensors only, no network, no code of its own."""
    return kind.from_pretrained(
        folder,
        dtype=dtype,
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
    )
