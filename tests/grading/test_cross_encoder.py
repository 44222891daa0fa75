"""The cross-encoder's arithmetic, on a small network with random weights."""

from typing import Any

import pytest

pytestmark = pytest.mark.slow  # torch alone takes seconds to import


@pytest.fixture(scope="module")
def network() -> Any:
    import torch
    from transformers import BertConfig, BertModel

    from studyllm.grading.cross_encoder import Network

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=60,
        hidden_size=24,
        num_hidden_layers=12,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=64,
    )
    return Network(BertModel(config)).eval()


def judged(network: Any, questions: list[Any], answers: list[tuple[int, tuple[int, ...]]]) -> list[Any]:
    """(whole, points) of each answer, all of them evaluated together."""
    import torch

    from studyllm.grading.cross_encoder import padded

    with torch.inference_mode():
        read = network.read(
            padded([q.tokens for q in questions], 0), padded([q.parts for q in questions], -1)
        )
        whole, points = network(
            read,
            torch.tensor([of for of, _ in answers]),
            padded([tokens for _, tokens in answers], 0),
            torch.tensor([len(tokens) for _, tokens in answers]),
        )
    return [(whole[i], points[i, : max(questions[of].parts)]) for i, (of, _) in enumerate(answers)]


def test_what_is_judged_together_is_judged_as_if_alone(network: Any) -> None:
    import torch

    from studyllm.grading.cross_encoder import Packed

    short = Packed((2, 7, 3, 11, 12, 3), (0, 0, 0, 1, 1, 0))
    long = Packed((2, 8, 9, 3, 21, 22, 23, 3, 31, 3, 41, 42, 3), (0, 0, 0, 0, 1, 1, 1, 0, 2, 0, 3, 3, 0))
    answers = [(0, (11, 12, 3)), (1, (21, 22, 31, 41, 5, 6, 3)), (1, (50, 3)), (0, (3,))]
    together = judged(network, [short, long], answers)
    for (of, tokens), (whole, points) in zip(answers, together, strict=True):
        ((alone, its_points),) = judged(network, [(short, long)[of]], [(0, tokens)])
        assert torch.allclose(whole, alone, atol=1e-5)
        assert torch.allclose(points, its_points, atol=1e-5)
        assert len(points) == max((short, long)[of].parts)


def test_an_answer_changes_what_is_thought_of_every_point(network: Any) -> None:
    import torch

    from studyllm.grading.cross_encoder import Packed

    asked = Packed((2, 8, 3, 21, 22, 3, 31, 3), (0, 0, 0, 1, 1, 0, 2, 0))
    one, other = judged(network, [asked], [(0, (21, 22, 3)), (0, (50, 51, 3))])
    assert not torch.allclose(one[1], other[1], atol=1e-4)
