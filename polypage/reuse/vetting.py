"""Whether a translation may be handed on, wherever its text stands.

    standards = Standards(profile("en"), profile("de"))
    errors_of(Entry("Take 5 mg.", "Nehmen Sie 50 mg."), standards)
    (Finding(code='number-changed', severity='error', message='5 mg has become 50 mg', …),)

A text and its translation are all there is to look at: what a place asks of it, such as the room
for it, or a disclaimer's approved words, keeps it off that page and is no fault of the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from polypage.checking.checks import check_entry
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.model import Entry, Finding, Severity, Weight
from polypage.profiles import Profile
from polypage.reuse.fitting import content_of


class Standards(NamedTuple):
    """What translations into a locale are judged by."""

    spoken: Profile
    """The source's locale."""
    written: Profile
    weights: Mapping[str, Weight] = MappingProxyType({})
    """How grave the project finds what, by code."""
    glossary: Glossary = NO_TERMS


def errors_of(entry: Entry, standards: Standards) -> tuple[Finding, ...]:
    """Find what keeps a finished translation off every page, unless a translator answers for it."""
    content = content_of(entry.msgid)
    if content is None:
        return ()
    found = check_entry(
        entry,
        content,
        standards.written,
        path="",
        source_locale=standards.spoken.locale,
        weights=standards.weights,
        glossary=standards.glossary,
    )
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)
