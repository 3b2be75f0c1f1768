"""The addresses in a style sheet: where they stand, and how they are written.

    [css[slice(*span)] for span in addresses(css)]     "img/a.png" of `url(img/a.png)`
    written("img/a (1).png")                           img/a%20%281%29.png

They are found by their form alone (CSS Syntax §4.3.6, CSS Cascade §2): one in a comment is found
too, and does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polypage.model import Span

# It begins with what few styles have, so that the search for these characters alone decides.
_ADDRESS = re.compile(
    r"""[(@] (?: (?<= \burl\( ) \s* | (?<= @ ) import\s+ (?=["']) )
        (?: "(?P<double>[^"\\\n]++)" | '(?P<single>[^'\\\n]++)' | (?P<bare>[^\s"'()\\]++)(?=\s*\)) )""",
    re.VERBOSE | re.IGNORECASE,
)
_UNFIT = re.compile(r"""[\s"'()\\<>]""")
"""What would end an address in a style sheet, or the style sheet itself."""


def addresses(css: str) -> Iterator[Span]:
    """Yield where each address stands, without quotes; not those that hold their own data."""
    for match in _ADDRESS.finditer(css):
        group = match.lastgroup or ""
        if not match[group].startswith(("data:", "#")):
            yield Span(*match.span(group))


def written(address: str) -> str:
    """Write an address so that it can stand between quotes of either kind, or without."""
    return _UNFIT.sub(lambda match: f"%{ord(match[0]):02X}", address)
