"""The Prompt page's preview where a model writes: its chat template around the row, and cuts."""

from __future__ import annotations

import json
from pathlib import Path

from task_runs import MADE, make_project
from window_fakes import DEFAULT_MODEL, FakeLibrary

from peft_desktop.core.project import Project
from peft_desktop.ui.preview_sources import Asked, Sources
from peft_desktop.ui.previewing import preview

TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def chatty(library: FakeLibrary) -> FakeLibrary:
    """The default model with a chat template."""
    folder = library.path(DEFAULT_MODEL)
    held = {"chat_template": TEMPLATE}
    (folder / "tokenizer_config.json").write_text(json.dumps(held), encoding="utf-8")
    library.cards[DEFAULT_MODEL] = library.cards[DEFAULT_MODEL].model_copy(
        update={"chat_template": True}
    )
    return library


def asked(project: Project, **settings: object) -> Asked:
    file = project.file.model_copy(update={"task_settings": settings})
    return Asked(project.folder, file)


def test_that_the_chat_template_stands_around_the_row_and_the_answer_after_it(
    library: FakeLibrary, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "text", MADE["generation"])
    seen = preview(Sources(chatty(library)), asked(project, system="Be brief."))
    assert seen.spans is not None and seen.chips is not None
    kinds = [span.kind for span in seen.spans]
    assert (kinds[0], kinds[-2:]) == ("special", ["special", "slot"])
    assert seen.spans[0].text == "<|system|>Be brief.<|end|><|user|>"
    assert seen.spans[-2].text == "<|end|><|assistant|>"
    assert "".join(span.text for span in seen.spans).count("name[The Vaults]") == 1
    assert seen.tokens == len([chip for chip in seen.chips if chip.kind != "slot"])
    assert any("chat template" in str(warning) for warning in seen.warnings)


def test_that_no_chat_template_is_shown_where_it_is_off_or_there_is_none(
    library: FakeLibrary, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "text", MADE["generation"])
    alone = preview(Sources(library), asked(project))
    off = preview(Sources(chatty(library)), asked(project, chat="off"))
    assert alone.prompt_error is None and off.prompt_error is None
    assert alone.spans == off.spans and alone.spans is not None
    assert not [span for span in alone.spans if span.kind == "special"]
    assert not alone.warnings and not off.warnings


def test_that_a_chat_template_that_is_asked_for_and_lacks_is_told(
    library: FakeLibrary, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "text", MADE["generation"])
    seen = preview(Sources(library), asked(project, chat="on"))
    assert seen.prompt_error is not None and "no chat template" in str(seen.prompt_error)
