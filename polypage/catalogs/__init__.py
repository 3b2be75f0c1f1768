"""PO catalogs: their bytes, their updates, and what becomes of edits."""
