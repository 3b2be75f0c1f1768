"""How far the translation of a project has come, as a table, as JSON and as a page."""
