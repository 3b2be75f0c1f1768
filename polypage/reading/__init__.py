"""The texts of a page, and what stands between them."""
