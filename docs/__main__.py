"""Writes the pages of the reference that are made of the code: `make reference`."""

from docs import checks, commands, settings

for each in (checks, commands, settings):
    each.PAGE.write_text(each.page(), "utf-8")
