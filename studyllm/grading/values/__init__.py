"""The values in a text (numbers with units, dates, formulas, names with numbers), and those of two texts compared."""

from studyllm.grading.values.compare import compare
from studyllm.grading.values.reading import read
from studyllm.grading.values.value import Comparison, Pair, Value, ValueKind

__all__ = ["Comparison", "Pair", "Value", "ValueKind", "compare", "read"]
