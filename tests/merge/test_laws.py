from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, Header, new_header, parse, serialize
from polypage.catalogs.heritage import Heritage
from polypage.catalogs.leverage import CARRIED, WAIVER
from polypage.catalogs.merge import Merged, merge
from polypage.catalogs.uniting import CONFLICT, reconcile
from polypage.model import Entry

WORDS = "take the roller twice daily gently, not more. <b>Never</b> press 5 mg of it's".split()


def sentences() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@st.composite
def old_entries(draw: st.DrawFn) -> Entry:
    """Make an entry as it may stand in a catalog after some years."""
    plural = draw(st.sampled_from([None, None, None, "rollers"]))
    entry = Entry(
        draw(sentences()),
        context=draw(st.sampled_from([None, None, "menu"])),
        plural=plural,
        plural_msgstrs=() if plural is None else tuple(draw(st.lists(msgstrs(), min_size=1))),
        translator_comments=draw(
            st.sampled_from([(), (), ("ask Lan",), ("polypage-ok: x y",), ("a", "b")])
        ),
        obsolete=draw(st.booleans()),
    )
    if plural is None:
        entry = replace(entry, msgstr=draw(msgstrs()))
    if entry.translated and draw(st.booleans()):
        entry = replace(entry, flags=("fuzzy",), previous_msgid=draw(st.none() | sentences()))
    return entry


def msgstrs() -> st.SearchStrategy[str]:
    return st.sampled_from(["", "Nimm.", "Roll.", "<b>Nie</b> 5 mg", "Zwei\nZeilen", "Sanft."])


@st.composite
def old_catalogs(draw: st.DrawFn) -> Catalog:
    header = new_header(project="health", created="2026-11-01 10:00+0000", language="vi")
    return in_order(Catalog(header, tuple(draw(st.lists(old_entries(), max_size=7)))))


@st.composite
def edited(draw: st.DrawFn, entry: Entry) -> Entry:
    """Make a template's entry from one of the catalog: the same, edited, or in another context."""
    text = draw(
        st.sampled_from(
            [
                entry.msgid,
                entry.msgid,
                entry.msgid.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
                entry.msgid.replace("b>", "strong>"),
                f"{entry.msgid} and more",
                entry.msgid.replace("5", "6"),
            ]
        )
    )
    context = draw(st.sampled_from([entry.context, entry.context, None, "menu"]))
    plural = draw(st.sampled_from([entry.plural, None]))
    return Entry(text, context=context, plural=plural, references=("a.html",))


@st.composite
def templates(draw: st.DrawFn, catalog: Catalog) -> Catalog:
    made = [draw(edited(entry)) for entry in catalog.entries if draw(st.booleans())]
    made += draw(st.lists(sentences().map(Entry), max_size=2))
    header = new_header(project="health", created="2026-11-22 10:00+0000")
    return in_order(Catalog(header, tuple(made)))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Catalog, Catalog]:
    """Make a catalog, perhaps with guesses of an earlier merge, and the template of its page."""
    catalog = draw(old_catalogs())
    if draw(st.booleans()):
        catalog = merge(catalog, draw(templates(catalog))).catalog
    return catalog, draw(templates(catalog))


def in_order(catalog: Catalog) -> Catalog:
    unique = {entry.key: entry for entry in catalog.entries}
    return replace(catalog, entries=tuple(sorted(unique.values(), key=lambda one: one.obsolete)))


def said(entries: Iterable[Entry]) -> set[str]:
    """Collect what translators wrote: translations, and comments but for those that expire."""
    words = {text for entry in entries for text in (entry.msgstr, *entry.plural_msgstrs)}
    comments = {comment for entry in entries for comment in entry.translator_comments}
    kept = {comment for comment in comments if not comment.startswith((CARRIED, WAIVER))}
    return {word.replace("\n", "\\n") for word in words | kept} - {""}


def remembered(entries: Iterable[Entry]) -> set[str]:
    return {word.removeprefix(f"{CONFLICT} ") for word in said(entries)} | said(entries)


@given(situations())
def test_the_catalog_has_the_entries_of_the_template_in_its_order(
    situation: tuple[Catalog, Catalog],
) -> None:
    catalog, template = situation

    merged = merge(catalog, template).catalog

    assert [entry.key for entry in merged.live] == [entry.key for entry in template.live]
    assert merged.entries == (*merged.live, *merged.obsolete)
    assert len({entry.key for entry in merged.entries}) == len(merged.entries)


@given(situations())
def test_nothing_that_a_translator_wrote_is_lost(situation: tuple[Catalog, Catalog]) -> None:
    catalog, template = situation

    merged = merge(catalog, template).catalog

    assert said(catalog.entries) <= remembered(merged.entries)


@given(situations())
def test_merging_again_changes_nothing(situation: tuple[Catalog, Catalog]) -> None:
    merged = merge(*situation)
    data = serialize(merged.catalog)

    again = merge(parse(data, path="x.po"), situation[1])

    assert not again.changed
    assert serialize(again.catalog, original=data) == data


@given(situations())
def test_what_is_there_as_before_keeps_its_translation(
    situation: tuple[Catalog, Catalog],
) -> None:
    catalog, template = situation
    before = {entry.key: entry for entry in catalog.entries}

    merged = merge(catalog, template).catalog

    for entry in merged.live:
        old = before.get(entry.key)
        if old and old.plural == entry.plural:
            assert (entry.msgstr, entry.fuzzy) == (old.msgstr, old.fuzzy)
            assert entry.translator_comments == old.translator_comments


@given(situations())
def test_a_translation_made_for_another_text_is_fuzzy_or_says_why_not(
    situation: tuple[Catalog, Catalog],
) -> None:
    catalog, template = situation
    before = {entry.key for entry in catalog.entries}

    merged = merge(catalog, template).catalog

    for entry in merged.live:
        if entry.key not in before and entry.translated and not entry.fuzzy:
            assert entry.translator_comments[-1].startswith(CARRIED)
        if entry.key not in before and entry.fuzzy:
            assert entry.previous_msgid is not None


@given(situations())
def test_every_entry_is_counted_once(situation: tuple[Catalog, Catalog]) -> None:
    catalog, template = situation

    merged = merge(catalog, template)

    assert total(merged) == len(template.entries)
    assert merged.changed == (merged.catalog != catalog)


def total(merged: Merged) -> int:
    return merged.unchanged + merged.returned + merged.carried + merged.fuzzy + merged.new


@given(situations())
def test_the_header_fields_of_translators_stay(situation: tuple[Catalog, Catalog]) -> None:
    catalog, template = situation
    assert catalog.header
    written = catalog.header.with_field("PO-Revision-Date", "2026").with_field("X-Mine", "yes")

    merged = merge(replace(catalog, header=written), template, language="vi").catalog

    assert merged.header
    before = dict(written.fields) | {"POT-Creation-Date": merged.header.get("POT-Creation-Date")}
    assert dict(merged.header.fields) == before


# --- what comes from other catalogs -----------------------------------------------------------


@st.composite
def heritages(draw: st.DrawFn, template: Catalog) -> Heritage:
    """Make what other catalogs give: some of the template's texts, translated, and anything else."""
    texts = [entry for entry in template.entries if draw(st.booleans())]
    arrivals = [replace(draw(old_entries()), context=one.context, msgid=one.msgid) for one in texts]
    arrivals += draw(st.lists(old_entries(), max_size=2))
    unique = {entry.key: entry for entry in arrivals if entry.translated}
    return Heritage(draw(st.none() | old_catalogs()), tuple(unique.values()))


@given(situations(), st.booleans(), st.data())
def test_nothing_is_lost_when_a_catalog_takes_over_from_others(
    situation: tuple[Catalog, Catalog], is_new: bool, data: st.DataObject
) -> None:
    catalog, template = situation
    heritage = data.draw(heritages(template))

    merged = merge(None if is_new else catalog, template, heritage=heritage).catalog

    old = (heritage.predecessor or Catalog()) if is_new else catalog
    assert said(old.entries) <= remembered(merged.entries)
    assert [entry.key for entry in merged.live] == [entry.key for entry in template.live]
    assert len({entry.key for entry in merged.entries}) == len(merged.entries)


@given(situations(), st.booleans(), st.data())
def test_taking_over_again_changes_nothing(
    situation: tuple[Catalog, Catalog], is_new: bool, data: st.DataObject
) -> None:
    catalog, template = situation
    heritage = data.draw(heritages(template))
    merged = merge(None if is_new else catalog, template, heritage=heritage)
    written = serialize(merged.catalog)

    again = merge(parse(written, path="x.po"), template, heritage=heritage)

    assert not again.changed


@given(situations(), st.data())
def test_a_text_that_is_new_has_the_translation_it_had_elsewhere(
    situation: tuple[Catalog, Catalog], data: st.DataObject
) -> None:
    catalog, template = situation
    heritage = data.draw(heritages(template))
    here = {entry.key for entry in catalog.entries}
    plurals = {entry.key: entry.plural for entry in template.live}

    merged = merge(catalog, template, heritage=heritage).catalog

    live = {entry.key: entry for entry in merged.live}
    for entry in heritage.arrivals:
        if entry.key not in here and plurals.get(entry.key, "none") == entry.plural:
            assert (live[entry.key].msgstr, live[entry.key].fuzzy) == (entry.msgstr, entry.fuzzy)
            assert live[entry.key].translator_comments == entry.translator_comments


@st.composite
def saves(draw: st.DrawFn, base: Catalog) -> Catalog:
    """Make what an editor saves: some translations, flags and comments changed, some entries lost."""
    changed = []
    for entry in base.entries:
        match draw(st.sampled_from(["keep", "keep", "translate", "finish", "note", "lose"])):
            case "translate" if entry.plural is None:
                changed.append(replace(entry, msgstr=draw(st.sampled_from(["eins", "zwei", ""]))))
            case "finish":
                changed.append(replace(entry, flags=()))
            case "note":
                notes = (*entry.translator_comments, draw(st.sampled_from(["hm", "so"])))
                changed.append(replace(entry, translator_comments=notes))
            case "lose":
                continue
            case _:
                changed.append(entry)
    return replace(base, entries=tuple(changed))


@given(old_catalogs(), st.data())
def test_uniting_loses_nothing_that_either_wrote(base: Catalog, data: st.DataObject) -> None:
    ours, theirs = data.draw(saves(base)), data.draw(saves(base))

    united = reconcile(base, ours, theirs)

    new = (said(ours.entries) | said(theirs.entries)) - said(base.entries)
    assert new <= remembered(united.entries)
    assert {entry.key for entry in united.entries} == {
        entry.key for entry in (*ours.entries, *theirs.entries)
    }


@given(old_catalogs(), st.data())
def test_uniting_with_what_did_not_change_gives_the_change(
    base: Catalog, data: st.DataObject
) -> None:
    theirs = data.draw(saves(base))

    assert reconcile(base, theirs, theirs) == theirs
    assert set(theirs.entries) <= set(reconcile(base, base, theirs).entries)
    assert set(theirs.entries) <= set(reconcile(base, theirs, base).entries)


def test_a_header_line_that_both_changed_is_the_newer() -> None:
    base = Header(Entry("", "Last-Translator: A\nX-Note: a\n"))
    ours, theirs = base.with_field("Last-Translator", "B"), base.with_field("Last-Translator", "C")

    united = reconcile(Catalog(base), Catalog(ours.with_field("X-Note", "b")), Catalog(theirs))

    assert united.header == Header(Entry("", "Last-Translator: C\nX-Note: b\n"))
