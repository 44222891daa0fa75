"""Fronts that can be answered alone."""
