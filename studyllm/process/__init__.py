"""A process of our own beside the app: started, asked through pipes, started again when it dies."""

from studyllm.process.child import Child, Request
from studyllm.process.frames import Message, receive, send

__all__ = ["Child", "Message", "Request", "receive", "send"]
