"""What holds for a page's parts in ITS's own terms, inheritance and defaults included (ITS §8.1).

    resolve(document.elements, its)[12]         -> Marks(translate=False, language="fr")
    defaulted(marks, name="code").within_text   -> "yes": HTML's code stands within text

Pages go by verdicts, which say less: of languages, only whether it is the source's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from polypage.html.tree import Element
from polypage.limits import LocaleFilter
from polypage.rules.its import Its
from polypage.rules.its_marks import Marks, Term, WithinText, inherited, over


def resolve(elements: Sequence[Element], its: Its) -> tuple[Marks, ...]:
    """Return what holds for each element by what is said of it or of what it is in."""
    nothing = Marks()
    resolved: list[Marks] = []
    handed_down: list[Marks] = []
    for element in elements:
        above = handed_down[element.parent] if handed_down else nothing
        by_rules = over(above, its.rules.get(element.place))
        marks = over(by_rules, its.local.get(element.place))
        resolved.append(marks)
        handed_down.append(above if marks is above else inherited(marks))
    return tuple(resolved)


_TO_ATTRIBUTES: Final = (
    "language", "direction", "domains", "locales", "preserve_space", "annotators",
)  # fmt: skip
"""What holds for an element's attributes too."""


def of_attribute(above: Marks, said: Marks | None, *, name: str) -> Marks:
    """Return what holds for an attribute, by what is said of it and what holds for its element."""
    translate = above.translate if name in TRANSLATABLE_ATTRIBUTES else False
    return over(replace(_kept(above, _TO_ATTRIBUTES), translate=translate), said)


def _kept(marks: Marks, names: Sequence[str]) -> Marks:
    return Marks(**{name: getattr(marks, name) for name in names})


# --- defaults ---------------------------------------------------------------------------------

TRANSLATABLE_ATTRIBUTES: Final = frozenset(
    "abbr alt content download label lang placeholder srcdoc style title value".split()
)
"""Attributes that are translated where their element is (HTML §3.2.6, `translate`)."""

_PHRASING: Final = frozenset(
    "a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i img"
    " input ins kbd keygen label map mark math meter object output progress q ruby s samp select"
    " small span strong sub sup svg template time u var video wbr".split()
)
_NESTED: Final = frozenset("iframe noscript script textarea".split())


def defaulted(marks: Marks, *, name: str = "") -> Marks:
    """Fill in what holds where nothing is said, for an element with a name, or an attribute."""
    within_text: WithinText | None = None
    if name:
        within_text = "nested" if name in _NESTED else "yes" if name in _PHRASING else "no"
    return over(replace(_DEFAULTS, within_text=within_text), marks)


_DEFAULTS: Final = Marks(
    translate=True,
    term=Term(is_term=False),
    direction="ltr",
    locales=LocaleFilter(),
    preserve_space=False,
)
