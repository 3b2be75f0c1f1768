"""The proof of built pages, and the account of source pages, with eyes of their own."""
