"""Git itself, merging catalogs on branches."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from polypage.catalogs.catalog import read
from polypage.catalogs.catalog import template as make_template
from polypage.catalogs.merge import update
from polypage.cli import main
from polypage.errors import CatalogError
from polypage.model import Entry
from polypage.runs.repository import install

pytestmark = pytest.mark.needs_program("git")

CATALOG = "locales/de/LC_MESSAGES/rolling.po"
TEXTS = ("Roll gently over the skin.", "Rest for a week.", "Clean the roller.")


class Repository:
    """A working tree, and what people do in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / CATALOG

    def git(self, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def branch(self, name: str, start: str = "main") -> None:
        self.git("switch", "--quiet", "--create", name, start)

    def switch(self, name: str) -> None:
        self.git("switch", "--quiet", name)

    def update(self, *texts: str, day: int = 1) -> None:
        entries = [Entry(text, references=("rolling.html",)) for text in texts]
        made = make_template(entries, project="health", created=f"2026-01-{day:02} 10:00+0000")
        update(self.path, made, clock=time, language="de")

    def translate(self, msgid: str, msgstr: str, *, translator: str = "Lan") -> None:
        """Do as an editor does, which writes its name and the time into the header, too."""
        text = self.path.read_text("utf-8")
        head, before, after = text.partition(f'\nmsgid "{msgid}"\nmsgstr "')
        assert before
        head = head.replace('"Last-Translator: \\n"', f'"Last-Translator: {translator}\\n"')
        date = f"2026-02-01 10:{len(translator):02}+0000"
        head = head.replace('"PO-Revision-Date: \\n"', f'"PO-Revision-Date: {date}\\n"')
        rest = after.partition('"\n')[2]
        self.path.write_text(f'{head}{before}{msgstr}"\n{rest}', "utf-8")

    def said(self) -> dict[str, str]:
        return {entry.msgid: entry.msgstr for entry in read(self.path).live}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Make a repository with a catalog of three entries, merged by us."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    made = Repository(tmp_path)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.git("config", "user.name", "Test")
    made.git("config", "user.email", "test@example.org")
    install(tmp_path)
    made.update(*TEXTS)
    made.commit("an article")
    return made


def test_branches_that_translate_different_texts_merge(repository: Repository) -> None:
    repository.branch("lan")
    repository.translate(TEXTS[0], "Sanft rollen.", translator="Lan")
    repository.commit("one")
    repository.branch("minh")
    repository.translate(TEXTS[1], "Eine Woche ruhen.", translator="Minh")
    repository.commit("two")

    repository.git("merge", "--no-edit", "lan")

    assert list(repository.said().values()) == ["Sanft rollen.", "Eine Woche ruhen.", ""]
    header = read(repository.path).header
    assert header
    assert header.get("Last-Translator") == "Minh"
    assert repository.git("status", "--porcelain") == ""


def test_without_us_git_finds_a_conflict_there(repository: Repository) -> None:
    repository.git("config", "--remove-section", "merge.polypage")
    repository.branch("lan")
    repository.translate(TEXTS[0], "Sanft rollen.", translator="Lan")
    repository.commit("one")
    repository.branch("minh")
    repository.translate(TEXTS[1], "Eine Woche ruhen.", translator="Minh")
    repository.commit("two")

    assert "CONFLICT" in repository.git("merge", "--no-edit", "lan", status=1)


def test_a_text_translated_twice_is_marked_and_refused_until_it_is_settled(
    repository: Repository,
) -> None:
    repository.branch("lan")
    repository.translate(TEXTS[0], "Sanft rollen.")
    repository.translate(TEXTS[2], "Roller reinigen.")
    repository.commit("one")
    repository.branch("minh")
    repository.translate(TEXTS[0], "Zart rollen.")
    repository.commit("two")

    said = repository.git("merge", "--no-edit", "lan", status=1)

    assert f"polypage: {CATALOG}: 1 entry is in conflict" in said
    assert (
        f'msgid "{TEXTS[0]}"\n'
        '<<<<<<< ours\nmsgstr "Zart rollen."\n=======\nmsgstr "Sanft rollen."\n>>>>>>> theirs\n'
    ) in repository.path.read_text("utf-8")
    with pytest.raises(CatalogError, match="a merge conflict was left in it; choose"):
        read(repository.path)
    settle(repository.path)
    assert repository.said() == dict(
        zip(TEXTS, ["Sanft rollen.", "", "Roller reinigen."], strict=True)
    )


def settle(path: Path) -> None:
    """Choose what the other branch says, as a person would."""
    head, _, rest = path.read_text("utf-8").partition("<<<<<<< ours\n")
    theirs, _, tail = rest.partition("=======\n")[2].partition(">>>>>>> theirs\n")
    path.write_text(head + theirs + tail, "utf-8")


def test_an_update_and_a_translation_unite(repository: Repository) -> None:
    repository.branch("lan")
    repository.translate(TEXTS[0], "Sanft rollen.")
    repository.translate(TEXTS[2], "Roller reinigen.")
    repository.commit("translate")
    repository.switch("main")
    repository.update(TEXTS[2], "Roll gently over your skin.", "Sleep.", day=9)
    repository.commit("the article was edited")

    repository.git("merge", "--no-edit", "lan")

    live = read(repository.path).live
    assert [(entry.msgid, entry.msgstr, entry.fuzzy) for entry in live] == [
        (TEXTS[2], "Roller reinigen.", False),
        ("Roll gently over your skin.", "Sanft rollen.", True),
        ("Sleep.", "", False),
    ]
    before = repository.path.read_bytes()
    repository.update(TEXTS[2], "Roll gently over your skin.", "Sleep.", day=9)
    assert repository.path.read_bytes() == before


def test_a_rebase_unites_commit_by_commit(repository: Repository) -> None:
    repository.branch("lan")
    for text, msgstr in zip(TEXTS, ["Rollen.", "Ruhen.", "Reinigen."], strict=True):
        repository.translate(text, msgstr)
        repository.commit(msgstr)
    repository.switch("main")
    repository.update("New.", *TEXTS, day=3)
    repository.commit("a text more")
    repository.switch("lan")

    repository.git("rebase", "main")

    assert list(repository.said().values()) == ["", "Rollen.", "Ruhen.", "Reinigen."]
    assert len(repository.git("log", "--oneline").splitlines()) == 5


def test_a_translation_is_picked_from_another_branch(repository: Repository) -> None:
    repository.branch("lan")
    repository.translate(TEXTS[0], "Rollen.")
    repository.commit("one")
    repository.translate(TEXTS[1], "Ruhen.")
    repository.commit("two")
    repository.switch("main")
    repository.translate(TEXTS[2], "Reinigen.", translator="Minh")
    repository.commit("three")

    repository.git("cherry-pick", "lan")

    assert list(repository.said().values()) == ["", "Ruhen.", "Reinigen."]


def test_a_catalog_that_one_branch_moved_is_merged_at_its_new_place(
    repository: Repository,
) -> None:
    new = "locales/de/LC_MESSAGES/skin/rolling it.po"
    repository.branch("lan")
    repository.translate(TEXTS[0], "Rollen.")
    repository.commit("one")
    repository.switch("main")
    (repository.root / new).parent.mkdir()
    repository.git("mv", CATALOG, new)
    repository.path = repository.root / new
    repository.translate(TEXTS[1], "Ruhen.", translator="Minh")
    repository.commit("two")

    repository.git("merge", "--no-edit", "lan")

    assert list(repository.said().values()) == ["Rollen.", "Ruhen.", ""]


def test_a_catalog_that_both_branches_make_is_united(repository: Repository) -> None:
    first = repository.path
    repository.path = repository.path.with_name("peeling.po")
    repository.branch("lan")
    repository.update("Peel.", "Rest.")
    repository.translate("Peel.", "Schälen.")
    repository.commit("one")
    repository.branch("minh")
    repository.update("Peel.", "Rest.")
    repository.translate("Rest.", "Ruhen.", translator="Minh")
    repository.commit("two")

    repository.git("merge", "--no-edit", "lan")

    assert first != repository.path
    assert repository.said() == {"Peel.": "Schälen.", "Rest.": "Ruhen."}


def test_a_file_that_is_no_catalog_is_merged_by_lines_and_left_for_a_person(
    repository: Repository,
) -> None:
    repository.branch("lan")
    repository.translate(TEXTS[0], "Rollen.")
    repository.commit("one")
    repository.branch("minh")
    text = repository.path.read_text("utf-8")
    repository.path.write_text(f'{text}msgid "torn\n', "utf-8")
    repository.commit("two")

    said = repository.git("merge", "--no-edit", "lan", status=1)

    assert f"polypage: {CATALOG}:" in said
    assert "a quote is not closed" in said
    merged = repository.path.read_text("utf-8")
    assert 'msgstr "Rollen."' in merged
    assert 'msgid "torn' in merged


def test_templates_merge(repository: Repository) -> None:
    path = repository.root / "locales/templates/rolling.pot"
    path.parent.mkdir(parents=True)

    def write(*texts: str, day: int) -> None:
        entries = [Entry(text, references=("a.html",)) for text in texts]
        made = make_template(entries, project="health", created=f"2026-01-{day:02} 10:00+0000")
        path.unlink(missing_ok=True)
        update(path, made, clock=time)
        repository.commit(f"day {day}")

    write("One.", "Two.", "Three.", day=1)
    repository.branch("lan")
    write("One.", "Two, edited.", "Three.", day=2)
    repository.branch("minh")
    write("Zero.", "One.", "Two.", "Three.", day=3)

    repository.git("merge", "--no-edit", "lan")

    merged = read(path)
    assert [entry.msgid for entry in merged.entries] == ["Zero.", "One.", "Two, edited.", "Three."]
    assert merged.header
    assert merged.header.get("POT-Creation-Date") == "2026-01-03 10:00+0000"


# --- telling git ------------------------------------------------------------------------------


def test_installing_tells_the_clone_and_keeps_its_attributes(repository: Repository) -> None:
    attributes = repository.root / ".gitattributes"
    attributes.write_text("*.html -text")

    first = CliRunner().invoke(
        main, ["merge-driver", "--install", "--project", str(repository.root)]
    )
    again = CliRunner().invoke(
        main, ["merge-driver", "--install", "--project", str(repository.root)]
    )

    assert attributes.read_text() == "*.html -text\n*.po merge=polypage\n*.pot merge=polypage\n"
    assert f"wrote {attributes}\n" in first.output
    assert again.output.startswith("git runs ")
    driver = repository.git("config", "merge.polypage.driver")
    assert driver.endswith("-P -m polypage merge-driver %O %A %B %L %P\n")


def test_a_folder_that_no_repository_holds_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    done = CliRunner().invoke(main, ["merge-driver", "--install", "--project", str(tmp_path)])

    assert done.exit_code == 2
    assert "not a git repository" in done.output
    assert not (tmp_path / ".gitattributes").exists()


def test_the_driver_needs_three_files() -> None:
    done = CliRunner().invoke(main, ["merge-driver"])

    assert done.exit_code == 2
    assert "it takes BASE, OURS and THEIRS, or --install" in done.output


def test_a_new_project_in_a_repository_is_told_of_the_driver(repository: Repository) -> None:
    done = CliRunner().invoke(main, ["init", str(repository.root / "clinic")])

    folder = repository.root / "clinic"
    assert done.output.endswith(f"then: polypage merge-driver --install --project {folder}\n")
    lines = (folder / ".gitattributes").read_text().splitlines()
    assert {"*.po merge=polypage", "*.pot merge=polypage"} <= set(lines)
