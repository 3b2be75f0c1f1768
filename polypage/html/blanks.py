r"""White space as browsers show it.

    collapsed(" Take\n  5 mg ")      "Take 5 mg"
    squeezed(" Take\n  5 mg ")       " Take 5 mg "

A no-break space is none: HTML collapses ASCII white space alone.
"""

import re

from polypage.html.vocabulary import BLANKS

_RUN = re.compile(f"[{BLANKS}]+")


def collapsed(text: str) -> str:
    """Make one blank of each run of white space, and none of those at the ends."""
    return squeezed(text).strip(" ")


def squeezed(text: str) -> str:
    """Make one blank of each run of white space, at the ends too."""
    # Seldom is there any but single blanks, and to look for it takes next to nothing.
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        return _RUN.sub(" ", text)
    return text
