"""How far the translation of a project has come."""
