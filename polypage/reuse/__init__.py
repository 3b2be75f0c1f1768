"""Translations that exist already, put to use elsewhere."""
