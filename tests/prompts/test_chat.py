"""A model's chat template: what stands around a message, in a sandbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.prompts.chat import chat_frame, template_of

CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] "
    "+ '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' "
    "}}{% endif %}"
)


def folder_with(tmp_path: Path, template: object) -> Path:
    held = {"chat_template": template, "eos_token": {"content": "</s>"}, "bos_token": "<s>"}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(held), encoding="utf-8")
    return tmp_path


def test_that_a_message_has_its_frame(tmp_path: Path) -> None:
    frame = chat_frame(folder_with(tmp_path, CHATML))
    assert frame.before == "<|im_start|>user\n"
    assert frame.after == "<|im_end|>\n<|im_start|>assistant\n"
    assert frame.end == "<|im_end|>\n"
    system = chat_frame(tmp_path, "Be brief.")
    assert system.before == "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n"


def test_that_the_file_beside_the_configuration_counts_first(tmp_path: Path) -> None:
    folder_with(tmp_path, CHATML)
    (tmp_path / "chat_template.jinja").write_text("{{ bos_token }}{{ messages[0].content }}")
    source, named = template_of(tmp_path)
    assert source == "{{ bos_token }}{{ messages[0].content }}"
    assert named == {"bos_token": "<s>", "eos_token": "</s>"}


def test_that_one_of_several_templates_is_the_default(tmp_path: Path) -> None:
    several = [{"name": "tools", "template": "x"}, {"name": "default", "template": CHATML}]
    assert chat_frame(folder_with(tmp_path, several)).before == "<|im_start|>user\n"


@pytest.mark.parametrize(
    "template",
    [
        "{{ raise_exception('no system') }}",
        "{{ messages.__class__.__mro__[1].__subclasses__() }}",  # the sandbox holds
        "{% for x in range(10**9) %}x{% endfor %}",
        "{% if %}",
        "no message at all",
        "{{ messages.append(1) }}{{ messages[0].content }}",
    ],
)
def test_that_a_template_that_cannot_be_used_is_refused(tmp_path: Path, template: str) -> None:
    with pytest.raises(UserError, match="chat template cannot be used") as error:
        chat_frame(folder_with(tmp_path, template))
    assert "off" in str(error.value.do)


def test_that_a_model_without_a_template_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no chat template"):
        chat_frame(tmp_path)
