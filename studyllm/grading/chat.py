"""The turns of a conversation as a model's own chat template writes them, around texts that are data."""

from __future__ import annotations

from dataclasses import dataclass

_SYSTEM, _USER = "\ue000system\ue001", "\ue000user\ue001"
"""Stand-ins for the texts, from the private use area: a template is rendered with them and cut there."""
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""What a model without a template of its own, or with one that cannot be used, is addressed in."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What the template writes before the instructions, between them and the user's text, and before the reply."""

    opening: str
    between: str
    reply: str


def chat(template: str | None, bos: str = "", eos: str = "") -> Chat:
    """The marks of a Jinja chat template; those of ChatML where there is none that can be used.

    A template that knows no instructions gets them at the head of the user's text.
    """
    for source in (template, CHATML):
        if source and (found := _cut(source, bos, eos)):
            return found
    raise AssertionError("ChatML can be cut")


def _cut(template: str, bos: str, eos: str) -> Chat | None:
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter

    user = {"role": "user", "content": _USER}
    for messages in (
        [{"role": "system", "content": _SYSTEM}, user],
        [{"role": "user", "content": f"{_SYSTEM}\n\n{_USER}"}],
    ):
        try:
            made = Jinja2ChatFormatter(template, eos_token=eos, bos_token=bos)(messages=messages)
        except Exception:  # noqa: BLE001 - a template is a program by somebody else: whatever it raises, it is not used
            continue
        opening, system, rest = made.prompt.partition(_SYSTEM)
        between, asked, reply = rest.partition(_USER)
        if system and asked:
            return Chat(opening, between, reply)
    return None
