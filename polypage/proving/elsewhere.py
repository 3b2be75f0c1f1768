"""The proof of a page of which nothing is known but its bytes: who built it, and from what, is not.

    demands = Demands(source_link=".source-link a", disclaimer=".disclaimer",
                      approved={"vi": "Chỉ để tham khảo."})
    inspect_page(page, demands, path="site/vi/needles.html").findings     () when it is fit

What `polypage.proving.audit` compares with the source page is judged by itself here: that there is
a source link and a disclaimer, that readers see them, that the link is what it looks like, and that
an approved disclaimer stands word for word.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree

from polypage.model import Finding, Severity
from polypage.proving.matter import Problem, parse
from polypage.proving.notices import disclaimed, early_problems, hidden_problems, linked
from polypage.proving.visibility import Sight
from polypage.proving.words import collapsed, passages, says_something, visible_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What pages must show."""

    source_link: str | None = None
    """A CSS selector, for the link or for what holds it; None: no link is asked for."""
    disclaimer: str | None = None
    """A CSS selector; None: no disclaimer is asked for."""
    after: str | None = None
    """A CSS selector for what they must stand behind."""
    approved: Mapping[str, str] = field(default_factory=dict)
    """The disclaimer by language tag, word for word."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the proof of a page gave."""

    path: str
    language: str = ""
    """What its root says."""
    findings: tuple[Finding, ...] = ()

    @property
    def fit(self) -> bool:
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def inspect_page(page: bytes, demands: Demands, *, path: str) -> Inspected:
    """Look whether a page shows what it must.

    Raises:
        SettingsError: A selector cannot be understood.
    """
    encoding = _encoding(page)
    if encoding is None:
        message = "the page is not UTF-8, and does not say what it is; declare its encoding"
        return Inspected(path, findings=(_finding(("audit-encoding", message), path),))
    try:
        root = parse(page, encoding=encoding)
    except (etree.LxmlError, ValueError, LookupError) as exc:
        message = f"the page cannot be read: {exc}"
        return Inspected(path, findings=(_finding(("audit-unreadable", message), path),))
    language = (root.get("lang") or "").strip()
    problems = dict.fromkeys(_problems(root, language, demands))
    return Inspected(path, language, tuple(_finding(problem, path) for problem in problems))


def _finding(problem: Problem, path: str) -> Finding:
    code, message = problem
    severity = Severity.WARNING if code.endswith("-duplicate") else Severity.ERROR
    return Finding(code, severity, message, path)


def _encoding(page: bytes) -> str | None:
    """Return what a page is written in; None where nobody can tell."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", page[:4096], re.IGNORECASE)
        return declared[1].decode("ascii", "replace") if declared else None
    return "utf-8"


def _problems(root: etree._Element, language: str, demands: Demands) -> Iterator[Problem]:
    links = linked(root, demands.source_link) if demands.source_link else []
    disclaimers = disclaimed(root, demands.disclaimer) if demands.disclaimer else []
    sight = Sight(root)
    if not language:
        yield "audit-language", "<html> does not say which language the page is in; give it lang"
    yield from _redirections(root)
    if demands.source_link:
        yield from _link_problems(root, sight, links, demands.source_link)
    if demands.disclaimer:
        yield from _disclaimer_problems(sight, disclaimers, language, demands)
    if demands.after:
        parts = [("disclaimer", each) for each in disclaimers]
        parts += [("source link", each) for each in links]
        yield from early_problems(root, parts, demands.after)


def _redirections(root: etree._Element) -> Iterator[Problem]:
    for meta in root.iter("meta"):
        leads = re.search(r"url\s*=\s*['\"]?([^'\"\s]+)", meta.get("content") or "", re.IGNORECASE)
        if leads and (meta.get("http-equiv") or "").strip().lower() == "refresh":
            message = f"the page leads readers away to {leads[1]!r} by itself"
            yield "audit-redirect", f"{message}; take the refresh out"


# --- the source link --------------------------------------------------------------------------


def _link_problems(
    root: etree._Element, sight: Sight, links: Sequence[etree._Element], css: str
) -> Iterator[Problem]:
    if not links:
        message = f"the page has no source link ({css})"
        yield "notice-source-link-missing", f"{message}; put one in, or correct the selector"
    base = next((str(node.get("href") or "") for node in root.iter("base")), "")
    for link in links:
        yield from _address_problems(link.get("href") or "", base)
        yield from hidden_problems("source link", sight, link)
        if not says_something(visible_text(link)) and next(link.iter("img", "svg"), None) is None:
            yield "notice-source-link-title", "the source link is empty; give it words"
    addresses = [link.get("href") for link in links]
    for address in dict.fromkeys(addresses):
        if addresses.count(address) > 1:
            message = f"the source link to {address!r} stands {addresses.count(address)} times"
            yield "notice-source-link-duplicate", f"{message}; leave one"


def _address_problems(written: str, base: str) -> Iterator[Problem]:
    """Say of an address that it is none, or another than it looks like."""
    address = re.sub(r"[\t\n\r]", "", written).strip()
    try:
        parts = urlsplit(urljoin(base, address))
        host = parts.hostname or ""
    except ValueError:
        yield "notice-source-link-address", f"the source link leads to {written!r}; correct it"
        return
    relative = not parts.scheme and bool(parts.path or parts.query)
    if not relative and (parts.scheme not in ("http", "https") or not host):
        yield "notice-source-link-address", f"the source link leads to {written!r}; correct it"
    if trick := _trick(written, parts.username, host):
        message = f"the source link is not what it looks like: {written!r} {trick}"
        yield "notice-source-link-deceptive", f"{message}; correct it"


def _trick(written: str, user: str | None, host: str) -> str | None:
    unseen = [each for each in written if unicodedata.category(each) in ("Cf", "Cc", "Cs", "Co")]
    if any(each not in "\t\n\r" for each in unseen):
        return "has characters that nobody sees"
    if user is not None:
        return f"names {user!r} before its host {host!r}"
    if any(_is_disguised(label) for label in host.split(".")):
        return "has letters of another script that look like Latin ones"
    return None


_LOOK_ALIKES = frozenset("аеорсухіјѕһӏԁԛԝԍѵьο᧐ανуοικрт")
"""Letters of Cyrillic, Greek and others that nobody can tell from Latin ones in an address."""


def _is_disguised(label: str) -> bool:
    """Say whether a part of a host's name poses as another one (UTS #39, Unicode Security)."""
    if label.startswith("xn--"):
        try:
            label = label.encode("ascii").decode("idna")
        except UnicodeError:
            return True
    letters = [each for each in label if each.isalpha()]
    scripts = {unicodedata.name(each, "").partition(" ")[0] for each in letters}
    mixed = "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
    return mixed or (bool(letters) and _LOOK_ALIKES.issuperset(letters))


# --- the disclaimer ---------------------------------------------------------------------------


def _disclaimer_problems(
    sight: Sight, disclaimers: Sequence[etree._Element], language: str, demands: Demands
) -> Iterator[Problem]:
    if not disclaimers:
        message = f"the page has no disclaimer ({demands.disclaimer}), or an empty one"
        yield "notice-disclaimer-missing", f"{message}; put one in, or correct the selector"
    for element in disclaimers:
        yield from hidden_problems("disclaimer", sight, element)
        yield from _wording_problems(visible_text(element), language, demands.approved)
        yield from _marking_problems(element, language)
    texts = [visible_text(element) for element in disclaimers]
    for text in dict.fromkeys(texts):
        if texts.count(text) > 1:
            message = f"the disclaimer {text!r} stands {texts.count(text)} times"
            yield "notice-disclaimer-duplicate", f"{message}; leave one"


def _wording_problems(text: str, language: str, approved: Mapping[str, str]) -> Iterator[Problem]:
    wanted = _for_language(approved, language)
    if wanted is None or text == collapsed(wanted):
        return
    others = (tag for tag, other in approved.items() if collapsed(other) == text)
    told = next((f", which is the text for {tag}" for tag in others), "")
    message = f"the disclaimer says {text!r}{told}, not {collapsed(wanted)!r}"
    yield "notice-disclaimer-changed", f"{message}; put the approved text in"


def _for_language(approved: Mapping[str, str], language: str) -> str | None:
    """Return the text for a language: its own, or that of the language without its region."""
    texts = {tag.lower(): text for tag, text in approved.items()}
    subtags = language.lower().split("-")
    tags = ("-".join(subtags[:end]) for end in range(len(subtags), 0, -1))
    return next((texts[tag] for tag in tags if tag in texts), None)


def _marking_problems(element: etree._Element, language: str) -> Iterator[Problem]:
    marked = {passage.language for passage in passages(element) if says_something(passage.text)}
    main = language.lower().partition("-")[0]
    if language and all(tag.lower().partition("-")[0] != main for tag in marked):
        found = " and ".join(sorted(marked)) or "none"
        message = f"the disclaimer's language is marked as {found} on a page in {language}"
        yield "notice-disclaimer-language", f"{message}; translate it"
