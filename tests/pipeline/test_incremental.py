"""A run after any change makes what a run makes that knows nothing of earlier ones."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from polypage.project import load
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import run
from polypage.runs.report import summary
from polypage.runs.rows import Rows
from polypage.runs.settled import Settled
from tests.pipeline.projects import FILES, shouted, translate, tree

VI = "locales/vi/LC_MESSAGES"
TEXTS = {
    "polypage.toml": ('locales = ["vi", "ar"]', 'locales = ["vi", "ar"]\n# the same again'),
    "source_articles/rolling.html": ("A needle", "A noodle"),
    "source_articles/peeling.html": ("5 minutes", "6 minutes"),
    f"{VI}/rolling.po": ("A needle !", "A needle ?"),
    f"{VI}/site.po": ("All rights reserved !", "All rights reserved ?"),
    f"{VI}/peeling.po": ("Peeling !", ""),
    "locales/templates/rolling.pot": ("paragraph", "paragraqh"),
    "site/vi/rolling.html": ("A needle", "A noodle"),
    "site/ar/peeling.html": ("lang", "long"),
}
"""Files, and what is written in them in the place of what."""
OTHERS = {
    "source_articles/new.html": FILES["source_articles/peeling.html"],
    "source_articles/img/other.svg": b"<svg/>",
    f"{VI}/former.po": b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
    "locales/vi/glossary.csv": b"source,target\nneedle,kim\n",
}
"""Files that come and go."""
MADE = ("site/sitemap.xml", "site/vi/index.html", "site/vi/feed.xml", "site/en/index.html")
"""Files that are made of many pages."""


@dataclass
class Clinic:
    """A project, and what its files have been."""

    root: Path
    past: dict[str, list[tuple[bytes, int]]] = field(default_factory=dict)

    def write(self, name: str, data: bytes, *, time: int | None = None) -> None:
        path = self.root / name
        if path.is_file():
            was = path.read_bytes(), path.stat().st_mtime_ns
            self.past.setdefault(name, []).append(was)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if time is not None:
            os.utime(path, ns=(time, time))


def _edit(clinic: Clinic, name: str, *, hidden: bool) -> None:
    """Write something else, of the same length often; hidden: with the time of the file before."""
    path = clinic.root / name
    if path.is_file():
        old, new = map(str.encode, TEXTS[name])
        data = path.read_bytes()
        changed = data.replace(old, new, 1) if old in data else data.replace(new or b"\0", old, 1)
        clinic.write(name, changed, time=path.stat().st_mtime_ns if hidden else None)


def _come_or_go(clinic: Clinic, name: str) -> None:
    path = clinic.root / name
    if path.is_file():
        path.unlink()
    else:
        content = OTHERS[name]
        clinic.write(name, content.encode() if isinstance(content, str) else content)


def _delete(clinic: Clinic, name: str) -> None:
    if not name.endswith((".toml", "rolling.html")):
        (clinic.root / name).unlink(missing_ok=True)


def _spoil(clinic: Clinic, name: str, data: bytes | None) -> None:
    """Write something else over a file that was made, or take it away."""
    if data is None:
        (clinic.root / name).unlink(missing_ok=True)
    else:
        clinic.write(name, data)


def _take_away(clinic: Clinic, folder: str) -> None:
    shutil.rmtree(clinic.root / folder, ignore_errors=True)


def _call_otherwise(clinic: Clinic) -> None:
    """Make an article another one by giving its page another name."""
    for one, other in (("peeling", "scaling"), ("scaling", "peeling")):
        path = clinic.root / f"source_articles/{one}.html"
        if path.is_file():
            path.rename(path.with_stem(other))
            return


def _restore(clinic: Clinic, name: str) -> None:
    """Put back what a file was, with its time, as a backup does."""
    if clinic.past.get(name):
        data, time = clinic.past[name].pop()
        clinic.write(name, data, time=time)


def _touch(clinic: Clinic, name: str, *, time: int) -> None:
    if (clinic.root / name).is_file():
        os.utime(clinic.root / name, ns=(time, time))


def _copy(clinic: Clinic) -> None:
    """Go on in a copy."""
    other = clinic.root.with_name(f"{clinic.root.name}-copy")
    shutil.copytree(clinic.root, other)
    clinic.root = other


def _rename(clinic: Clinic, name: str) -> None:
    """Give a page the other ending, and leave its bytes as they are."""
    path = clinic.root / name
    for one, other in ((path, path.with_suffix(".htm")), (path.with_suffix(".htm"), path)):
        if one.is_file() and not other.exists():
            one.rename(other)
            return


def _forget(clinic: Clinic, name: str) -> None:
    (clinic.root / ".polypage" / name).unlink(missing_ok=True)


names = st.sampled_from(sorted(TEXTS))
steps = st.one_of(
    st.builds(lambda name, hidden: lambda c: _edit(c, name, hidden=hidden), names, st.booleans()),
    st.builds(lambda name: lambda c: _come_or_go(c, name), st.sampled_from(sorted(OTHERS))),
    st.builds(lambda name: lambda c: _delete(c, name), names),
    st.builds(lambda name: lambda c: _restore(c, name), names),
    st.builds(
        lambda name, time: lambda c: _touch(c, name, time=time),
        names,
        st.sampled_from([10**9, 4 * 10**18]),
    ),
    st.just(_copy),
    st.just(_call_otherwise),
    st.builds(
        lambda name, data: lambda c: _spoil(c, name, data),
        st.sampled_from(MADE),
        st.sampled_from([b"", b"<p>by hand</p>", None]),
    ),
    st.builds(
        lambda folder: lambda c: _take_away(c, folder),
        st.sampled_from(["site", "site/vi", "locales/templates", "locales/ar"]),
    ),
    st.just(lambda c: _rename(c, "source_articles/peeling.html")),
    st.builds(
        lambda name: lambda c: _forget(c, name),
        st.sampled_from(["ledger.sqlite3", "state.sqlite3"]),
    ),
)


# What fails is short as it is, and each step takes two runs.
@settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.lists(steps, min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_run_makes_what_one_makes_that_remembers_nothing(
    changes: list[list[Callable[[Clinic], None]]],
) -> None:
    with _clinic() as clinic:
        for some in changes:
            for change in some:
                change(clinic)
            with _forgetful_copy(clinic.root) as other:
                expected = _told(run(other))

                done = _told(run(clinic.root))

                assert tree(clinic.root) == tree(other)
                assert done == expected


def test_a_page_that_has_another_name_now_is_told_of_by_it() -> None:
    with _clinic() as clinic:
        _rename(clinic, "source_articles/peeling.html")

        run(clinic.root)

        template = (clinic.root / "locales/templates/site.pot").read_text()
        assert "source_articles/peeling.htm source_articles/rolling.html" in template


def test_what_the_memory_gave_a_catalog_is_checked_in_the_same_run() -> None:
    with _clinic() as clinic:
        for slug in ("quiet", "restful"):
            article = QUIET.replace("Quiet</h1>", f"{slug}</h1><p>Rest for ten days.</p>")
            clinic.write(f"source_articles/{slug}.html", article.encode())
        run(clinic.root)
        run(clinic.root)
        translate(load(clinic.root), "quiet", "vi")
        with _forgetful_copy(clinic.root) as other:
            expected = _told(run(other))

            done = _told(run(clinic.root))

        assert any(one.slug == "restful" and one.written for one in done.updated)
        assert done.checked == expected.checked
        assert done.built == expected.built


@contextmanager
def _clinic() -> Iterator[Clinic]:
    """Make a project that has been run, with most of it translated."""
    with tempfile.TemporaryDirectory() as folder:
        clinic = Clinic(Path(folder) / "clinic")
        for name, content in FILES.items():
            clinic.write(name, content.encode() if isinstance(content, str) else content)
        run(clinic.root)
        for slug in ("rolling", "peeling", "site"):
            translate(load(clinic.root), slug, "vi")
        run(clinic.root)
        yield clinic


@contextmanager
def _forgetful_copy(root: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "clinic"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".polypage"))
        yield copy


def _told(done: Run) -> Run:
    """Return a run as it is reported: what articles share is for the site's template alone."""
    lean = (replace(one, facts=replace(one.facts, site_entries=())) for one in done.extracted)
    return replace(done, extracted=tuple(lean))


# --- what is not done -------------------------------------------------------------------------

QUIET = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Quiet</title></head>
<body><h1>Quiet</h1><p class="disclaimer">For information only.</p>
<p class="source-link">Source: <a href="https://clinic.example/quiet">Quiet</a></p></body></html>
"""


def test_a_run_for_nothing_asks_of_no_article_what_comes_of_it() -> None:
    with _clinic() as clinic:
        assert _asked(clinic.root) == SITE_ALONE


@pytest.mark.parametrize("before", [0, 2], ids=["as written", "as seen since"])
def test_what_is_made_of_many_pages_is_put_right_where_no_page_changed(before: int) -> None:
    with _clinic() as clinic:
        for _ in range(before):
            run(clinic.root)
        expected = tree(clinic.root)
        _spoil(clinic, "site/sitemap.xml", b"<p>by hand</p>")
        _spoil(clinic, "site/vi/index.html", b"")
        _spoil(clinic, "site/en/index.html", None)
        assert tree(clinic.root) != expected

        assert _asked(clinic.root) == SITE_ALONE
        assert tree(clinic.root) == expected


def test_what_a_run_for_nothing_tells_takes_no_unpacking() -> None:
    with _clinic() as clinic:
        first = run(clinic.root)
        _break_outcomes(clinic.root)

        done = run(clinic.root)

        assert done.settled
        assert list(summary(done)) == list(summary(first))


def _break_outcomes(root: Path) -> None:
    """Have the ledger hold nothing readable of most stages."""
    rows = Rows(root / ".polypage/ledger.sqlite3")
    broken = [_broken(row) for row in rows.all()]
    common = rows.common()
    assert common is not None
    rows.put(broken, common, without=())


def _broken(row: Settled) -> Settled:
    stages = (row.updated, row.checked, row.audited)
    updated, checked, audited = (stage._replace(outcomes=b"0") for stage in stages)
    return row._replace(updated=updated, checked=checked, audited=audited)


def test_one_changed_catalog_is_worked_on_alone() -> None:
    with _clinic() as clinic:
        _edit(clinic, f"{VI}/rolling.po", hidden=True)

        assert _asked(clinic.root) == {
            "extract": 1,
            "update": 2,
            "check": 2,
            "build": 1,
            "audit": 1,
            "settle": 1,
        }
        assert _asked(clinic.root) == SITE_ALONE


def test_a_page_that_comes_to_stand_concerns_those_that_link_to_it() -> None:
    with _clinic() as clinic:
        (clinic.root / f"{VI}/peeling.po").unlink()
        (clinic.root / "site/vi/peeling.html").unlink()
        clinic.write("source_articles/quiet.html", QUIET.encode())
        run(clinic.root)
        assert (
            'href="../en/peeling.html#care"' in (clinic.root / "site/vi/rolling.html").read_text()
        )

        translate(
            load(clinic.root), "peeling", "vi", lambda entry: replace(shouted(entry), flags=())
        )
        asked = _asked(clinic.root)

        assert asked["extract"] == 1
        assert asked["build"] == 2
        assert 'href="peeling.html#care"' in (clinic.root / "site/vi/rolling.html").read_text()


def test_an_article_that_comes_has_no_other_checked_again() -> None:
    with _clinic() as clinic:
        article = QUIET.replace("</body>", "<footer>All rights reserved</footer></body>")
        clinic.write("source_articles/quiet.html", article.encode())
        run(clinic.root)

        clinic.write("source_articles/restful.html", article.encode())

        assert _asked(clinic.root)["check"] == 2


def test_what_settled_articles_share_stays_in_the_template_that_others_change() -> None:
    with _clinic() as clinic:
        urgent = f"{FILES['polypage.toml']!s}[publish]\nurgent = true\n"
        clinic.write("polypage.toml", urgent.encode())
        run(clinic.root)
        template = (clinic.root / "locales/templates/site.pot").read_text()
        assert "out of date" in template

        peeling = clinic.root / "source_articles/peeling.html"
        clinic.write(
            "source_articles/peeling.html", peeling.read_bytes().replace(b"reserved", b"kept")
        )
        run(clinic.root)

        changed = (clinic.root / "locales/templates/site.pot").read_text()
        assert "All rights kept" in changed
        assert "All rights reserved" in changed
        assert "out of date" in changed


def test_a_site_text_that_is_translated_anew_concerns_all_articles() -> None:
    with _clinic() as clinic:
        _edit(clinic, f"{VI}/site.po", hidden=True)

        assert _asked(clinic.root)["check"] == 3


def test_a_project_that_was_copied_is_settled_where_it_is_now() -> None:
    with _clinic() as clinic:
        _copy(clinic)

        assert _asked(clinic.root) == SITE_ALONE


def test_a_ledger_that_cannot_be_read_is_an_empty_one() -> None:
    with _clinic() as clinic:
        (clinic.root / ".polypage/ledger.sqlite3").write_bytes(b"no database" * 500)

        assert _asked(clinic.root)["check"] == 3
        assert _asked(clinic.root) == SITE_ALONE


def test_an_article_that_is_gone_leaves_nothing_in_the_ledger() -> None:
    with _clinic() as clinic:
        clinic.write("source_articles/quiet.html", QUIET.encode())
        run(clinic.root)
        assert _settled(clinic.root) == ["peeling", "quiet", "rolling"]

        (clinic.root / "source_articles/quiet.html").unlink()
        run(clinic.root)

        assert _settled(clinic.root) == ["peeling", "rolling"]


def _settled(root: Path) -> list[str]:
    with closing(sqlite3.connect(root / ".polypage/ledger.sqlite3")) as connection:
        return [slug for (slug,) in connection.execute("SELECT slug FROM articles ORDER BY slug")]


SITE_ALONE = {"update": 1, "check": 1}
"""How many articles are asked for when none is: the texts of the site count as one."""


def _asked(root: Path) -> dict[str, int]:
    """Run; return how many articles each stage did."""
    totals: dict[str, int] = {}

    def hear(stage: str, done: int, total: int) -> None:
        totals[stage] = max(done, total)

    run(root, on_progress=hear)
    return totals
