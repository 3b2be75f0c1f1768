"""Pages in another language."""
