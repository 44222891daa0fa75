"""The values in a text: numbers with units, dates, formulas, names with numbers."""
