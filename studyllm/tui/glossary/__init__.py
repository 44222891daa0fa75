"""The glossary: searching, looking, changing many cards."""
