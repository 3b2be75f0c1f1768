"""Whatever rules of ITS say of a page, each of its texts is accounted for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polypage.html.document import read
from polypage.model import Segmentation
from polypage.reading.extract import extract
from polypage.rules.its import read as read_its
from polypage.rules.its_telling import told
from polypage.rules.judging import Rules
from polypage.runs.stages.accounting import account_of
from tests.its.marking import parsed
from tests.strategies import pages

RULES = (
    '<translateRule selector="//h:p | //h:a" translate="no"/>',
    '<translateRule selector="//h:b | //h:li" translate="yes"/>',
    '<translateRule selector="//h:body" translate="no"/>',
    '<translateRule selector="//@title" translate="no"/>',
    '<translateRule selector="//@alt" translate="yes"/>',
    '<withinTextRule selector="//h:li | //h:div" withinText="yes"/>',
    '<withinTextRule selector="//h:a | //h:b" withinText="no"/>',
    '<withinTextRule selector="//h:span | //h:p" withinText="nested"/>',
    '<localeFilterRule selector="//h:p | //h:b" localeFilterList="fr"/>',
    '<localeFilterRule selector="//h:span" localeFilterList="*"/>',
    '<preserveSpaceRule selector="//h:div" space="preserve"/>',
    """<langRule selector="//h:b" langPointer="'fr'"/>""",
    '<targetPointerRule selector="//h:p" targetPointer="following-sibling::*[1]"/>',
    '<idValueRule selector="//h:*[@id]" idValue="@id"/>',
)


@given(
    pages() | pages(tidy=False),
    st.lists(st.sampled_from(RULES), min_size=1, max_size=4),
    st.sampled_from(("block", "sentence")),
)
def test_nothing_is_missed_whatever_rules_say(
    markup: str, said: list[str], segmentation: Segmentation
) -> None:
    page = f'<!doctype html><html lang="en"><meta charset="utf-8">{markup}'
    document = read((markup if markup.startswith("<!") else page).encode(), path="page.html")
    its = read_its(document, rules=parsed("".join(said)))
    article = extract(
        document, Rules(), slug="page", source_tag="en", segmentation=segmentation, its=its
    )

    found = account_of(article, source_tag="en", said=told(document.elements, its))

    assert found.missed == ()
