r"""Names and messages as people read them: on one line, with nothing in them that cannot be seen.

    visible("skin/new\nline.html")      skin/new\nline.html

A file's name may have a line end, an escape of terminals or a mark that turns the writing round;
shown as they are, these would make of one line of a report whatever the name says. What other
programs read, JSON, SARIF and the addresses in annotations, has an escaping of its own.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters, line ends and escapes among them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Unicode's Bidi_Control
    "\u2028\u2029"  # line and paragraph separator
    "\ud800-\udfff]"  # a byte of a name that is no text
)


def visible(text: str) -> str:
    """Write what breaks or turns a line, or cannot be written at all, as Python's escapes."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
