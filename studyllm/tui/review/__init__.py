"""The review screen and what opens over it."""
