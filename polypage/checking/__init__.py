"""Findings about translations, and the terms they keep to."""
