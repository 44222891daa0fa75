"""The glossary: every term, alias and sense of all decks, found as one types."""

from studyllm.glossary.conditions import LEECH
from studyllm.glossary.entry import STATES, Entry
from studyllm.glossary.finder import Finder, Finding, find_once
from studyllm.glossary.found import Found, Shown
from studyllm.glossary.index import Index, SortOrder
from studyllm.glossary.query import Query, written
from studyllm.glossary.remote import SearchEnded, finder_for
from studyllm.glossary.tags import tags_of

__all__ = [
    "LEECH",
    "STATES",
    "Entry",
    "Finder",
    "Finding",
    "Found",
    "Index",
    "Query",
    "SearchEnded",
    "Shown",
    "SortOrder",
    "find_once",
    "finder_for",
    "tags_of",
    "written",
]
