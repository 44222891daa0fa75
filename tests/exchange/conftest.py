"""These tests run over both engines."""

from tests.conftest import both_engines as engine

__all__ = ["engine"]
