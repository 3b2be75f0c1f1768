"""From a page's bytes to its text, in the encoding that a browser would take.

    decode('<meta charset="windows-1251"><p>Да'.encode("cp1251"), path="dose.html").text
        -> '<meta charset="windows-1251"><p>Да'

The encoding is that of the byte order mark, else the declared one (HTML §13.2.3.2, with the labels
of the Encoding standard), else UTF-8, else what charset-normalizer finds. A few stray bytes in a
page of UTF-8 are kept, each as the lone surrogate of Python's `surrogateescape`, and come out of a
build as the bytes they were. Other bytes that cannot be decoded are an error: never mojibake.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

import webencodings

from polypage.errors import SourceError
from polypage.html.markup import StartTag, tokenize

STRAY: Final = re.compile("[\udc80-\udcff]")
"""A byte that is not UTF-8 in a page that otherwise is: it goes through as it came."""

_STRAY_SHARE = 0.05
"""Stray bytes to sound characters beyond ASCII; a page in another encoding has hardly any of these."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_UP_TO = 65_536
"""Where a NUL byte says that this is no text."""


class Decoded(NamedTuple):
    """A page's text, and what should be known of the bytes it was."""

    text: str
    bom: bool
    """A UTF-8 byte order mark stood before it."""
    stray: bool
    """Bytes that are not UTF-8 stand in it, each as a lone surrogate."""


def decode(data: bytes, *, path: str) -> Decoded:
    """Read the bytes of a page as text, in the encoding that they show or name.

    Raises:
        SourceError: The bytes are none, no text, or not in the encoding they claim.
    """
    bom, codec = next((each for each in _BOMS if data.startswith(each[0])), (b"", None))
    if codec is not None:
        text = _decoded(data[len(bom) :], codec, path, skipped=len(bom))
    elif b"\0" in data[:_BINARY_UP_TO]:
        problem = "is no text: it holds NUL bytes"
        raise SourceError(path, problem, remedy="put an HTML page in its place")
    else:
        text = _unmarked(data, path)
    if not text or text.isspace():
        raise SourceError(path, "is empty", remedy="fetch the page again or remove the file")
    return Decoded(text, codec == "utf-8", not text.isascii() and _has_stray(text))


def _has_stray(text: str) -> bool:
    try:
        text.encode()  # many times faster than a search
    except UnicodeEncodeError:
        return True
    return False


def _unmarked(data: bytes, path: str) -> str:
    """Decode a page without a byte order mark."""
    codec = _declared(data)
    if codec == _REFUSED:
        problem = "declares an encoding that no browser reads"
        raise SourceError(path, problem, remedy="save the page as UTF-8")
    if codec is not None:
        return _decoded(data, codec, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mostly_utf8(data) or _guessed(data, path)


# --- the declared encoding --------------------------------------------------------------------

_MENTION = re.compile(rb"charset[^>]*+(?:>|\Z)", re.IGNORECASE)
_CONTENT_CHARSET = re.compile(
    r"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE
)
_XML_DECLARATION = re.compile(rb"""\A<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")


def _declared(data: bytes) -> str | None:
    """Return the name of Python's codec for the encoding that the page declares."""
    for tag in _metas(data):
        label = _label(tag)
        if label is not None and (codec := _codec(label)) is not None:
            return codec
    match = _XML_DECLARATION.match(data)
    return _codec(match[1].decode("ascii")) if match else None


def _metas(data: bytes) -> Iterator[StartTag]:
    """Yield the tags that may declare an encoding; what only looks like one, as in a script, is none.

    The page is read up to what looks like the first, then like the third, the seventh and so on,
    so that thousands of them are no more work than a few.
    """
    mentions = _MENTION.finditer(data)
    seen, count = 0, 1
    while some := tuple(islice(mentions, count)):
        end = some[-1].end()
        for token in tokenize(data[:end].decode("latin-1")):
            if token.end > seen and isinstance(token, StartTag) and token.name == "meta":
                yield token
        seen, count = end, count * 2


def _label(meta: StartTag) -> str | None:
    charset, kind, content = meta.get("charset"), meta.get("http-equiv"), meta.get("content")
    if charset is not None:
        return charset.value
    if kind and content and kind.value.strip().lower() == "content-type":
        match = _CONTENT_CHARSET.search(content.value)
        return match and next(filter(None, match.groups()), None)
    return None


def _codec(label: str) -> str | None:
    """Return the codec of a label as a browser knows it; None for labels that it does not know."""
    encoding = webencodings.lookup(label)
    if encoding is None:
        return None
    return _CODECS.get(encoding.name, str(encoding.codec_info.name))


_REFUSED = "replacement"
"""What the Encoding standard calls encodings that are not safe to read (§14.1)."""

_CODECS = {
    _REFUSED: _REFUSED,
    # A declaration that can be read as ASCII is not UTF-16 (HTML §13.2.3.2).
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "x-user-defined": "cp1252",
    "gbk": "gb18030",
}


# --- decoding ---------------------------------------------------------------------------------


def _decoded(data: bytes, codec: str, path: str, *, skipped: int = 0) -> str:
    try:
        return data.decode(codec, "polypage-control")
    except UnicodeDecodeError as exc:
        text = _mostly_utf8(data) if codec == "utf-8" else None
        if text is not None:
            return text
        raise SourceError(
            path,
            f"the byte {data[exc.start]:#04x} at offset {exc.start + skipped} is not {codec}",
            line=data[: exc.start].decode(codec, "ignore").count("\n") + 1,
            remedy="save the page in the encoding it declares, or declare the one it is in",
        ) from exc


def _as_control(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that a code page leaves open as the control character of that number.

    So do browsers (Encoding standard §9.1); its other gaps are errors to them too.
    """
    if not isinstance(error, UnicodeDecodeError) or error.encoding != "charmap":
        raise error
    byte = error.object[error.start]
    if byte not in _CONTROLS:
        raise error
    return chr(byte), error.start + 1


_CONTROLS = range(0x80, 0xA0)

codecs.register_error("polypage-control", _as_control)


def _mostly_utf8(data: bytes) -> str | None:
    """Decode what is clearly UTF-8 but for a few stray bytes."""
    text = data.decode("utf-8", "surrogateescape")
    stray = len(STRAY.findall(text))
    sound = sum(map(len, _NOT_ASCII.findall(text))) - stray
    return text if stray <= _STRAY_SHARE * sound else None


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def _guessed(data: bytes, path: str) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to import, seldom needed)

    best = from_bytes(data).best()
    if best is None:
        problem = "is in no encoding that can be recognised"
        raise SourceError(path, problem, remedy="save the page as UTF-8")
    return str(best)
