"""Catalogs as files of other formats, and what comes back."""
