"""Articles beside their translations, in a browser, while translators work on the catalogs."""
