"""The glossary: every term, alias and sense of all decks, found as one types."""

from studyllm.glossary.entry import STATES, Entry
from studyllm.glossary.finder import Finder
from studyllm.glossary.index import Found, Index, Order
from studyllm.glossary.query import FIELDS, LEECH, Query, written
from studyllm.glossary.tags import tags_of

__all__ = [
    "FIELDS",
    "LEECH",
    "STATES",
    "Entry",
    "Finder",
    "Found",
    "Index",
    "Order",
    "Query",
    "tags_of",
    "written",
]
