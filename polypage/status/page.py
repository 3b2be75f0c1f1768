"""How far a project has come, as one HTML page that needs nothing else.

    write(Path("status.html"), run, figures(run), history(project, …))

It says nothing of when it was made: the day on it is that of the last commit that changed a
catalog, or else the last on which texts came. The same input gives the same bytes. Articles stand
in groups by folder, and large groups are parted, so that a browser draws those that are opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from sys import intern
from typing import NamedTuple, TypeAlias

from polypage.catalogs.backlog import KINDS
from polypage.errors import PublishError
from polypage.files import write_atomically
from polypage.model import Severity
from polypage.profiles import profile
from polypage.project import Project
from polypage.runs import standing
from polypage.runs.answers import bare
from polypage.runs.outcomes import Checked, Run
from polypage.runs.report import counted, percent, place
from polypage.status.charts import bar, curve, stack
from polypage.status.figures import Figures, LocaleFigures, figures
from polypage.status.history import History, history

MOST_HELD = 200
"""How many pages that are held are named."""
_GROUP = 250
"""How many articles are shown at once."""
_OPEN = 60
"""Up to how many articles all groups are open from the start."""

KIND_NAMES = {
    "new": "new",
    "text": "text edited",
    "number": "number changed",
    "negation": "negation changed",
    "markup": "markup changed",
    "typography": "typography changed",
    "review": "only to review",
    "wrong": "has an error",
}
_STEPS = (
    (0.0, "a", "0 %"),
    (0.5, "b", "below 50 %"),
    (0.9, "c", "below 90 %"),
    (1.0, "d", "below 100 %"),
)
_COMPLETE, _BROKEN = "e", "x"


def write_survey(path: Path, run: Run, project: Project) -> int:
    """Write the page of what a survey of a project found; return its size in bytes.

    Raises:
        PublishError: It cannot be written.
    """
    found = figures(run)
    past = history(project, found.articles, [each.locale for each in found.locales])
    return write(path, run, found, past)


def write(path: Path, run: Run, found: Figures, history: History) -> int:
    """Write the page; return its size in bytes.

    Raises:
        PublishError: It cannot be written.
    """
    data = to_html(run, found, history).encode("utf-8", "xmlcharrefreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise PublishError(path, f"cannot be written: {error.strerror}") from error
    return len(data)


def to_html(run: Run, found: Figures, history: History) -> str:
    """Write how far each locale has come as one page for browsers, which needs no other file."""
    style = (Path(__file__).parent / "page.css").read_text("utf-8")
    cells = {(each.slug, each.locale): _cell_of(each) for each in bare(run.checked)}
    body = (
        _intro(cells, found, history),
        _locales(found),
        _work(found),
        _curves(found, history),
        _articles(cells, found),
        _findings(found),
        _held(cells, found),
    )
    return (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Translation status</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{''.join(body)}</main>\n</body>\n</html>\n"
    )


class _Cell(NamedTuple):
    """An article in a locale, or the site's texts."""

    html: str
    words: int
    translated: int
    since: str
    stands: str
    """What stands on the site while the page is held."""
    why: str
    """Why it is held; empty if it is not."""


_Cells: TypeAlias = Mapping[tuple[str, str], _Cell]
"""By article and locale."""


def _cell_of(checked: Checked) -> _Cell:
    coverage, why = checked.coverage, standing.why(checked)
    # Many have the same texts, of which one is kept.
    html, since, why = map(intern, (_html_of(checked), checked.backlog.since, why))
    stands = intern(standing.stands(checked)) if why else ""
    return _Cell(html, coverage.words, coverage.translated_words, since, stands, why)


def _html_of(checked: Checked) -> str:
    if checked.failure:
        return f"<td class={_BROKEN}>failed</td>"
    sign = standing.sign(checked)
    ratio = checked.coverage.ratio
    return f"<td class={_step(ratio)}>{percent(checked.coverage)}{sign and f' {sign}'}</td>"


def _step(ratio: float) -> str:
    return next((name for below, name, _ in _STEPS if ratio < below or ratio <= 0), _COMPLETE)


def _intro(cells: _Cells, found: Figures, history: History) -> str:
    days = (cell.since for cell in cells.values())
    day = history.points[-1].day if history.points else max(days, default="")
    published = sum(each.published for each in found.locales)
    pages = sum(each.pages for each in found.locales)
    held = sum(each.held for each in found.locales)
    recalled = sum(each.recalled for each in found.locales)
    left = sum(todo.words for each in found.locales for todo in each.todo)
    as_of = f'<p class="faint">As of <time datetime="{day}">{day}</time></p>\n' if day else ""
    return (
        f"<h1>Translation status</h1>\n{as_of}<p>{counted(len(found.articles), 'article')} in"
        f" {counted(len(found.locales), 'locale')}: {published:,} of {counted(pages, 'page')} published,"
        f" {held:,} held, {recalled:,} recalled, {counted(left, 'word')} left to translate or look at.</p>\n"
    )


# --- locales ----------------------------------------------------------------------------------


def _locales(found: Figures) -> str:
    head = ("Locale", "Done", "Words", "New", "Fuzzy", "Wrong", "Published", "Ready")
    rows = [(_name(each), *_progress(each)) for each in found.locales]
    return _section(
        "Locales",
        "Words are those of the source; a text that stands on all pages counts once."
        " A page is stale where an older one stands and the new one is held;"
        " it is recalled where that one must not stay as it is."
        " Oldest is the day on which texts last came to the unfinished catalog that waits longest.",
        _table(
            "How far each locale has come",
            (*head, "Held", "Stale", "Recalled", "Failed", "Oldest"),
            rows,
        ),
    )


def _progress(each: LocaleFigures) -> Iterator[str]:
    yield f'{bar(each.ratio)}<span class="share-told">{int(each.ratio * 100)} %</span>'
    words = (each.words, each.of("new").words, each.fuzzy_words, each.of("wrong").words)
    pages = (each.published, each.ready, each.held, each.stale, each.recalled, each.failed)
    yield from (f"{count:,}" for count in (*words, *pages))
    yield each.oldest.since if each.oldest else ""


def _work(found: Figures) -> str:
    kinds = [kind for kind in KINDS if any(each.of(kind).words for each in found.locales)]
    if not kinds:
        return _section("Words to translate", "There is nothing to do.", "")
    most = max(sum(todo.words for todo in each.todo) for each in found.locales)
    rows = [
        (
            _name(each),
            stack([(todo.kind, todo.words) for todo in each.todo], most),
            *(f"{each.of(kind).words:,}" for kind in kinds),
            f"{sum(todo.words for todo in each.todo):,}",
        )
        for each in found.locales
    ]
    keys = [f"{_key(kind)}{KIND_NAMES[kind].capitalize()}" for kind in kinds]
    told = "What is new has no translation; the rest has one to be compared, reviewed or mended."
    table = _table("Words by kind of work", ("Locale", "", *keys, "All"), rows)
    return _section("Words to translate", told, table)


def _key(kind: str) -> str:
    return (
        '<svg class="key" viewBox="0 0 1 1" aria-hidden="true">'
        f'<rect class="kind-{kind}" width="1" height="1"/></svg>'
    )


def _name(each: LocaleFigures) -> str:
    own = profile(each.locale)
    return f'{escape(each.locale)} <bdi lang="{own.tag}" dir="{own.direction}">{escape(each.name)}</bdi>'


# --- over time --------------------------------------------------------------------------------


def _curves(found: Figures, history: History) -> str:
    if len(history.points) < 2:  # noqa: PLR2004 - one point is no line
        return ""
    drawn = "".join(_figure(each, history) for each in found.locales)
    rows = [
        (point.day, *(_share(point.ratios, each.locale) for each in found.locales))
        for point in history.points
    ]
    head = ("Day", *(escape(each.locale) for each in found.locales))
    table = _table("Share of words translated, by commit", head, rows)
    part = ""
    if history.articles < len(found.articles):
        part = f" Measured on {history.articles:,} of {counted(len(found.articles), 'article')}."
    days = f"{history.points[0].day} to {history.points[-1].day}"
    told = "The share of words with a finished translation in the catalogs that git has, from"
    return _section(
        "Over time",
        f"{told} {days}.{part}",
        f'<div class="curves">\n{drawn}</div>\n<details><summary>The same as a table</summary>\n'
        f"{table}</details>\n",
    )


def _figure(each: LocaleFigures, history: History) -> str:
    known = [point for point in history.points if each.locale in point.ratios]
    if not known:
        return ""
    first, last = known[0], known[-1]
    before, after = (_share(point.ratios, each.locale) for point in (first, last))
    told = f"{each.locale}: {before} on {first.day}, {after} on {last.day}"
    drawn = curve([point.ratios[each.locale] for point in known], told)
    return f"<figure>{drawn}<figcaption>{_name(each)}<br><small>{before} → {after}</small></figcaption></figure>\n"


def _share(ratios: Mapping[str, float], locale: str) -> str:
    return f"{int(ratios[locale] * 100)} %" if locale in ratios else ""


# --- articles ---------------------------------------------------------------------------------


def _articles(cells: _Cells, found: Figures) -> str:
    locales = [each.locale for each in found.locales]
    is_open = " open" if len(found.articles) <= _OPEN else ""
    groups = "".join(
        f"<details{is_open}><summary>{escape(name)}, {counted(len(slugs), 'article')}:"
        f" {_average(cells, slugs, locales)} translated</summary>\n"
        f"{_heat(name, slugs, locales, cells)}</details>\n"
        for name, slugs in _groups(found.articles)
    )
    told = (
        "How much of each page is translated, as readers would get it."
        " ● is published, ○ is an older page that stands while the new one is held,"
        " ▲ is one that is recalled: what matters has changed."
    )
    return _section("Articles", told, f"{_legend()}{groups}")


def _groups(articles: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield articles by folder, so many at once."""
    for folder, group in groupby(sorted(articles, key=_folder_first), key=_folder):
        slugs = tuple(group)
        for start in range(0, len(slugs), _GROUP):
            part = slugs[start : start + _GROUP]
            name = f"{folder}/" if folder else "no folder"
            number = f" {start + 1} to {start + len(part)}" if len(slugs) > _GROUP else ""
            yield f"{name}{number}", part


def _folder(slug: str) -> str:
    return slug.rpartition("/")[0]


def _folder_first(slug: str) -> tuple[str, str]:
    return _folder(slug), slug


def _average(cells: _Cells, slugs: Iterable[str], locales: Sequence[str]) -> str:
    """Say how much of some articles is translated, in words of their pages."""
    found = [cells[slug, locale] for slug in slugs for locale in locales]
    words = sum(cell.words for cell in found)
    translated = sum(cell.translated for cell in found)
    return f"{int(translated / words * 100) if words else 100} %"


def _heat(
    name: str,
    slugs: Sequence[str],
    locales: Sequence[str],
    cells: _Cells,
) -> str:
    head = "".join(f"<th scope=col>{escape(locale)}</th>" for locale in locales)
    rows = "".join(
        f"<tr><th scope=row>{escape(slug)}</th>"
        f"{''.join(cells[slug, locale].html for locale in locales)}</tr>\n"
        for slug in slugs
    )
    return _scroll(
        name,
        f'<table class="heat"><thead><tr><th scope=col class="start">Article</th>{head}</tr></thead>'
        f"\n<tbody>\n{rows}</tbody></table>",
    )


def _legend() -> str:
    steps = (*((name, told) for _, name, told in _STEPS), (_COMPLETE, "100 %"))
    shown = "".join(f'<li class="shade {name}">{told}</li>' for name, told in steps)
    failed = f'<li class="{_BROKEN}">failed: cannot be read</li>'
    return f'<ul class="legend">{shown}{failed}</ul>\n'


# --- findings and held pages ------------------------------------------------------------------


def _findings(found: Figures) -> str:
    if not found.frequent:
        return _section("Found most often", "Nothing was found.", "")
    rows = [
        (
            f"<code>{escape(each.code)}</code>",
            escape("error" if each.severity is Severity.ERROR else "warning"),
            f"{each.count:,}",
            f"{escape(place(each.example))}: {escape(each.example.message)}",
        )
        for each in found.frequent
    ]
    head = ("Finding", "Severity", "Times", "The first")
    told = "<code>polypage check</code> shows all of them."
    return _section("Found most often", told, _table("Kinds of findings", head, rows, wrapped=3))


def _held(cells: _Cells, found: Figures) -> str:
    wanted, slugs = {each.locale for each in found.locales}, set(found.articles)
    every = [
        (slug, locale, cell.stands, cell.why)
        for (slug, locale), cell in cells.items()
        if cell.why and locale in wanted and slug in slugs
    ]
    if not every:
        return _section("Held pages", "No page is held.", "")
    rows = [tuple(map(escape, each)) for each in every[:MOST_HELD]]
    more = len(every) - len(rows)
    told = f"{counted(len(every), 'page')} cannot be published as they are."
    if more:
        told += (
            f" The first {len(rows)}; <code>polypage status --format json</code> names them all."
        )
    head = ("Article", "Locale", "On the site", "Why")
    return _section("Held pages", told, _table("Held pages", head, rows, wrapped=3))


# --- HTML -------------------------------------------------------------------------------------


def _section(title: str, told: str, content: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n<p>{told}</p>\n{content}</section>\n"


def _table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    wrapped: int | None = None,
) -> str:
    """Write a table of HTML, whose first column names the rows; texts of one may be long."""
    start, wrap = ' class="start"', ' class="start wrap"'
    marks = ["" if wrapped is None else start for _ in head]
    marks[0] = start
    if wrapped is not None:
        marks[wrapped] = wrap
    heads = "".join(
        f'<th scope="col"{mark}>{title}</th>' if title else "<td></td>"
        for title, mark in zip(head, marks, strict=True)
    )
    lines = "".join(
        f'<tr><th scope="row">{first}</th>'
        f"{''.join(f'<td{mark}>{cell}</td>' for mark, cell in zip(marks[1:], rest, strict=True))}</tr>\n"
        for first, *rest in rows
    )
    return _scroll(
        caption,
        f"<table><caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{lines}</tbody></table>",
    )


def _scroll(name: str, table: str) -> str:
    """Have a table that is too wide scroll by itself, by keyboard too."""
    label = escape(name, quote=True)
    return f'<div class="scroll" role="region" aria-label="{label}" tabindex="0">{table}</div>\n'
