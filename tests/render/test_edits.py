from __future__ import annotations

from dataclasses import replace

from polypage.building.render import render
from polypage.model import Article, Edit, Span
from polypage.rules.judging import Rules
from tests.render.pages import ENGLISH, GERMAN, article, translated, untranslated

HTML = '<html lang="{}" dir="ltr"><meta charset=utf-8>'
UNMARKED = replace(GERMAN, mark_fallback=False)


def edit(page: Article, old: str, new: str) -> Edit:
    """Make the edit that replaces the one place where the source has these words."""
    start = page.skeleton.text.index(old)
    return Edit(Span(start, start + len(old)), new)


def test_what_is_dropped_leaves_nothing_behind() -> None:
    page = article(
        HTML.format("en") + '<p>Rice</p><form><p>Fish <a href="x">tea</a></p></form>',
        Rules(drop=("form",)),
    )

    assert render(page, untranslated(page), UNMARKED) == HTML.format("de") + "<p>Rice</p>"


def test_an_edit_stands_instead_of_the_passages_it_covers_without_their_marks() -> None:
    page = article(HTML.format("en") + "<p>Rice</p><p>Fish</p><p>Tea</p>")
    translations = translated(page, {"Rice": "Reis"})

    built = render(page, translations, GERMAN, edits=[edit(page, "Fish", "Fisch")])

    assert built == HTML.format("de") + '<p>Reis</p><p>Fisch</p><p lang="en" dir="ltr">Tea</p>'


def test_an_edit_in_the_tag_of_a_link_moves_with_the_link() -> None:
    page = article(HTML.format("en") + '<p>Source: <a href="x">Rice</a>.</p>')
    translations = translated(page, {"Source: <a1>Rice</a1>.": "<a1>Reis</a1> ist die Quelle."})

    built = render(page, translations, GERMAN, edits=[edit(page, "x", "https://h.example")])

    assert (
        built == HTML.format("de") + '<p><a href="https://h.example">Reis</a> ist die Quelle.</p>'
    )


def test_an_edit_of_all_that_a_pair_holds_replaces_its_translation() -> None:
    page = article(HTML.format("en") + '<p>Source: <a href="x"><i>Rice</i> 1</a>.</p>')
    translations = translated(
        page, {"Source: <a1><i>Rice</i> 1</a1>.": "<a1>1 <i>Reis</i></a1> (Quelle)"}
    )

    built = render(page, translations, GERMAN, edits=[edit(page, "<i>Rice</i> 1", "Reis &amp; 2")])

    assert built == HTML.format("de") + '<p><a href="x">Reis &amp; 2</a> (Quelle)</p>'


def test_an_edit_within_a_passage_that_falls_back_applies() -> None:
    page = article(HTML.format("en") + '<p>Source: <a href="x">Rice</a>.</p>')

    built = render(page, untranslated(page), GERMAN, edits=[edit(page, "Rice", "Reis")])

    assert built == (HTML.format("de") + '<p lang="en" dir="ltr">Source: <a href="x">Reis</a>.</p>')


def test_insertions_at_one_place_come_in_the_order_given_between_marks() -> None:
    page = article(HTML.format("en") + "<div>Fish<p>Rice</p></div>")
    place = page.skeleton.text.index("<p>")
    insertions = [Edit(Span(place, place), "<hr>"), Edit(Span(place, place), "<br>")]

    built = render(page, untranslated(page), GERMAN, edits=insertions)

    assert built == (
        HTML.format("de") + '<div><span lang="en" dir="ltr">Fish</span><hr><br>'
        '<p lang="en" dir="ltr">Rice</p></div>'
    )


def test_an_insertion_may_stand_at_the_very_end() -> None:
    page = article("<p>Rice")
    end = len(page.skeleton.text)

    built = render(page, untranslated(page), ENGLISH, edits=[Edit(Span(end, end), "!")])

    assert built.endswith("<p>Rice!")


def test_a_passage_that_cannot_have_a_span_around_it_is_not_marked() -> None:
    page = article(HTML.format("en") + "<p>Rice</p>")
    (segment,) = page.segments
    page = replace(page, segments=(segment._replace(carrier=None, markable=False),))

    assert render(page, untranslated(page), GERMAN) == HTML.format("de") + "<p>Rice</p>"


def test_an_edit_wins_over_the_slot_at_its_place() -> None:
    page = article(HTML.format("en") + '<p><a href="x.html">Rice</a></p>')
    target = replace(UNMARKED, links={"x.html": "/de/x.html"})

    built = render(page, untranslated(page), target, edits=[edit(page, "x.html", "x.html")])

    assert built == HTML.format("de") + '<p><a href="x.html">Rice</a></p>'
