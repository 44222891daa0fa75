"""The glossary: every term, alias and sense of all decks, found as one types."""

from studyllm.glossary.entry import STATES, Entry
from studyllm.glossary.index import Found, Index, Order
from studyllm.glossary.query import FIELDS, Query, written

__all__ = ["FIELDS", "STATES", "Entry", "Found", "Index", "Order", "Query", "written"]
