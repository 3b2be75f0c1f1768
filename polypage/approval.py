"""The approved disclaimer of a locale, which pages show word for word; read strictly.

    # locales/vi/notice.toml
    text = "Bài viết chỉ mang tính tham khảo."
    source = "This article is for information only."
    approved_by = "medical desk"
    approved_on = 2026-03-04

    approval = read(data, path="locales/vi/notice.toml")
    approval.covers("This article is  for information only.")      True: it still holds

The text is plain: paragraphs are parted by blank lines, and what looks like markup is letters.
`source` is what the source pages said when the text was approved: when they say something else,
nobody has approved a translation of that.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from polypage import tomlfile
from polypage.errors import SettingsError
from polypage.html.blanks import collapsed


@dataclass(frozen=True, slots=True)
class Approval:
    """A disclaimer's approved text, and what is known of its approval."""

    text: str
    """Paragraphs parted by blank lines."""
    path: str
    """The file it stands in."""
    source: str | None = None
    """What was said in the source language; None where only the text is known."""
    by: str = ""
    on: date | None = None
    line: int | None = None
    """Where the source text stands in the file."""

    def covers(self, source: str) -> bool:
        """Say whether it was given for a source text, however its white space is written."""
        return self.source is None or collapsed(self.source) == collapsed(source)


def read(data: bytes, *, path: str) -> Approval:
    """Read an approval from its file.

    Raises:
        SettingsError: It is no TOML, lacks something, or says what cannot be; with the line.
    """
    text = tomlfile.decode(data, path=path)
    tables = tomlfile.read(text, path=path)
    _refuse_unknown(tables, text, path)
    for key, (_, meaning) in _KEYS.items():
        if key not in tables:
            raise SettingsError(path, f"{key} is missing", remedy=f"add {meaning}")
    for key, (problem_of, _) in _KEYS.items():
        if problem := problem_of(tables[key]):
            raise SettingsError(path, f"{key} {problem}", line=tomlfile.line_of(text, (key,)))
    return Approval(
        tables["text"].strip(),
        path,
        tables["source"].strip(),
        tables["approved_by"].strip(),
        tables["approved_on"],
        tomlfile.line_of(text, ("source",)),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Part an approved text where it has blank lines; white space is as browsers show it."""
    return tuple(collapsed(part) for part in re.split(r"\n[ \t]*\n", text) if part.strip())


def _refuse_unknown(tables: Mapping[str, object], text: str, path: str) -> None:
    for key in tables:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_KEYS)}"
            line = tomlfile.line_of(text, (key,))
            raise SettingsError(path, f"{key} is no key of an approval", line=line, remedy=remedy)


def _unfit_text(value: object) -> str | None:
    """Say what is wrong with a text for readers."""
    if not isinstance(value, str) or not any(map(str.isalnum, value)):
        return f"must be a text with words, not {value!r}"
    for character in value:
        if character not in "\n\t" and _is_unfit(character):
            name = unicodedata.name(character, "a control character")
            return f"has U+{ord(character):04X} {name}, which readers do not see; take it out"
    return None


def _is_unfit(character: str) -> bool:
    """Say whether a character is lost, controls devices, or turns the order of letters round."""
    return unicodedata.category(character) == "Cc" or character in "\ufffd\u202a\u202b\u202d\u202e"


def _unfit_name(value: object) -> str | None:
    if isinstance(value, str) and value.strip():
        return None
    return f"must say who or which desk approved the text, not {value!r}"


def _unfit_date(value: object) -> str | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return None
    return f"must be a date, written as 2026-03-04 without quotes, not {value!r}"


_KEYS: dict[str, tuple[Callable[[object], str | None], str]] = {
    "text": (_unfit_text, "the approved text"),
    "source": (_unfit_text, "the source text that it is a translation of"),
    "approved_by": (_unfit_name, "who or which desk approved it"),
    "approved_on": (_unfit_date, "the date, as in approved_on = 2026-03-04"),
}
