"""Writes the pages of the documentation that are made of tables in the code."""
