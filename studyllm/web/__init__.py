"""The app in a browser on this machine: textual-serve behind a token that only who started it knows."""

from studyllm.web.guard import Guard, is_loopback
from studyllm.web.server import StudyServer, bound, sanitized

__all__ = ["Guard", "StudyServer", "bound", "is_loopback", "sanitized"]
