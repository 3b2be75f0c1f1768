"""Whatever a file holds, it is read or refused; nothing in it stops polypage or gets further."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog
from polypage.checking.glossary import Glossary, occurrences, read_csv
from polypage.checking.tbx import read_tbx
from polypage.errors import ExchangeError, GlossaryError
from polypage.exchange.formats import FORMATS
from polypage.exchange.formats import read as read_any
from polypage.exchange.taking import add, take
from tests.exchange.files import catalog, written
from tests.glossary.test_reading import DCA

MADE = catalog(
    '# mine\n#. a1: link to x\n#: a.html:7\n#, fuzzy\n#| msgid "Read <a1>it</a1>"\n'
    'msgid "Read <a1>this</a1><br/>now \\a"\nmsgstr "Xem <a1>đây</a1><br/>"\n'
    '\nmsgctxt "menu"\nmsgid "Rest"\nmsgstr "Nghỉ"\n\n#~ msgid "Gone"\n#~ msgstr "Rồi"\n'
)
FILES = {name: written(MADE, name) for name in FORMATS}

_FRAGMENTS = (
    *("<", ">", "&", '"', "]]>", "<!--", "&#0;", "&x;", "<a>", "</a>", "␛{", "\x01", "é"),
    *("<target/>", "<target>x</target>", '<pc id="a1">', "</pc>", '<ec startRef="9"/>', "<mrk>"),
    *('<cp hex="0"/>', '<cp hex="zz"/>', '<ph id=""/>', '<x id="."/>', "<g>y</g>", '<bpt i="1"/>'),
    *('order="99999999999999999999"', 'state=""', 'xml:lang=""', 'srclang="*all*"', "<seg/>"),
)


def damaged(text: str) -> st.SearchStrategy[str]:
    """Make damaged copies of a text: a stretch of it replaced by something else, once or twice."""
    place = st.integers(0, len(text))
    piece = st.sampled_from(_FRAGMENTS) | st.text(max_size=3)
    edit = st.tuples(place, st.integers(0, 40), piece)

    def apply(edits: list[tuple[int, int, str]]) -> str:
        damaged = text
        for start, length, new in edits:
            damaged = damaged[:start] + new + damaged[start + length :]
        return damaged

    return st.lists(edit, min_size=1, max_size=2).map(apply)


@given(text=st.sampled_from([*FILES]).flatmap(lambda name: damaged(FILES[name])))
def test_a_damaged_file_is_read_or_refused_and_costs_no_entry(text: str) -> None:
    try:
        _, bundles = read_any(text.encode("utf-8", "surrogatepass"), path="dose.xlf")
    except ExchangeError:
        return
    for bundle in bundles:
        taken = take(MADE, bundle, path="dose.xlf").catalog
        added = add(Catalog(), bundle, path="dose.xlf").catalog

        assert [entry.key for entry in taken.entries] == [entry.key for entry in MADE.entries]
        assert all(entry.msgid.strip() or entry.context is not None for entry in added.entries)
        assert all(
            new.translated or not old.translated
            for old, new in zip(MADE.entries, taken.entries, strict=True)
        )


TABLE = 'source;target;status;note\nscar;sẹo;;"a ""mark"""\nscar;thẹo;forbidden;\ncollagen;;do-not-translate;\n'


@given(text=damaged(TABLE))
def test_a_damaged_table_is_read_or_refused(text: str) -> None:
    try:
        terms = read_csv(text.encode("utf-8", "surrogatepass"), path="glossary.csv")
    except GlossaryError:
        return

    occurrences("Scars and collagen\n", Glossary(terms))

    assert all(term.source for term in terms)


@given(text=damaged(DCA))
def test_a_damaged_terminology_is_read_or_refused(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        terms = read_tbx(data, path="glossary.tbx", source="en", target="vi")
    except GlossaryError:
        return

    assert terms
    assert all(term.source for term in terms)
