"""Characters, tokens and the tree of a page."""
