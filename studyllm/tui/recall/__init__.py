"""Recalling a whole section: choosing it, writing, and what the text did with each card."""
