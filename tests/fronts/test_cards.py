"""What pages say of themselves, read by a crew where there are many of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from polypage.project import Project, load
from polypage.runs.registry import Listing, Registry, register
from polypage.runs.stages.batch import opened
from polypage.runs.stages.cards import card_batch, cards, pages_standing
from polypage.runs.stages.finishing import finish
from polypage.runs.stamps import mark_of
from tests.conftest import MakeProject
from tests.pipeline.projects import SETTINGS

T = TypeVar("T")


@dataclass(frozen=True)
class Crew:
    """Does what it is asked for at once, and remembers what it was asked for."""

    root: Path
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def over(
        self, stage: str, work: Callable[..., tuple[T, ...]], slugs: Sequence[str], *more: object
    ) -> Sequence[T]:
        self.asked.append((stage, tuple(slugs)))
        return work(self.root, slugs, *more)


def site_of(make_project: MakeProject, articles: int) -> tuple[Project, Registry]:
    """Make a site of pages that nobody has read, in English and Arabic."""
    slugs = [f"page-{n:03}" for n in range(articles)]
    project = make_project({"polypage.toml": SETTINGS, "source_articles/any.html": ""})
    for tag in ("en", "ar"):
        folder = project.site_dir / tag
        folder.mkdir(parents=True)
        for slug in slugs:
            title = f"<!doctype html><title>{tag} {slug}</title>"
            (folder / f"{slug}.html").write_text(title, encoding="utf-8")
    listings = {slug: Listing(f"{slug}.html", frozenset({"en", "ar"})) for slug in slugs}
    return project, register(listings, source_tag="en", base_url="https://h.example")


def lists(project: Project) -> dict[str, bytes]:
    found = (*project.site_dir.glob("*/index.html"), *project.site_dir.glob("*/feed.xml"))
    return {path.relative_to(project.site_dir).as_posix(): path.read_bytes() for path in found}


def test_a_crew_reads_many_pages_and_the_lists_are_the_same(
    make_project: MakeProject,
) -> None:
    project, registry = site_of(make_project, 251)
    crew = Crew(project.root)

    finish(project.root, registry, over=crew.over)

    assert crew.asked == [("list", ("en", "ar"))]
    made = lists(project)
    (project.state_dir / "state.sqlite3").unlink()
    for path in made:
        (project.site_dir / path).unlink()
    finish(load(project.root).root, registry)
    assert made == lists(project)
    assert b"ar page-250" in made["ar/index.html"]


def test_a_few_pages_need_no_crew(make_project: MakeProject) -> None:
    project, registry = site_of(make_project, 3)
    crew = Crew(project.root)

    finish(project.root, registry, over=crew.over)

    assert b"en page-002" in lists(project)["en/index.html"]
    assert not crew.asked


def test_pages_that_are_known_need_no_crew(make_project: MakeProject) -> None:
    project, registry = site_of(make_project, 251)
    finish(project.root, registry)
    (project.site_dir / "ar/index.html").unlink()
    crew = Crew(project.root)

    def seen(tag: str, slug: str) -> bytes:
        return mark_of((project.site_dir / tag / f"{slug}.html").stat())

    finish(project.root, registry, seen=seen, over=crew.over)

    assert b"ar page-250" in lists(project)["ar/index.html"]
    assert not crew.asked


def test_what_was_read_of_a_page_is_kept(make_project: MakeProject) -> None:
    project, registry = site_of(make_project, 2)
    slugs = [*registry.listings]

    assert card_batch(project.root, ["ar"], slugs, registry) == ("ar",)

    with opened(project.root) as batch:
        pages = pages_standing(batch, registry, slugs, "ar")
        (project.site_dir / "ar/page-001.html").unlink()
        titles = [card.title for card in cards(batch, "ar", pages).values()]
    assert titles == ["ar page-000", "ar page-001"]
