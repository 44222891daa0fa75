"""Candidates to cards: numbers about each, a score, what forms mean to everybody, and one choice over the note."""
