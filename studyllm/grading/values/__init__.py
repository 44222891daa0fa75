"""The values in a text: numbers with units, dates, formulas, names with numbers."""

from studyllm.grading.values.reading import read
from studyllm.grading.values.value import Kind, Value

__all__ = ["Kind", "Value", "read"]
