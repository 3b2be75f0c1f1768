"""The tags of inline codes, in the text of a msgid or msgstr.

    renamed("Đọc <a2>bài</a2>.", {"a2": "a1"})      'Đọc <a1>bài</a1>.'

How content is written with them, and read again, is told in `polypage.reading.inline`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

TAG = re.compile(r"<(/?)([^\s<>/]+)\s*(/?)>")
"""A tag: a slash if it closes, the code's name, a slash if it stands alone."""
FORMATTING = frozenset(
    "a abbr acronym b bdi big cite code dfn em font i kbd label mark samp small span strong tt u"
    " var".split()
)
"""Elements whose words are as good without them: not `del`, which denies, nor `sup`, which multiplies."""


def element_of(name: str) -> str:
    """Return the name of a code's element: `a` of `a1`."""
    return name.rstrip("0123456789")


def renamed(text: str, names: Mapping[str, str | None]) -> str:
    """Give codes other names; those named None go, their content stays."""

    def tag(found: re.Match[str]) -> str:
        close, name, alone = found.groups()
        now = names.get(name, name)
        return f"<{close}{now}{alone}>" if now else ""

    return TAG.sub(tag, text)
