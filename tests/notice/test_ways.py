"""Ways to lose, hide, alter, move or translate away a notice, each found; and what does no harm.

The cases stand in `cases`: what somebody does to a small project whose pages are published.

    # the translator loses the link
    @ vi                            the file: source, settings, vi (a catalog), id (an approved
                                    text), page (the built one in Vietnamese)
    - <a1/> at                      what stands there
    + at                            what stands there then
    ! inline-missing                what is found

␊ stands for a line feed, ‹202E› for that character. But for the warnings that say so, the last
good page stays, and a page that was tampered with is built anew by the next run.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from polypage.errors import PolypageError
from polypage.model import Finding, Severity, Status
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import run
from polypage.runs.stages.batch import failure

CASES = Path(__file__).parent / "cases"
SOURCE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>Needles</title>
<style>.note { color: #333 }</style>
</head>
<body>
<h1>Needles</h1>
<div class="body"><p>They prick.</p>
<h2>After care</h2>
<p>Rest.</p></div>
<div class="box"><p class="disclaimer">For <b>reference</b> only.</p></div>
<p class="source-link">Source link &lt; <a href="https://health.example/needles">Needles</a> &gt; health.example</p>
<p class="credits">Written by hand.</p>
</body>
</html>
"""
SETTINGS = """\
[project]
locales = ["vi", "id"]
[drop]
parts = []
[publish]
min_coverage = 1
[notice]
source_link = "p.source-link a"
disclaimer = ".disclaimer"
after = ".body"
on_missing = "fail"
"""
WORDS = {
    "Needles": "Kim châm",
    "They prick.": "Chúng châm.",
    "After care": "Chăm sóc",
    "Rest.": "Nghỉ ngơi.",
    "For <b>reference</b> only.": "Chỉ để <b>tham khảo</b>.",
    "Source link &lt; <a1/> > health.example": "Liên kết gốc &lt; <a1/> > health.example",
    "Written by hand.": "Viết tay.",
}
APPROVAL = """\
text = "Hanya untuk informasi."
source = "For reference only."
approved_by = "medical desk"
approved_on = 2026-03-04
"""
FILES = {
    "source": "source_articles/needles.html",
    "settings": "polypage.toml",
    "vi": "locales/vi/LC_MESSAGES/needles.po",
    "id": "locales/id/notice.toml",
    "page": "site/vi/needles.html",
}


class Change(NamedTuple):
    """What somebody does to a file."""

    file: str
    old: str
    new: str


class Case(NamedTuple):
    """What somebody does, and what is found."""

    name: str
    changes: Sequence[Change]
    codes: Sequence[str]


def cases(*subjects: str) -> list[Any]:
    texts = ((CASES / f"{subject}.txt").read_text("utf-8") for subject in subjects)
    blocks = (block for text in texts for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:])
    found = [read_case(*block.rstrip("\n").split("\n")) for block in blocks]
    return [pytest.param(case, id=case.name) for case in found]


def read_case(name: str, *lines: str) -> Case:
    changes: list[Change] = []
    for line in lines:
        mark, text = line[:1], meant(line[2:])
        if mark == "@":
            changes.append(Change(text, "", ""))
        elif mark == "-":
            changes[-1] = changes[-1]._replace(old=text)
        elif mark == "+":
            changes[-1] = changes[-1]._replace(new=text)
    return Case(name, changes, [line[2:] for line in lines if line.startswith("!")])


def meant(text: str) -> str:
    return re.sub(r"‹(\w+)›", lambda code: chr(int(code[1], 16)), text.replace("␊", "\n"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project whose pages are published in all languages."""
    root = tmp_path_factory.mktemp("good")
    for name, text in (("source", SOURCE), ("settings", SETTINGS), ("id", APPROVAL)):
        write(root / FILES[name], text)
    run(root, stages=["extract", "update"])
    for locale in ("vi", "id"):
        path = root / f"locales/{locale}/LC_MESSAGES/needles.po"
        text = path.read_text("utf-8")
        for msgid, msgstr in WORDS.items():
            text = text.replace(
                f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"'
            )
        write(path, text)
    done = run(root)
    assert done.good, done.findings
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "project")
    return tmp_path / "project"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


def perform(case: Case, root: Path) -> None:
    for file, old, new in case.changes:
        path = root / FILES[file]
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        write(path, text.replace(old, new, 1))


def told(root: Path) -> list[Finding]:
    """Return what a run says, or the settings that keep it from beginning."""
    try:
        done = run(root)
    except PolypageError as error:
        return [failure(error, root)]
    return [*done.findings, *done.failures]


BEFORE = ("source-pages", "settings", "catalogs", "approvals")


@pytest.mark.parametrize("case", cases(*BEFORE))
def test_what_may_be_done_to_a_notice_before_it_is_built_is_found(case: Case, root: Path) -> None:
    concerned = [case.changes[0].file] if case.changes[0].file in ("vi", "id") else ["vi", "id"]
    pages = [root / f"site/{tag}/needles.html" for tag in concerned]
    before = [page.read_bytes() for page in pages]
    perform(case, root)

    findings = told(root)

    assert set(case.codes) <= {finding.code for finding in findings}
    if any(finding.severity is Severity.ERROR for finding in findings):
        assert [page.read_bytes() for page in pages][-1:] == before[-1:]
    for page in pages:
        text = page.read_text("utf-8")
        assert re.search(r'<p class="disclaimer">.*(tham khảo|informasi)', text)
        assert 'href="https://health.example/needles"' in text


@pytest.mark.parametrize("case", cases("built-pages"))
def test_what_may_be_done_to_a_built_page_is_found_and_mended(case: Case, root: Path) -> None:
    good = (root / FILES["page"]).read_bytes()
    perform(case, root)

    audited = run(root, stages=["audit"])

    found = [proof for proof in audited.audited if not proof.proven]
    assert [proof.path for proof in found] == [FILES["page"]]
    assert set(case.codes) <= {finding.code for finding in found[0].findings}
    run(root)
    assert (root / FILES["page"]).read_bytes() == good


@pytest.mark.parametrize("case", cases("harmless"))
def test_what_does_no_harm_is_found_fit(case: Case, root: Path) -> None:
    perform(case, root)

    done = run(root, stages=["audit"]) if case.changes[0].file == "page" else rerun(root)

    wrong = [f for f in (*done.findings, *done.failures) if f.code.startswith(("notice", "audit"))]
    # An edit of its source has translators look at it again.
    assert {f.code for f in wrong} <= {"notice-disclaimer-untranslated"}
    assert all(proof.proven for proof in done.audited)
    assert [page.reason for page in done.built if page.status is Status.FAILED] == []


def rerun(root: Path) -> Run:
    """Run with pages published in two languages, so that a text that changed holds none back."""
    settings = root / FILES["settings"]
    text = settings.read_text("utf-8")
    write(settings, text.replace("min_coverage = 1", 'min_coverage = 0\non_incomplete = "mixed"'))
    return run(root)


def test_there_are_forty_ways_and_more() -> None:
    assert len(cases(*BEFORE, "built-pages")) > 80
    assert len(cases("harmless")) > 30
