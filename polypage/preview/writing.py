"""The preview's own pages, as HTML: the article, the list of its entries, one entry, the contents.

Templates lie beside this module; what is put into them is escaped, all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from polypage.catalogs.changes import plain_text
from polypage.catalogs.tags import FORMATTING
from polypage.preview.contents import Progress
from polypage.preview.details import Details, Piece, pieces
from polypage.preview.sheet import Sheet, State
from polypage.profiles import Profile
from polypage.runs import standing
from polypage.runs.outcomes import Checked


class Sign(NamedTuple):
    """How a state is shown beside its colour."""

    mark: str
    meaning: str


SIGNS: Mapping[State, Sign] = {
    State.UNTRANSLATED: Sign("○", "readers see the source text"),
    State.FALLBACK: Sign("✕", "an error keeps the translation off the page"),
    State.FUZZY: Sign("≈", "somebody must look at it"),
    State.TRANSLATED: Sign("✓", "on the page"),
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of a preview are found from a page of it."""

    style: str
    script: str
    contents: str
    locale: str
    """The contents of one locale."""
    source: str = ""
    target: str = ""
    """The frames."""
    entries: str = ""
    standing: str = ""
    """What becomes of the page."""
    entry: str = ""
    """What comes before an entry's name; empty where all details are in the page."""
    events: str = ""
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page of a preview has around it."""

    at: Addresses
    profile: Profile
    source: Profile
    token: str = ""
    editors: tuple[str, ...] = ()


class Listing(NamedTuple):
    """A locale in the contents."""

    profile: Profile
    href: str
    articles: Sequence[tuple[str, Progress]]
    """Each with the address of its page."""


def article_page(
    sheet: Sheet,
    setting: Setting,
    details: Sequence[Details] = (),
    page: Checked | None = None,
    *,
    is_settled: bool = False,
) -> str:
    """Write the page of an article, with all details, and what becomes of it, if they are given.

    It `is_settled` if nothing of it has changed since the last run.
    """
    around = _around(setting)
    return _written(
        "article.html", sheet=sheet, details=details, page=page, is_settled=is_settled, **around
    )


def standing_part(page: Checked, *, is_settled: bool) -> str:
    """Write what becomes of an article's page, which takes the place of what was said before."""
    return _written("standing.html", page=page, is_settled=is_settled)


def entries_part(sheet: Sheet, setting: Setting) -> str:
    """Write the list of entries, which takes the place of an older one."""
    return _written("entries.html", sheet=sheet, **_around(setting))


def entry_part(entry: Details, setting: Setting) -> str:
    """Write what is told of one entry."""
    return _written("entry.html", entry=entry, **_around(setting))


def contents_page(listings: Sequence[Listing], at: Addresses, title: str) -> str:
    """Write the contents of a project, or of one locale."""
    return _written("contents.html", listings=listings, at=at, title=title, signs=SIGNS)


def problem_page(problem: str, at: Addresses) -> str:
    """Write a page that says what is wrong."""
    return _written("problem.html", problem=problem, at=at)


def _around(setting: Setting) -> dict[str, object]:
    return {
        "at": setting.at,
        "profile": setting.profile,
        "source": setting.source,
        "token": setting.token,
        "editors": setting.editors,
        "signs": SIGNS,
    }


def _written(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain_text, "pieces": _pieces}
    environment.filters |= {each.__name__: each for each in (standing.state, standing.sign)}
    environment.filters |= {each.__name__: each for each in (standing.why, standing.stands)}
    return environment


def _pieces(written: str) -> Iterator[Piece]:
    """Part a text for a list: what is merely bold is read as well without a chip on either side."""
    for piece in pieces(written, {}):
        if piece.kind == "text" or piece.text not in FORMATTING:
            yield piece
