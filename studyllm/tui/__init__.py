"""The screens. They show and ask; what is shown comes from the queue and the library."""

from studyllm.tui.app import StudyApp

__all__ = ["StudyApp"]
