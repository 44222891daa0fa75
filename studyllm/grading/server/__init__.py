"""A language model on an OpenAI-compatible server: the same readings and words as from the local one, over HTTP."""

from studyllm.grading.server.address import Address, address_of

__all__ = ["Address", "address_of"]
