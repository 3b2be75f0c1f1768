"""The accounts of a project: what becomes of every text of its source pages.

    accounts = survey(Path("clinic"))
    accounts.exit_status                0: nothing is missed
    lines(accounts, Page())             a table of articles, the rules, what is missed

What the figures mean, and why they can be trusted, is told in `polypage.proving.account`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from polypage.model import Finding
from polypage.project import load
from polypage.proving.account import Account, Fate, Text
from polypage.runs import records
from polypage.runs.report import VERSION, Page, message_of, place
from polypage.runs.scope import scope_of
from polypage.runs.stages.accounting import Accounted, account_batch
from polypage.runs.stages.extracting import misnamed

_BATCH = 25
"""How many articles are done between two words of progress."""
_LENGTH = 200
"""How much of a text is told."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """What became of the texts of all articles that were asked for."""

    articles: tuple[Accounted, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for article in self.articles for finding in article.findings)

    @property
    def failures(self) -> tuple[Finding, ...]:
        return tuple(article.failure for article in self.articles if article.failure)

    @property
    def whole(self) -> Account:
        """The accounts as one."""
        return Account(tuple(text for article in self.articles for text in article.account.texts))

    @property
    def exit_status(self) -> int:
        """0 when nothing is missed, 2 when no page could be read, 1 otherwise."""
        if self.failures and len(self.failures) == len(self.articles):
            return 2
        return 1 if self.findings or self.failures else 0


class Progress(Protocol):
    """Hears how many articles are done and how many there are."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def survey(
    root: Path, *, slugs: Sequence[str] = (), on_progress: Progress | None = None
) -> Accounts:
    """Account for the texts of articles, of all if none is named; nothing is written.

    Raises:
        PolypageError: The settings make no sense, or an article is not the project's.
    """
    scope = scope_of(load(root), slugs, ())
    refused = misnamed(root) if scope.whole else ()
    articles = [Accounted(each.slug, each.source, failure=each.failure) for each in refused]
    for start in range(0, len(scope.slugs), _BATCH):
        articles += account_batch(root, scope.slugs[start : start + _BATCH])
        if on_progress:
            on_progress("account", min(start + _BATCH, len(scope.slugs)), len(scope.slugs))
    return Accounts(tuple(articles))


# --- as text ----------------------------------------------------------------------------------


def lines(accounts: Accounts, page: Page) -> Iterator[str]:
    """Yield what was missed, a table of the articles, and the rules that left texts out."""
    yield from _told(page, "Could not be read", accounts.failures)
    yield from _told(page, "Missed", accounts.findings)
    names = max(map(len, ("article", *(article.slug for article in accounts.articles))))
    yield page.paint(f"{'article':<{names}}  texts{_HEAD}", "faint")
    for article in accounts.articles:
        yield page.paint(f"{article.slug:<{names}}", "strong") + _row(article, page)
    yield ""
    whole = accounts.whole
    for fate in (Fate.PROTECTED, Fate.IGNORED):
        yield page.paint(f"{fate:<10} ", "faint") + (_by_rule(whole, fate) or "none")
    style = "error" if whole.missed else "good"
    yield page.paint("accounted  ", "faint") + page.paint(_percent(whole), style)  # type: ignore[arg-type]


_HEAD = "".join(f"  {fate:>9}" for fate in Fate)


def _told(page: Page, title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield page.paint(title, "error")
    for finding in findings[: page.most]:
        where = page.paint(place(finding), "strong")
        yield f"  {where}: {message_of(finding)}"
    if len(findings) > page.most:
        more = f"  … and {len(findings) - page.most} more; --format json names them all"
        yield page.paint(more, "faint")
    yield ""


def _row(article: Accounted, page: Page) -> str:
    if article.failure:
        return page.paint("  broken", "error")
    counts = article.account.counts
    cells = "".join(f"  {counts[fate]:>9}" for fate in Fate)
    style = "error" if counts[Fate.MISSED] else "good"
    share = page.paint(f"  {_percent(article.account):>5}", style)  # type: ignore[arg-type]
    return f"  {len(article.account.texts):>5}{cells}{share}"


def _percent(account: Account) -> str:
    """Write how much is accounted for; only all of it is 100 %."""
    return f"{int(account.coverage * 100)} %"


def _by_rule(account: Account, fate: Fate) -> str:
    return ", ".join(f"{rule} {count}" for rule, count in _rules(account, fate).items())


def _rules(account: Account, fate: Fate) -> dict[str, int]:
    """Return how many texts each rule leaves out, the busiest first."""
    found = Counter({rule: count for (of, rule), count in account.rules.items() if of is fate})
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


# --- JSON -------------------------------------------------------------------------------------


def to_json(accounts: Accounts) -> str:
    """Write the accounts as JSON."""
    report = {
        "version": VERSION,
        "command": "audit",
        "good": accounts.exit_status == 0,
        "accounts": [_plain(article) for article in accounts.articles],
        "findings": [records.plain(finding) for finding in accounts.findings],
        "failures": [records.plain(failure) for failure in accounts.failures],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _plain(article: Accounted) -> dict[str, Any]:
    account = article.account
    return {
        "slug": article.slug,
        "path": article.path,
        "texts": len(account.texts),
        **{fate.value: account.counts[fate] for fate in Fate},
        "coverage": round(account.coverage, 4),
        "rules": {fate.value: _rules(account, fate) for fate in (Fate.PROTECTED, Fate.IGNORED)},
        "left": [_left(text) for text in account.texts if text.fate is not Fate.SEGMENT],
        "failure": records.plain(article.failure) if article.failure else None,
    }


def _left(text: Text) -> dict[str, Any]:
    """Tell of a text that is no segment."""
    value = text.value if len(text.value) <= _LENGTH else f"{text.value[: _LENGTH - 1]}…"
    return {
        "fate": text.fate.value,
        "rule": text.rule,
        "place": text.place,
        "line": text.line,
        "text": value,
    }
