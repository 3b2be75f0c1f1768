"""Character references: reading them as browsers do, writing the few that a text needs.

    resolve("Fish &amp chips &#x2014; 5 &euro;")     "Fish & chips — 5 €"
    resolve("?a=1&copy=2", attribute=True)           "?a=1&copy=2"
    escape_text("5 < 6 & 7")                         "5 &lt; 6 &amp; 7"

HTML's rules are not XML's: many names need no semicolon, and a number without a character gives
another one.
"""

import re
import sys
from collections.abc import Iterator
from html.entities import html5


def resolve(text: str, *, attribute: bool = False) -> str:
    """Replace the character references in text by their characters (HTML §13.2.5.72 and on).

    In an attribute's value, a name without semicolon is no reference when `=`, a letter or a digit
    follows: the queries of unescaped URLs stay whole.
    """
    if "&" not in text:
        return text
    if attribute:
        return _IN_ATTRIBUTE.sub(_strict, text)
    return _IN_TEXT.sub(_lenient, text)


def pieces(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each character of an attribute's value that is not written as itself.

    That is where it begins, what is written, and what it means to browsers.
    """
    if "&" not in text and "\r" not in text and "\0" not in text:
        return
    for match in _WRITTEN.finditer(text):
        written = match[0]
        meant = _STANDING_FOR.get(written) or resolve(written, attribute=True)
        if meant != written:
            yield match.start(), written, meant


def escape_text(text: str) -> str:
    """Write text as element content that browsers read back as it is, RCDATA included."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")  # a bare one would be read as a line feed


def escape_attribute(text: str, quote: str) -> str:
    """Write text as an attribute's value between these quotes, which are `"` or `'`."""
    return escape_text(text).replace(quote, _QUOTES[quote])


def escape_anywhere(text: str) -> str:
    """Write text to stand as element content, or as a value between quotes of either kind."""
    return escape_attribute(text, '"').replace("'", _QUOTES["'"])


_NUMBER = r"#(?:([0-9]++)|[xX]([0-9A-Fa-f]++));?+"
_IN_TEXT = re.compile(rf"&(?:([A-Za-z0-9]++;?+)|{_NUMBER})")
_IN_ATTRIBUTE = re.compile(rf"&(?:([A-Za-z0-9]++(?:;|(?!=)))|{_NUMBER})")
_REPLACEMENT = "\ufffd"
_WRITTEN = re.compile(rf"\r\n?|\0|{_IN_ATTRIBUTE.pattern}")
_STANDING_FOR = {"\r": "\n", "\r\n": "\n", "\0": _REPLACEMENT}
"""Line ends and NUL, as HTML reads them (§13.2.3.5, §13.2.5.36)."""
_QUOTES = {'"': "&quot;", "'": "&#39;"}


def _strict(match: re.Match[str]) -> str:
    name = match[1]
    return html5.get(name, match[0]) if name else _numbered(match)


def _lenient(match: re.Match[str]) -> str:
    name = match[1]
    if not name:
        return _numbered(match)
    if name in html5:
        return html5[name]
    for length in _LENGTHS:
        if name[:length] in _NEEDS_NO_SEMICOLON:
            return html5[name[:length]] + name[length:]
    return match[0]


_NEEDS_NO_SEMICOLON = frozenset(name for name in html5 if not name.endswith(";"))
_LENGTHS = sorted({len(name) for name in _NEEDS_NO_SEMICOLON}, reverse=True)


def _numbered(match: re.Match[str]) -> str:
    digits, base = (match[2], 10) if match[2] else (match[3], 16)
    digits = digits.lstrip("0")
    if not digits or len(digits) > _MOST_DIGITS:
        return _REPLACEMENT
    return _character(int(digits, base))


_MOST_DIGITS = len("1114111")


def _character(code: int) -> str:
    if code > sys.maxunicode or code in _SURROGATES:
        return _REPLACEMENT
    return _MISNUMBERED.get(code) or chr(code)


_SURROGATES = range(0xD800, 0xE000)
_MISNUMBERED = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Numbers of control characters, which stand for the bytes of windows-1252."""
