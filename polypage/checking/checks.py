"""What a translation may have wrong, looked for entry by entry.

    >>> entry = Entry("Take 5 mg.", "Nehmen Sie 50 mg.", line=12)
    >>> check_entry(entry, ("Take 5 mg.",), profile("de"), path="locales/de/…")
    (Finding(code='number-changed', severity='error', message='5 mg has become 50 mg', line=12, …),)

`polypage.checking.checklist` is the whole list, with an example of each. An error keeps a translation off the page;
whoever knows better says so in a translator comment, and the finding is gone:

    # polypage-ok: number-changed converted to the units used here
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from polypage.checking.characters import is_visible
from polypage.checking.checklist import CODES, COMPARED, WAIVABLE
from polypage.checking.excerpts import codes_of, excerpt, excerpt_of
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.checking.occasions import Looks, looking, occasions
from polypage.checking.passage import Passage, passage_of
from polypage.checking.remarks import Remark
from polypage.checking.rows import Check
from polypage.limits import Limits
from polypage.model import Content, Entry, Finding, Severity, Weight
from polypage.profiles import Profile
from polypage.profiles import profile as profile_of
from polypage.reading.inline import Reading, from_msgstr


def check_entry(  # noqa: PLR0913 - settings, page and author each have their say
    entry: Entry,
    content: Content,
    profile: Profile,
    *,
    path: str,
    source_locale: str = "en",
    preserve_space: bool = False,
    weights: Mapping[str, Weight] = MappingProxyType({}),
    limits: tuple[Limits, ...] = (),
    glossary: Glossary = NO_TERMS,
    roles: frozenset[str] = frozenset(),
    approved: str = "",
    reading: Reading | None = None,
) -> tuple[Finding, ...]:
    """Check the translation of a segment's content; there is nothing to find where there is none.

    A fuzzy translation is not checked: it is not published, and only guessed at. `weights` say by
    code how grave a finding is, where that is not what `CHECKS` says; `reading` is what
    `from_msgstr` makes of the translation, where that is known.
    """
    if not entry.usable or entry.plural is not None:
        return ()
    spoken = profile_of(source_locale)
    off = frozenset([code for code, weight in weights.items() if weight == "off"])
    if not is_visible(entry.msgstr) and is_visible(entry.msgid):
        found = [_finding(CODES["blank"], Remark("nothing of the translation is visible"))]
    else:
        reading = reading or from_msgstr(entry.msgstr, content, preserve_space=preserve_space)
        found = [_with_codes(each, entry) for each in dict.fromkeys(reading.findings)]
        if reading.content is not None:
            passage = passage_of(
                content,
                reading.content,
                spoken,
                profile,
                limits=limits,
                glossary=glossary,
                roles=roles,
                approved=approved,
            )
            looks = looking(profile.locale, off)[occasions(passage)]
            found += _findings(looks, passage, entry, content) if looks else ()
    if not (found or entry.translator_comments):  # as in most entries
        return ()
    kept = weighed(_not_waived(tuple(found), entry, off), weights)
    return tuple(replace(finding, path=path, line=entry.told_line) for finding in kept)


def _with_codes(finding: Finding, entry: Entry) -> Finding:
    """Mark the inline codes that a finding about them names."""
    named = _CODE.findall(finding.message)
    if finding.code == "inline-missing":
        return replace(finding, source=excerpt_of(entry.msgid, named))
    return replace(finding, target=excerpt_of(entry.msgstr, named))


_CODE = re.compile(r"<[^<>]+>")


def _findings(looks: Looks, passage: Passage, entry: Entry, content: Content) -> Iterator[Finding]:
    for check, find in looks:
        for n, remark in enumerate(find(passage)):
            finding = _finding(check, remark)
            if n < _MARKED:
                codes = codes_of(content)
                finding = replace(
                    finding,
                    source=excerpt(entry.msgid, passage.source, remark.source, codes),
                    target=excerpt(entry.msgstr, passage.target, remark.target, codes),
                )
            yield finding


_MARKED = 20
"""How many findings of a kind have their words marked; who has more sees it without."""


def _finding(check: Check, remark: Remark) -> Finding:
    severity = check.severity if remark.certain else Severity.WARNING
    return Finding(check.code, severity, remark.message)


def weighed(found: Iterable[Finding], weights: Mapping[str, Weight]) -> Iterator[Finding]:
    """Give findings the weight that a project wants; what is in doubt becomes no error by that."""
    for finding in found:
        weight = weights.get(finding.code)
        check = CODES.get(finding.code)
        doubtful = check is not None and finding.severity is not check.severity
        if weight is None or (doubtful and weight == "error"):
            yield finding
        elif weight != "off":
            yield replace(finding, severity=Severity(weight))


# --- waivers ----------------------------------------------------------------------------------

_WAIVER = re.compile(r"\s*polypage-ok:\s*(?P<code>\S*)\s*(?P<reason>.*)")


def waived(entry: Entry) -> frozenset[str]:
    """Return the codes of the findings that a translator answers for, with a reason."""
    return frozenset(match["code"] for match in _waivers(entry) if match["reason"]) & WAIVABLE


def _waivers(entry: Entry) -> list[re.Match[str]]:
    return [match for line in entry.translator_comments if (match := _WAIVER.match(line))]


def _not_waived(found: tuple[Finding, ...], entry: Entry, off: frozenset[str]) -> Iterator[Finding]:
    """Leave out what a translator answers for; report waivers that are good for nothing.

    Of what is `off` nobody knows whether there is a finding.
    """
    answered = waived(entry)
    yield from (finding for finding in found if finding.code not in answered)
    for match in _waivers(entry):
        if problem := _waiver_problem(match["code"], match["reason"], found, off):
            yield _finding(CODES["waiver"], Remark(problem))


def _waiver_problem(
    code: str, reason: str, found: Iterable[Finding], off: frozenset[str]
) -> str | None:
    if code not in WAIVABLE:
        near = difflib.get_close_matches(code, WAIVABLE, n=1)
        meant = f": did you mean {near[0]}?" if near else ""
        return f"{code or 'a waiver without a code'} is nothing that can be waived{meant}"
    if not reason:
        return f"{code} is waived without a reason: put one behind it"
    if code not in COMPARED | off and all(finding.code != code for finding in found):
        return f"{code} is waived, but there is no such finding: take the comment out"
    return None
