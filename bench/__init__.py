"""Measurements as ratios to something plain in the same run: these machines are noisy, ratios less so."""
