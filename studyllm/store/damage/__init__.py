"""A damaged database: what cannot be read in it, and how the rest is saved. `doctor` alone asks."""

from studyllm.store.damage.examine import Damage, examine
from studyllm.store.damage.salvage import Salvaged, salvage

__all__ = ["Damage", "Salvaged", "examine", "salvage"]
