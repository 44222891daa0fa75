"""A process of our own beside the app: started, asked through pipes, started again when it dies."""

from studyllm.process.child import Asked, Child
from studyllm.process.frames import Message, receive, send

__all__ = ["Asked", "Child", "Message", "receive", "send"]
