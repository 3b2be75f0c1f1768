"""What holds for every catalog that is moved: nothing is lost, and the way back is open."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.uniting import CONFLICT
from polypage.model import Entry, Segmentation
from polypage.reuse.alignment import join, split
from polypage.reuse.migrate import migrate
from tests.migrate.moving import Moving, moving

LOCALES = ("vi", "th", "ar", "zh_Hant_TW", "es")
SENTENCES = (
    "Take {} mg.",
    "Have you had {}?",
    "Read <a href=x>page {}</a> first.",
    "<b>Never</b> more than {}!",
    "It is R&amp;D <em>number {}</em>.",
    "<i>See {}.</i>",
)
JOINTS = (" ", "<br>", " <!-- x --> ", "\n  ")


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Make a page of some paragraphs, in which no sentence is there twice."""
    page = ""
    number = 10
    for _ in range(draw(st.integers(1, 3))):
        page += "<p>"
        for sentence in draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)):
            number += 1
            page += sentence.format(number) + draw(st.sampled_from(JOINTS))
    return page


def moves() -> st.SearchStrategy[Moving]:
    return st.builds(moving, pages(), st.sampled_from(LOCALES))


@st.composite
def translated(draw: st.DrawFn, template: Catalog) -> Catalog:
    """Make a catalog whose translations are good, bad, fuzzy or missing."""
    entries = [
        replace(
            entry,
            msgstr=draw(msgstrs(entry)),
            flags=draw(st.sampled_from([(), (), ("fuzzy",)])),
            translator_comments=draw(st.sampled_from([(), ("ask Lan",)])),
        )
        for entry in template.entries
    ]
    return replace(template, entries=tuple(map(tidy, entries)))


def tidy(entry: Entry) -> Entry:
    return entry if entry.msgstr else replace(entry, flags=())


def msgstrs(entry: Entry) -> st.SearchStrategy[str]:
    """Make translations: as many sentences, fewer, other ones, without codes, none."""
    text = entry.msgid
    made = ["", text, text, text.replace(". ", ", "), text.replace("<b>", ""), "Một. Hai.", "ไม่"]
    return st.sampled_from(made)


def move(moving: Moving, catalog: Catalog, to: Segmentation) -> Catalog:
    templates = [moving.blocks, moving.sentences]
    old, new = templates if to == "sentence" else reversed(templates)
    spoken, written = moving.spoken, moving.written
    return migrate(catalog, old, new, moving.cut, to=to, spoken=spoken, written=written).catalog


def said(catalog: Catalog) -> set[str]:
    """Return every translation that is still there to be read."""
    comments = (each for entry in catalog.entries for each in entry.translator_comments)
    lost = {each.removeprefix(f"{CONFLICT} ") for each in comments}
    return {entry.msgstr for entry in catalog.entries} | lost | {""}


@given(st.data())
def test_no_translation_is_lost_on_the_way_there_and_back(data: st.DataObject) -> None:
    made = data.draw(moves())
    before = data.draw(translated(made.blocks))

    cut = move(made, before, "sentence")
    edited = replace(cut, entries=tuple(data.draw(edits(entry)) for entry in cut.entries))
    back = move(made, edited, "block")

    assert said(before) <= said(cut)
    assert said(edited) <= said(back)


def edits(entry: Entry) -> st.SearchStrategy[Entry]:
    """Let a translator work on an entry, or leave it."""
    if entry.obsolete:
        return st.just(entry)
    done = replace(entry, msgstr=f"{entry.msgid} !", flags=(), previous_msgid=None)
    approved = replace(entry, flags=(), previous_msgid=None)
    return st.sampled_from([entry, entry, done, tidy(approved)])


@given(st.data(), st.sampled_from(["block", "sentence"]))
def test_a_catalog_that_nobody_works_on_comes_back_as_it_was(
    data: st.DataObject, first: Segmentation
) -> None:
    made = data.draw(moves())
    other: Segmentation = "sentence" if first == "block" else "block"
    before = data.draw(translated(made.blocks if first == "block" else made.sentences))

    back = move(made, move(made, before, other), first)

    assert [words(entry) for entry in back.live] == [words(entry) for entry in before.live]


def words(entry: Entry) -> tuple[object, ...]:
    return entry.msgid, entry.msgstr, entry.fuzzy


@given(st.data(), st.sampled_from(["block", "sentence"]))
def test_a_catalog_that_is_moved_again_stays_as_it_is(
    data: st.DataObject, to: Segmentation
) -> None:
    made = data.draw(moves())
    before = data.draw(translated(made.sentences if to == "block" else made.blocks))

    after = move(made, before, to)

    assert move(made, after, to) == after


@given(moves())
def test_what_is_cut_is_joined_to_what_it_was(made: Moving) -> None:
    languages = {"spoken": made.spoken, "written": made.spoken}

    for block in made.cut:
        parts = split(block, block.whole.msgid, **languages)

        assert parts
        assert parts.sure
        assert parts.msgstrs == tuple(sentence.msgid for sentence in block.sentences)
        joined = join(block, parts.msgstrs, **languages)
        assert joined
        assert joined.replace(" ", "") == block.whole.msgid.replace(" ", "")
