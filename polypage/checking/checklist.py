"""The list of all checks, each with an example of what it has something against.

    check = CODES["number-changed"]
    check.about                         "A figure is another than in the source"
    [*check.find(passage)]              what it has to say of a passage, and where

A new check is a function and an entry in one of `polypage.checking.lists`, which also says on which
occasion it looks; `make reference` brings the page of the documentation up to date with it.
"""

from __future__ import annotations

from polypage.checking.lists import codes, numbers, signs, wholes, words

CHECKS = (
    *codes.INLINE,
    *signs.CHARACTERS,
    *numbers.NUMBERS,
    *words.NEGATION,
    *words.ADDRESSES,
    *words.GLOSSARY,
    *words.LANGUAGE,
    *signs.SCRIPTS,
    *wholes.LENGTH,
    *signs.PUNCTUATION,
    *wholes.ACCESSIBILITY,
    *wholes.CONSISTENCY,
    *wholes.WAIVERS,
)
"""All that is looked for. What `blank`, `inline-…` and `waiver` are about is found on the way."""

CODES = {check.code: check for check in CHECKS}
COMPARED = frozenset(check.code for check in CHECKS if check.compared)
WAIVABLE = frozenset(
    check.code for check in CHECKS if check.find or check.compared or check.code == "inline-empty"
)
"""What can be published on a translator's word; no word makes up for a lost inline code."""
WEIGHABLE = WAIVABLE | {"waiver"}
"""What a project may find more or less grave than `CHECKS` does."""
