r"""What a run comes to, as Markdown for Prefect's pages.

Slugs, messages and reasons hold words of articles and catalogs. They are escaped, so that they
stay text:

    escaped("<b>5|6</b>")    \<b\>5\|6\<\/b\>
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from polypage.model import BuildOutcome, Coverage, Severity, Status
from polypage.project import SITE
from polypage.runs import report, standing
from polypage.runs.answers import bare, notable
from polypage.runs.outcomes import Checked, Run, Updated, is_error
from polypage.runs.tallies import Tally, tallies
from polypage.status.page import KIND_NAMES

MOST = 200
"""How many rows or items are shown: nobody reads thousands, and a browser hardly opens them."""
MOST_CHARACTERS = 300
_STANDING = (Status.PUBLISHED, Status.UNCHANGED)


def plan(checked: Sequence[Checked], *, workers: int) -> str:
    """Write how many of the pages that are worked on may be published, and which are held and why."""
    pages = [one for one in bare(checked) if one.slug != SITE]
    articles = {one.slug for one in pages}
    held = [one for one in pages if not one.publishable]
    return _document(
        f"Of what changed: {report.counted(len(pages) - len(held), 'page')}"
        f" of {report.counted(len(articles), 'article')}"
        f" to publish, or published already; {len(held):,} held back."
        f" {report.counted(workers, 'worker').capitalize()} at work.",
        _list(_item("", f"{one.slug} in {one.locale}", _why_not(one)) for one in held),
    )


def question(shown: Sequence[BuildOutcome]) -> str:
    """Write what a reviewer is asked to approve."""
    told = (_item("", page.path, f"{page.status}: {page.reason}") for page in shown)
    return _document(f"What would become of {report.counted(len(shown), 'page')}:", _list(told))


def coverage(checked: Sequence[Checked], built: Sequence[BuildOutcome] = ()) -> str:
    """Write a table of articles and locales: what is translated, and which pages stand by now."""
    new = {(page.slug, page.locale) for page in notable(built) if page.status is Status.PUBLISHED}
    cells: dict[str, dict[str, str]] = {}
    totals: dict[str, Coverage] = {}
    for one in bare(checked):
        now = replace(one, standing=True) if (one.slug, one.locale) in new else one
        cells.setdefault(one.slug, {})[one.locale] = _cell(now)
        own = Coverage() if one.slug == SITE else one.coverage
        totals[one.locale] = totals.get(one.locale, Coverage()) + own
    rows = [(slug, *(of.get(locale, "") for locale in totals)) for slug, of in cells.items()]
    last = ("all pages", *map(report.percent, totals.values()))
    table = _table(("article", *totals), rows, last=last)
    return _document(table, "● its page stands on the site, ○ an older page does, ▲ a recalled one")


def effort(checked: Sequence[Checked], updated: Sequence[Updated]) -> str:
    """Write what translators have to do, in words, and what the update of catalogs brought."""
    parts = (
        ("What is to be done, in words of the source:", _work(checked)),
        ("What this run brought, in texts:", _brought(updated)),
    )
    told = (_document(head, table) for head, table in parts if table)
    return _document(*told) or "Nothing is left to do."


def _work(checked: Sequence[Checked]) -> str:
    """Write a table of locales and kinds of work, without those that nothing is of."""
    words: Counter[tuple[str, str]] = Counter()
    known: dict[str, None] = {}
    for one in bare(checked):
        known.setdefault(one.locale)
        for todo in one.backlog.todo:
            words[one.locale, todo.kind] += todo.words
    busy = {locale for locale, _kind in words}
    locales = [locale for locale in known if locale in busy]
    kinds = [kind for kind in KIND_NAMES if any(words[locale, kind] for locale in locales)]
    rows = [(locale, *_row_of_work([words[locale, kind] for kind in kinds])) for locale in locales]
    return _table(("locale", *(KIND_NAMES[kind] for kind in kinds), "all"), rows)


def _row_of_work(words: Sequence[int]) -> Iterator[str]:
    yield from (f"{count:,}" if count else "" for count in (*words, sum(words)))


def _brought(updated: Sequence[Updated]) -> str:
    """Write a table of locales: what the update of their catalogs gives translators to do, if any."""
    sums: dict[str, tuple[int, int, int]] = {}
    for one in bare(updated):
        new, fuzzy, obsolete = sums.get(one.locale, (0, 0, 0))
        sums[one.locale] = (new + one.new, fuzzy + one.fuzzy, obsolete + one.obsolete)
    rows = [
        (locale, *(f"{count:,}" for count in counts))
        for locale, counts in sums.items()
        if any(counts)
    ]
    return _table(("locale", "new texts", "fuzzy, to be looked at", "gone from the page"), rows)


def findings(run: Run) -> str:
    """Write what came of checking each locale; what stopped work, then errors, then warnings."""
    told = [one for one in run.findings if one.severity is not Severity.INFO]
    graded = sorted(told, key=lambda one: not is_error(one))
    found = (
        _item(one.severity, report.place(one), f"{one.message} ({one.code})")
        for one in (*run.failures, *graded)
    )
    return _document(_checked(run), _list(found) or "Nothing was found.")


def _checked(run: Run) -> str:
    """Write a table of locales: how many translations were checked, and what was found, if anything."""
    told = [one for one in tallies(run) if one.entries or one.families]
    found = any(one.families for one in told)
    head = ("locale", "entries checked", "errors", "warnings", *(["about"] if found else []))
    return _table(head, [(*_counts(one), *([_about(one)] if found else [])) for one in told])


def _counts(tally: Tally) -> tuple[str, ...]:
    counts = (tally.entries, tally.errors, tally.warnings)
    return tally.locale, *(f"{count:,}" for count in counts)


def _about(tally: Tally) -> str:
    return ", ".join(f"{family} {count:,}" for family, count in tally.families.items())


def pages(built: Sequence[BuildOutcome], root: Path, *, base_url: str | None) -> str:
    """Write why pages are held, if any are, and where the others are, new ones first."""
    standing = [page for page in bare(built) if page.status in _STANDING]
    fresh = sorted(standing, key=lambda page: page.status is not Status.PUBLISHED)
    held = [page for page in notable(built) if page.status not in _STANDING]
    rows = [(page.path, page.status, _link(page, root, base_url)) for page in fresh]
    return _document(
        f"{report.counted(len(standing), 'page')} up to date, {len(held):,} held, recalled or failed.",
        _list(_item(page.status, page.path, page.reason) for page in held),
        _table(("page", "status", ""), rows),
    )


def summary(run: Run) -> str:
    """Write what the command line would say."""
    return "\n".join(f"    {line}" for line in report.summary(run, report.Page(width=100)))


# --- what stands in tables and lists ----------------------------------------------------------


class _Raw(str):
    """Markdown already; anything else is text."""

    __slots__ = ()


def _why_not(one: Checked) -> str:
    why = one.failure.message if one.failure else one.hold
    if not one.recall:
        return why
    told = "taken off the site" if one.withdrawn else "marked as out of date"
    return f"{why}; the page that stands is to be {told}: {one.recall}"


def _cell(one: Checked) -> str:
    if one.failure:
        return "broken"
    return f"{report.percent(one.coverage)} {standing.sign(one)}".rstrip()


def _link(page: BuildOutcome, root: Path, base_url: str | None) -> str:
    """Lead to a page's public address; to its file where it has none."""
    below = page.path.partition("/")[2]
    url = f"{base_url}/{quote(below)}" if base_url else (root / page.path).absolute().as_uri()
    # Prefect shows the words of a link with their backslashes, so they need none.
    return _Raw(f"[open](<{url}>)")


# --- Markdown ---------------------------------------------------------------------------------

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def escaped(text: str) -> str:
    """Write text, on one line and not too long, so that it means nothing in Markdown."""
    line = " ".join(text.split())
    cut = line if len(line) <= MOST_CHARACTERS else f"{line[:MOST_CHARACTERS]}…"
    # CommonMark §2.4: a backslash makes any ASCII punctuation mark stand for itself.
    return _PUNCTUATION.sub(r"\\\g<0>", cut)


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, last: Sequence[str] | None = None
) -> str:
    """Write a table; its cells should be short, since Prefect breaks no lines in them."""
    if not rows:
        return ""
    shown = [head, [_Raw("---")] * len(head), *rows[:MOST], *([last] if last else [])]
    return _document("\n".join(map(_row, shown)), _more(rows))


def _list(items: Iterable[str]) -> str:
    written = [f"- {item}" for item in items]
    return _document("\n".join(written[:MOST]), _more(written))


def _item(kind: str, where: str, what: str) -> str:
    lead = f"{escaped(kind)} " if kind else ""
    return f"{lead}**{escaped(where)}** {escaped(what)}"


def _more(things: Sequence[object]) -> str:
    left = len(things) - MOST
    return f"… and {left:,} more" if left > 0 else ""


def _row(cells: Iterable[str]) -> str:
    written = (cell if isinstance(cell, _Raw) else escaped(cell) for cell in cells)
    return f"| {' | '.join(written)} |"


def _document(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))
