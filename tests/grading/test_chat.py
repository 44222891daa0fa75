"""The turns are those of the model's own chat template, whatever that is."""

import pytest

from studyllm.grading.chat import CHATML, chat

LLAMA = (
    "{{ bos_token }}{% for m in messages %}<|start_header_id|>{{ m['role'] }}<|end_header_id|>\n\n"
    "{{ m['content'] | trim }}<|eot_id|>{% endfor %}"
    "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}"
)
NO_SYSTEM = (
    "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "<start_of_turn>{{ m['role'] }}\n{{ m['content'] }}<end_of_turn>\n{% endfor %}<start_of_turn>model\n"
)


def test_the_files_own_template_is_used() -> None:
    found = chat(LLAMA, bos="<|begin|>")
    assert found.opening == "<|begin|><|start_header_id|>system<|end_header_id|>\n\n"
    assert found.between == "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n"
    assert found.reply == "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"


def test_a_template_without_instructions_gets_them_with_the_users_text() -> None:
    found = chat(NO_SYSTEM, bos="<bos>")
    assert found.opening == "<bos><start_of_turn>user\n"
    assert found.between == "\n\n"
    assert found.reply == "<end_of_turn>\n<start_of_turn>model"


@pytest.mark.parametrize("template", [None, "", "{{ nothing", "no texts at all", "{{ 1 / 0 }}"])
def test_without_a_template_that_works_it_is_chatml(template: str | None) -> None:
    assert chat(template) == chat(CHATML)
    assert chat(template).reply == "<|im_end|>\n<|im_start|>assistant\n"
