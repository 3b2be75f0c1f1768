"""What `polypage check` found, for people: each finding with the words that it is about.

    locales/fr/LC_MESSAGES/dose.po:12: error: 5 mg has become 50 mg (number-changed)
        msgid   Take ⟦5 mg⟧ with water.
        msgstr  Prenez ⟦50 mg⟧ avec de l'eau.

A terminal has the words underlined instead. Findings stand catalog by catalog, in the order of
their lines; what was checked in each locale, and what came of it, stands at the end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from polypage.model import Excerpt, Finding, Severity, Span
from polypage.runs.columns import fitting, width, wrapped
from polypage.runs.outcomes import Run
from polypage.runs.report import Page, Style, failures, item_of, totals
from polypage.runs.tallies import Tally, tallies


def checked(run: Run, page: Page, *, limit: int | None = None) -> Iterator[str]:
    """Yield the lines that tell people what was found; `limit` is how many findings are shown."""
    found = [each for each in run.findings if each.severity is not Severity.INFO]
    shown = found if limit is None else _gravest(found, limit)
    if shown:
        yield page.paint("Found", "warning")
    for _, group in groupby(shown, key=lambda finding: finding.path):
        for finding in group:
            yield from _finding(finding, page)
        yield ""
    if len(shown) < len(found):
        yield page.paint(f"… and {len(found) - len(shown)} more", "faint")
        yield ""
    yield from failures(run.failures, page)
    yield from totals(run, page)
    told = [tally for tally in tallies(run) if tally.entries or tally.families]
    yield from _table(told, page)


def _gravest(found: Sequence[Finding], limit: int) -> list[Finding]:
    """Choose errors before warnings; what is chosen stays in its order."""
    by_weight = sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)
    chosen = set(by_weight[:limit])
    return [finding for finding in found if finding in chosen]


def _finding(finding: Finding, page: Page) -> Iterator[str]:
    yield from item_of(finding, page)
    room = (page.width or _WIDTH) - len(_INDENT) - _LABEL
    for label, part in (("msgid", finding.source), ("msgstr", finding.target)):
        if part is not None:
            shown = excerpt(part, room, page)
            yield f"{_INDENT}{page.paint(f'{label:<{_LABEL}}', 'faint')}{shown}"


_WIDTH = 120
"""Columns of a line where there is no terminal."""
_INDENT = " " * 6
_LABEL = 8

# --- the words that a finding is about --------------------------------------------------------


def excerpt(part: Excerpt, room: int, page: Page) -> str:
    """Write the part of a text in which the marked words stand, in at most so many columns."""
    marks = 0 if page.marks else width(_OPEN + _CLOSE) * len(part.spans)
    start, end = _window(part, max(room - marks - 2 * width(_CUT), _LEAST))
    pieces = [_CUT] if start else []
    at = start
    for span in part.spans:
        if span.start >= end:
            break
        last = min(span.end, end)
        pieces.append(_plain(part.text[at : span.start]))
        pieces.append(_marked(_visible(part.text[span.start : last]), page))
        at = last
    pieces.append(_plain(part.text[at:end]))
    return _isolated("".join((*pieces, _CUT if end < len(part.text) else "")))


def _isolated(shown: str) -> str:
    """Keep words from right to left apart from the line, so that their full stop stands at their end."""
    is_mixed = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in shown)
    return f"\u2068{shown}\u2069" if is_mixed else shown


_OPEN, _CLOSE, _CUT = "⟦", "⟧", "…"
_LEAST = 20


def _marked(words: str, page: Page) -> str:
    return page.paint(words, "mark") if page.marks else f"{_OPEN}{words}{_CLOSE}"


def _window(part: Excerpt, room: int) -> Span:
    """Choose what to show: the marked words, then what stands around them."""
    text, first, last = part.text, part.spans[0], part.spans[-1]
    end = last.end if width(text[first.start : last.end]) <= room else first.end
    end = first.start + len(fitting(text[first.start : end], room))
    left = room - width(text[first.start : end])
    behind = fitting(text[end:], max(left - left // 3, 0)) if left else ""
    before = _ending(text[: first.start], left - width(behind))
    behind = fitting(text[end:], left - width(before)) if left else ""
    return Span(first.start - len(before), end + len(behind))


def _ending(text: str, most: int) -> str:
    """Return as much of the end of a text as takes at most so many columns."""
    start = len(text)
    while start and width(text[start - 1 :]) <= most:
        start -= 1
    while start < len(text) and not width(text[start]):  # no mark without its letter
        start += 1
    return text[start:]


_SEEN = str.maketrans({"\n": "↵", "\t": "⇥", "\r": "↵"})


def _plain(text: str) -> str:
    return text.translate(_SEEN)


def _visible(words: str) -> str:
    """Name what nobody sees, where it is what a finding is about."""
    return "".join(f"U+{ord(each):04X}" if _is_unseen(each) else each for each in _plain(words))


def _is_unseen(letter: str) -> bool:
    return letter != " " and unicodedata.category(letter) in {"Cc", "Cf", "Zs"}


# --- what was checked -------------------------------------------------------------------------


def _table(counted: Sequence[Tally], page: Page) -> Iterator[str]:
    """Yield a line for each locale, with the families of what was found in it."""
    if not counted:
        return
    names = max(len("locale"), *(len(tally.locale) for tally in counted))
    yield ""
    yield page.paint(f"{'locale':<{names}}  entries  errors  warnings", "faint")
    for tally in counted:
        row = f"{tally.locale:<{names}}  {tally.entries:>7,}  {tally.errors:>6,}  {tally.warnings:>8,}"
        told = ", ".join(f"{family} {count}" for family, count in tally.families.items())
        style: Style = "error" if tally.errors else "warning" if tally.warnings else "good"
        if page.width is None or width(row) + 2 + width(told) <= page.width:
            yield f"{page.paint(row, style)}  {told}".rstrip()
        else:
            yield page.paint(row, style)
            yield from (f"    {line}" for line in wrapped(told, page.width - 4))
