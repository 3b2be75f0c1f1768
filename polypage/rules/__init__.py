"""What settings, the page itself and ITS 2.0 rules say of its elements."""
