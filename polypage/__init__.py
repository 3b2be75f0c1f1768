"""polypage: one article, every language."""

__version__ = "0.1.0"
