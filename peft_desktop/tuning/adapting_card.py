"""What an adapted model says about itself: its base, the texts, what reading them changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import __version__
from ..core.words import QT_TRANSLATE_NOOP
from .cards import ModelCard


def about(base: ModelCard, facts: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """One remark for the library: a marked template and its values."""
    return (
        QT_TRANSLATE_NOOP(
            "engine",
            "Adapted from {base} by reading {texts} texts: the perplexity of others fell from "
            "{before} to {after}.",
        ),
        {
            "base": base.name,
            "texts": facts["texts"]["used"],
            "before": round(facts["before"]["perplexity"], 1),
            "after": round(facts["after"]["perplexity"], 1),
        },
    )


def papers(room: Path, base: ModelCard, name: str, facts: dict[str, Any]) -> None:
    """README.md: a model card with the licence on top, as model folders have it."""
    counts, before, after = facts["texts"], facts["before"], facts["after"]
    lines = [
        "---",
        *([f"license: {base.licence}"] if base.licence else []),
        f"base_model: {base.name}",
        "---",
        f"# {name}",
        "",
        f"Made with PEFT Desktop {__version__} on {datetime.now(UTC):%Y-%m-%d} by reading on in "
        "texts without labels (adapt-first).",
        "",
        f"- Base: {base.name} ({base.title}), weights sha256 {base.sha256}",
        f"- Licence of the base: {base.licence or 'not stated'}; mind the licence of the texts too",
        f"- Texts: {counts['used']} ({counts['of_project']} of the project, {counts['of_files']} "
        f"of files; left out: {counts['in_test']} test, {counts['in_valid']} validation, "
        f"{counts['repeated']} repeated, {counts['blank']} blank), {facts['tokens']} tokens",
        f"- Training: {facts['steps']} steps, {facts['epochs']:.1f} epochs, learning rate "
        f"{facts['learning_rate']:g}, {facts['precision']}; word embeddings as in the base",
        f"- Perplexity on texts held out: {before['perplexity']:.2f} before, "
        f"{after['perplexity']:.2f} after",
    ]
    (room / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
