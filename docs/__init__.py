"""Writes the pages of the documentation that are made of the code."""
