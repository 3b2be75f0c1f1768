"""What the rules say of each element of a page.

The elements asked about have an id; what is not asked about is what holds by default.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from polypage.errors import SettingsError
from polypage.html.document import read, select
from polypage.rules.judging import Flow, Rules, Verdict, judge, language

DEFAULT = Rules()
CASES: dict[str, tuple[Rules, str, dict[str, dict[str, Any]]]] = {
    "blocks, text, nested and opaque elements": (
        DEFAULT,
        "<p id=a>x<b id=b>x</b><select id=c></select><script id=d></script><x-y id=e></x-y>",
        {
            "a": {"flow": Flow.BLOCK},
            "b": {"flow": Flow.INLINE},
            "c": {"flow": Flow.NESTED},
            "d": {"flow": Flow.OPAQUE},
            "e": {"flow": Flow.INLINE},
        },
    ),
    "graphics": (
        DEFAULT,
        "<svg id=a><g id=b><text id=c>x<tspan id=d>x</tspan></text></g><style id=e></style>"
        "<foreignObject id=f><p id=g>x</p></foreignObject></svg>",
        {
            "a": {"flow": Flow.NESTED, "translate": False, "reason": "graphic"},
            "b": {"flow": Flow.BLOCK, "translate": False, "reason": "graphic"},
            "c": {"flow": Flow.BLOCK, "translate": True},
            "d": {"flow": Flow.INLINE, "translate": True},
            "e": {"flow": Flow.OPAQUE},
            "f": {"flow": Flow.BLOCK, "translate": True},
            "g": {"flow": Flow.BLOCK, "translate": True},
        },
    ),
    "translate is inherited, and can be said again": (
        DEFAULT,
        "<div id=a translate=no><p id=b>x<i id=c translate=yes>x<b id=d>x",
        {
            "a": {"translate": False, "reason": "translate"},
            "b": {"translate": False, "reason": "translate"},
            "c": {"translate": True, "reason": ""},
            "d": {"translate": True, "reason": ""},
        },
    ),
    "reasons": (
        Rules(skip=("#a",)),
        "<p id=a>x<p id=b class='x notranslate'>x<p id=c data-polypage-skip>x<p id=d lang=fr>x"
        "<p id=e class=notranslated>x",
        {
            "a": {"reason": "skip"},
            "b": {"reason": "notranslate"},
            "c": {"reason": "skip"},
            "d": {"reason": "language"},
            "e": {"reason": "", "translate": True},
        },
    ),
    "languages": (
        DEFAULT,
        "<div id=a lang=fr><p id=b lang=fr-CA>x<p id=c lang=EN-gb>x<p id=d xml:lang=en_US>x"
        "</div><p id=e lang=''>x<p id=f lang=eng>x",
        {
            "a": {"translate": False},
            "b": {"translate": False},
            "c": {"translate": True, "reason": ""},
            "d": {"translate": True},
            "e": {"translate": True},
            "f": {"translate": False},
        },
    ),
    "a language does not undo another rule": (
        Rules(skip=(".share",)),
        "<div lang=fr><p id=a class=share lang=en>x</p></div><p id=b translate=no lang=en>x",
        {"a": {"translate": False, "reason": "skip"}, "b": {"reason": "translate"}},
    ),
    "the page outweighs the settings": (
        Rules(skip=("p",), context={"p": "rule"}, note={"p": "rule"}),
        "<p id=a translate=yes data-polypage-context=page data-polypage-note=page>x<b id=b>x",
        {
            "a": {"translate": True, "context": "page", "notes": ("page", "rule")},
            "b": {"translate": True, "context": "page", "notes": ("page", "rule")},
        },
    ),
    "white space": (
        Rules(keep_space=("#a",)),
        "<div id=a>x<b id=b>x</b></div><pre id=c>x<i id=d style='white-space:normal'>x</i></pre>"
        "<p id=e style='color:red;WHITE-SPACE : pre-wrap'>x<p id=f xml:space=preserve>x<p id=g>x",
        {
            "a": {"preserve_space": True},
            "b": {"preserve_space": True},
            "c": {"preserve_space": True},
            "d": {"preserve_space": False},
            "e": {"preserve_space": True},
            "f": {"preserve_space": True},
            "g": {"preserve_space": False},
        },
    ),
    "catalogs": (
        Rules(site=("footer",), nested=(".source a",), drop=(".ad",)),
        "<footer id=a><p id=b class=source>x<a id=c href=x><b id=d>x</b></a></p></footer>"
        "<div id=e class=ad><p id=f>x",
        {
            "a": {"domain": "site"},
            "b": {"domain": "site"},
            "c": {"domain": "article", "flow": Flow.NESTED},
            "d": {"domain": "article", "flow": Flow.INLINE},
            "e": {"drop": True},
            "f": {"drop": True},
        },
    ),
    "flow by selectors": (
        Rules(inline=("div", "p"), block=("span", "p"), nested=("u",)),
        "<div id=a>x<span id=b>x<u id=c>x</u></span></div><p id=d>x",
        {
            "a": {"flow": Flow.INLINE},
            "b": {"flow": Flow.BLOCK},
            "c": {"flow": Flow.NESTED},
            "d": {"flow": Flow.INLINE},
        },
    ),
    "the last of several texts for one element counts": (
        Rules(note={"p": "one", ".x": "two"}, context={".x": "one", "p": "two"}),
        "<p id=a class=x>x<p id=b>x",
        {"a": {"notes": ("two",), "context": "two"}, "b": {"notes": ("one",), "context": "two"}},
    ),
    "the page's own note outweighs one for what is around": (
        Rules(note={"div": "around"}),
        "<div id=a><p id=b data-polypage-note=own>x</div><div><p id=c data-polypage-note=own>x</div>",
        {"a": {"notes": ("around",)}, "b": {"notes": ("own",)}, "c": {"notes": ("own",)}},
    ),
}


@pytest.mark.parametrize(("rules", "page", "expected"), CASES.values(), ids=CASES)
def test_the_rules_say_of_each_element(
    rules: Rules, page: str, expected: dict[str, dict[str, Any]]
) -> None:
    verdicts = judged(page, rules)

    said = {
        name: {field: getattr(verdicts[name], field) for field in fields}
        for name, fields in expected.items()
    }
    assert said == expected


def test_the_roots_language_is_what_the_settings_say() -> None:
    assert judged("<html id=a lang=fr><p id=b>x", DEFAULT)["b"].translate


def test_elements_of_which_nothing_is_said_share_a_verdict() -> None:
    verdicts = judged("<div id=a><div id=b><p id=c>x<p id=d>x</div></div>", DEFAULT)

    assert verdicts["a"] is verdicts["b"]
    assert verdicts["c"] is verdicts["d"]


@pytest.mark.parametrize(
    "rules", [Rules(skip=("p[",)), Rules(note={"p >": "x"}), Rules(context={"::x": "y"})]
)
def test_a_rule_without_a_sound_selector_is_an_error(rules: Rules) -> None:
    with pytest.raises(SettingsError):
        judged("<p>x", rules)


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "en"), ("en-GB", "en"), ("zh_Hant_TW", "zh"), ("EN", "en"), ("", "")]
)
def test_a_tags_language_is_its_first_part(tag: str, name: str) -> None:
    assert language(tag) == name


def judged(page: str, rules: Rules) -> dict[str, Verdict]:
    """Return the verdicts on the elements that have an id."""
    document = read(page.encode(), path="source_articles/page.html")
    verdicts = judge(document, rules, partial(select, document), source_tag="en")
    named = ((element.attribute("id"), element.place) for element in document.elements)
    return {name: verdicts[place] for name, place in named if name}
