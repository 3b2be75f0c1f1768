"""The files are what their standards ask for, and another program reads in them what we wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from lxml import etree
from translate.storage import poxliff, tmx, xliff, xliff2

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.catalog import parse as parse_catalog
from polypage.exchange import codes
from polypage.exchange.formats import FORMATS
from polypage.model import Entry
from tests.catalog.strategies import catalogs
from tests.conftest import ROOT
from tests.exchange.files import bundle_of, catalog, read, written

SAMPLES = sorted((ROOT / "locales").rglob("*.po"))
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: "/".join(path.parts[-3:]))

_CODE = re.compile(r"</?[a-z][^<>]*>")


def plain(text: str) -> str:
    """Return a text as a tool shows it that leaves out inline codes."""
    return _CODE.sub("", text).replace("&lt;", "<").replace("&amp;", "&")


def sample(path: Any) -> Catalog:  # noqa: ANN401 - pytest's parameter
    return parse_catalog(path.read_bytes(), path=str(path))


# --- another program reads the same -----------------------------------------------------------


def opened(kind: Any, text: str) -> Any:  # noqa: ANN401 - it brings no types
    """Open a file with translate-toolkit."""
    return kind.parsestring(text.encode())


@each_sample
def test_translate_toolkit_reads_the_same_in_xliff_2(path: Any) -> None:  # noqa: ANN401
    made = sample(path)

    store = opened(xliff2.Xliff2File, written(made))

    read_there = [(unit.source, unit.target or "", unit.isfuzzy()) for unit in store.units]
    assert store.sourcelanguage == "en"
    assert read_there == [(plain(e.msgid), plain(e.msgstr), e.fuzzy) for e in made.entries]


@each_sample
@pytest.mark.parametrize("kind", [xliff.xlifffile, poxliff.PoXliffFile])
def test_translate_toolkit_reads_the_same_in_xliff_1(path: Any, kind: Any) -> None:  # noqa: ANN401
    made = sample(path)

    store = opened(kind, written(made, "xliff-1.2"))

    read_there = [(unit.source, unit.target or "", unit.isfuzzy()) for unit in store.units]
    assert read_there == [(plain(e.msgid), plain(e.msgstr), e.fuzzy) for e in made.entries]
    assert [unit.getnotes("developer") for unit in store.units] == [
        "\n".join(entry.extracted_comments) for entry in made.entries
    ]


def test_translate_toolkit_finds_references_states_and_comments() -> None:
    made = catalog(
        '# mine\n#. ours\n#: a.html:7 b.html\n#, fuzzy\n#| msgid "Ea"\nmsgid "Eat"\nmsgstr "Ăn"\n'
        '\nmsgctxt "menu"\nmsgid "Home"\nmsgstr "Nhà"\n\nmsgid "Rest"\nmsgstr ""\n'
    )

    eat, home, rest = opened(poxliff.PoXliffFile, written(made, "xliff-1.2")).units

    assert eat.getlocations() == ["a.html:7", "b.html"]
    assert eat.getnotes("translator") == "mine"
    assert [(old.source, old.target) for old in eat.getalttrans()] == [("Ea", "Ăn")]
    assert (eat.isapproved(), home.isapproved(), rest.isapproved()) == (False, True, False)
    assert home.getcontextgroups("po-entry") == [[("x-po-msgctxt", "menu")]]


@each_sample
def test_translate_toolkit_reads_the_finished_translations_in_tmx(path: Any) -> None:  # noqa: ANN401
    made = sample(path)

    store = opened(tmx.tmxfile, finished(made))

    # It shows the codes of TMX as text, in the form that catalogs have them.
    texts = [(unit.source, unit.target) for unit in store.units]
    assert [(plain(one), plain(other)) for one, other in texts] == [
        (plain(entry.msgid), plain(entry.msgstr)) for entry in made.entries if entry.usable
    ]


@pytest.mark.parametrize(
    ("form", "kind"), [("xliff", xliff2.Xliff2File), ("xliff-1.2", poxliff.PoXliffFile)]
)
def test_what_translate_toolkit_saved_is_read_back(form: str, kind: Any) -> None:  # noqa: ANN401
    made = catalog('msgid "Rest <b>well</b>."\nmsgstr ""\n\nmsgid "Drink"\nmsgstr "Uống"\n')
    store = opened(kind, written(made, form))
    store.units[1].target = "Hãy uống"
    store.units[1].marktranslated()

    bundle = read(bytes(store).decode(), form)

    assert [unit.reworded for unit in bundle.units] == [False, True]
    assert bundle.units[1].entry.msgstr == "Hãy uống"
    assert bundle.units[1].entry.usable


# --- XLIFF 2.1 --------------------------------------------------------------------------------

X = "{urn:oasis:names:tc:xliff:document:2.0}"
NMTOKEN = re.compile(r"[\w.:-]+")

CHILDREN = {
    "xliff": r"(file )+",
    "file": r"(metadata )?((unit|group) )+",
    "group": r"(metadata )?(unit )+",
    "unit": r"(metadata )?(notes )?(originalData )?(segment )+",
    "segment": r"source (target )?",
    "notes": r"(note )+",
    "originalData": r"(data )+",
    "metadata": r"(metaGroup )+",
    "metaGroup": r"(meta )+",
}
"""What stands in an element, and in which order (§4.2.2, §5.6 of XLIFF 2.1)."""

ATTRIBUTES = {
    "xliff": {"version", "srcLang", "trgLang", "{http://www.w3.org/XML/1998/namespace}space"},
    "file": {"id", "original", "canResegment"},
    "group": {"id", "type", "translate"},
    "unit": {"id", "translate"},
    "segment": {"id", "state", "subState"},
    "note": {"category"},
    "data": {"id"},
    "meta": {"type"},
    "metaGroup": {"category"},
    "cp": {"hex"},
    "pc": set(
        "id canCopy canDelete canReorder dataRefStart dataRefEnd dispStart dispEnd equivStart"
        " equivEnd type subType".split()
    ),
    "ph": set("id canCopy canDelete canReorder dataRef disp equiv type subType".split()),
    "sc": set("id canCopy canDelete canReorder dataRef isolated type subType".split()),
    "ec": set("id dataRef startRef isolated".split()),
}
"""Those we use of what the standard has for an element (§4.2)."""

CODES = {"pc", "ph", "sc", "ec"}


def local(element: Any) -> str:  # noqa: ANN401 - lxml's element
    return etree.QName(element).localname


def problems_of_xliff_2(root: Any) -> Iterator[str]:  # noqa: ANN401
    for element in root.iter():
        name = local(element)
        if name in CHILDREN:
            order = "".join(f"{local(child)} " for child in element)
            if not re.fullmatch(CHILDREN[name], order):
                yield f"{name} has {order}"
        if extra := set(element.attrib) - ATTRIBUTES.get(name, set()):
            yield f"{name} has {extra}"
        for attribute in ("id", "startRef", "dataRef", "dataRefStart", "dataRefEnd"):
            if attribute in element.attrib and not NMTOKEN.fullmatch(element.get(attribute)):
                yield f"{element.get(attribute)} is no NMTOKEN"
    for unit in root.iter(f"{X}unit"):
        yield from problems_of_unit(unit)
    ids = [unit.get("id") for unit in root.iter(f"{X}unit")]
    if len(ids) != len(set(ids)):
        yield "a unit's id is there twice (§4.3.1.21)"


def problems_of_unit(unit: Any) -> Iterator[str]:  # noqa: ANN401
    data = {each.get("id") for each in unit.iter(f"{X}data")}
    for side in ("source", "target"):
        for content in unit.iter(f"{X}{side}"):
            codes = [each for each in content.iter() if local(each) in CODES]
            ids = [each.get("id") for each in codes if each.get("id")]
            if len(ids) != len(set(ids)):
                yield f"an id is there twice in {side} (§4.3.1.21)"
            for code in codes:
                yield from problems_of_code(code, data, set(ids))
    for segment in unit.iter(f"{X}segment"):
        if segment.get("subState") and not segment.get("state"):
            yield "a subState without a state (§4.3.1.40)"


def problems_of_code(code: Any, data: set[str], ids: set[str]) -> Iterator[str]:  # noqa: ANN401
    for attribute in ("dataRef", "dataRefStart", "dataRefEnd"):
        if attribute in code.attrib and code.get(attribute) not in data:
            yield "a reference to no data (§4.3.1.11)"
    if code.get("canReorder") in {"no", "firstNo"} and not (
        code.get("canCopy") == code.get("canDelete") == "no"
    ):
        yield "what keeps its place may be copied (§4.3.1.6)"
    if (code.get("subType") or "").startswith("xlf:") and code.get("type") != "fmt":
        yield "a subType of formatting on what is none (§4.3.1.41)"
    if local(code) == "ec" and (code.get("isolated") == "yes") == bool(code.get("startRef")):
        yield "an end that is isolated and is not (§4.2.3.5)"
    if local(code) == "ec" and code.get("startRef") and code.get("startRef") not in ids:
        yield "an end without its start (§4.2.3.5)"


@each_sample
def test_a_sample_is_what_xliff_2_asks_for(path: Any) -> None:  # noqa: ANN401
    assert [*problems_of_xliff_2(etree.fromstring(written(sample(path)).encode()))] == []


@given(made=catalogs().filter(lambda made: made.entries))
def test_any_catalog_is_what_xliff_2_asks_for(made: Catalog) -> None:
    assert [*problems_of_xliff_2(etree.fromstring(written(made).encode()))] == []


def test_codes_that_stay_are_in_a_sequence_that_may_not_change() -> None:
    made = catalog('msgid "<font1/>Rest<br/>well<font2/>"\nmsgstr ""\n')
    (unit,) = bundle_of(made).units
    fixed = {unit.entry.key: frozenset({"font1", "font2"})}

    data = FORMATS["xliff"].serialize(bundle_of(made), fixed=fixed)

    root = etree.fromstring(data)
    rights = {code.get("id"): code.get("canReorder") for code in root.iter(f"{X}ph")}
    assert rights == {"font1": "firstNo", "br": None, "font2": "no"}
    assert [*problems_of_xliff_2(root)] == []


def test_translators_see_what_a_code_is() -> None:
    made = catalog('#. a1: link to x.html\nmsgid "Read <a1>this</a1><br/><b>now</b>"\nmsgstr ""\n')

    root = etree.fromstring(written(made).encode())

    seen = {
        code.get("id"): (code.get("dispStart") or code.get("disp"), code.get("type"))
        for code in root.iter(f"{X}pc", f"{X}ph")
    }
    assert seen == {"a1": ("link to x.html", "link"), "br": ("<br/>", "fmt"), "b": ("<b>", "fmt")}


# --- XLIFF 1.2 and TMX ------------------------------------------------------------------------


@given(made=catalogs())
def test_a_trans_unit_holds_what_it_may_in_the_order_of_xliff_1(made: Catalog) -> None:
    root = etree.fromstring(written(made, "xliff-1.2").encode())

    units = [unit for unit in root.iter() if local(unit) == "trans-unit"]
    orders = ["".join(f"{local(child)} " for child in unit) for unit in units]
    allowed = re.compile(r"source (target )?((context-group|note|alt-trans) )*(meta )*")
    assert [order for order in orders if not allowed.fullmatch(order)] == []
    assert len(units) == len(made.entries)


def test_codes_of_xliff_1_are_called_as_the_standard_has_it() -> None:
    made = catalog('msgid "<a1>x</a1><a2/><b>y</b><br/><img1/><svg1>z</svg1><q>w</q>"\nmsgstr ""\n')

    root = etree.fromstring(written(made, "xliff-1.2").encode())

    kinds = {code.get("id"): code.get("ctype") for code in root.iter() if code.get("ctype")}
    assert kinds == {
        "a1": "link",
        "a2": "x-html-a",
        "b": "bold",
        "br": "lb",
        "img1": "image",
        "svg1": "x-html-svg",
        "q": "x-html-q",
    }


@given(made=catalogs())
def test_a_memory_has_what_is_finished_and_gives_it_back(made: Catalog) -> None:
    usable = [each for each in made.entries if each.usable and each.plural is None]
    visible = [each for each in usable if each.msgid.strip() and each.msgstr.strip()]

    text = finished(made)
    bundles = FORMATS["tmx"].parse(text.encode(), path="dose.tmx")

    assert len(etree.fromstring(text.encode()).findall("body/tu")) == len(usable)
    assert [key(entry) for bundle in bundles for entry in bundle.catalog.entries] == [
        key(Entry(normal(each.msgid), normal(each.msgstr, each), each.context)) for each in visible
    ]


def finished(made: Catalog) -> str:
    """Return the memory that a catalog goes out as."""
    return FORMATS["tmx"].serialize(bundle_of(made).finished).decode()


def test_a_memory_may_have_what_is_fuzzy_and_says_so() -> None:
    made = catalog(
        '#, fuzzy\nmsgid "Eat"\nmsgstr "Ăn"\n\nmsgid "Rest"\nmsgstr "Nghỉ"\n'
        '\nmsgid "Open"\nmsgstr ""\n\n#~ msgid "Gone"\n#~ msgstr "Rồi"\n'
    )

    (bundle,) = FORMATS["tmx"].parse(written(made, "tmx").encode(), path="dose.tmx")

    assert [(unit.entry.msgid, unit.entry.fuzzy) for unit in bundle.units] == [
        ("Eat", True),
        ("Rest", False),
    ]


def key(entry: Entry) -> tuple[str | None, str, str]:
    return entry.context, entry.msgid, entry.msgstr


def normal(text: str, entry: Entry | None = None) -> str:
    """Write a text as the notation does: a memory does not keep how it was spelled."""
    return codes.notation(codes.of_msgstr(text, entry.msgid) if entry else codes.of_msgid(text))


def test_a_memory_that_others_filled_gets_our_names() -> None:
    memory = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="en-US" datatype="html"/><body>
<tu><prop type="x-domain">skin</prop>
<tuv xml:lang="EN-US"><seg>See <bpt i="1" x="1">&lt;a href="x.html"&gt;</bpt><hi>this</hi><ept
 i="1">&lt;/a&gt;</ept>, <bpt i="2" x="2">&lt;b&gt;</bpt>R&amp;D<ept i="2">&lt;/b&gt;</ept><ph
 x="3">&lt;img src="y.png"/&gt;</ph><ph>{0}</ph></seg></tuv>
<tuv xml:lang="vi-VN"><seg><bpt i="1" x="2">&lt;b&gt;</bpt>R&amp;D<ept i="1">&lt;/b&gt;</ept> xem
 <bpt i="2" x="1">&lt;a href="x.html"&gt;</bpt>đây<ept i="2">&lt;/a&gt;</ept><ph
 x="3">&lt;img src="y.png"/&gt;</ph><ph>{0}</ph></seg></tuv>
</tu></body></tmx>"""

    (bundle,) = FORMATS["tmx"].parse(memory.encode(), path="agency.tmx")

    (unit,) = bundle.units
    assert bundle.target == "vi-VN"
    assert unit.entry.msgid == "See <a1>this</a1>, <b>R&amp;D</b><img1/>{0}"
    assert unit.entry.msgstr == "<b>R&amp;D</b> xem\n <a1>đây</a1><img1/>{0}"
