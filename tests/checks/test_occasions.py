"""A check finds nothing on the occasions on which it does not look."""

from __future__ import annotations

import re
from typing import get_args

from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.mutations import Pair, Table, mutants, shown, tables
from polypage.checking.checklist import CHECKS
from polypage.checking.glossary import Glossary, Status, Term
from polypage.checking.occasions import looking, occasions
from polypage.checking.passage import Passage, passage_of
from polypage.language.readings import Reading
from polypage.language.signals import Signal
from polypage.limits import Limits, Storage
from polypage.profiles import profile
from polypage.reading.inline import from_msgstr
from tests.contents import content

TABLES = tables()
LOCALES = [*(table.name for table in TABLES), "fr_CA", "zh_Hant", "el", "sr", "he", "nb", "my"]
ODDITIES = (
    "\u200b \u202e \u2066 \ufffd \u00ad \u2028 \x0b \x85 \u3164 \u00a0 \n \t e\u0301 が Ã© Ã\u00a0 Â é"
    " . … ? ! , ; : ؟ 。 » ” ( ) ¿ « -n't ab,cd a@b.example www.a.example/5 I IV Ⅳ ½ ٣ ５ 5 mg < ≥ Р\u0061к"
    " and no not one twice no\u00a0longer at\u00a0least month may 5\u00a0May the the ﬁ İ ß ა Σ ไม่ 不 3万 没有"
).split(" ")
"""What opens the way to checks, and what only seems to."""


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Take right translations, and wrong ones; then put something odd anywhere, or leave it out."""
    table = draw(st.sampled_from(TABLES))
    pair = draw(st.sampled_from(table.pairs))
    spoken, locale, msgstr = (
        pair.spoken,
        pair.written,
        draw(st.sampled_from(_versions(pair, table))),
    )
    if draw(st.booleans()):
        other = draw(st.sampled_from(LOCALES))
        spoken, locale = draw(st.sampled_from([(spoken, other), (other, locale)]))
    source = content(_changed(draw, pair.msgid))
    target = from_msgstr(_changed(draw, msgstr), source).content or (msgstr,)
    return passage_of(
        source,
        target,
        profile(spoken),
        profile(locale),
        limits=draw(st.sampled_from(((), (Limits(allowed="[a-z]", storage=Storage(9)),)))),
        glossary=draw(st.sampled_from((Glossary(), _GLOSSARY))),
        roles=draw(st.sampled_from(_ROLES)),
        approved=draw(st.sampled_from(("", msgstr))),
    )


def _versions(pair: Pair, table: Table) -> list[str]:
    others = (mutant.msgstr for mutant in mutants(pair, table))
    return [shown(pair.msgstr), pair.msgid, *others]


def _changed(draw: st.DrawFn, text: str) -> str:
    """Put some oddities in the place of some pieces of a text."""
    pieces = re.split(r"(\W)", text)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(pieces) - 1))
        pieces[place] = draw(st.sampled_from(["", " ", *ODDITIES]) | st.text(max_size=3))
    return "".join(pieces)


_ROLES = tuple(map(frozenset, ((), ("image text",), ("label for screen readers",))))
_GLOSSARY = Glossary(
    (
        Term("days", "jours"),
        Term("take", "nehmen", Status.FORBIDDEN),
        Term("mg", status=Status.DO_NOT_TRANSLATE),
    )
)


@given(passages())
def test_a_check_that_does_not_look_would_find_nothing(passage: Passage) -> None:
    given_ = occasions(passage)

    shut = [check for check in CHECKS if check.concerns and check.concerns not in given_]
    tongues = [check for check in CHECKS if not check.is_for(passage.written)]

    found = [(check.code, [*check.find(passage)]) for check in shut + tongues if check.find]
    assert [each for each in found if each[1]] == []


@given(passages())
@example(passage_of(("On 4March 2020.",), ("On 4 March 2020.",), profile("en"), profile("ar")))
@example(passage_of(("13 May 2026",), ("13 مايو 2026",), profile("ar"), profile("ar")))
@example(passage_of(("half a tablet",), ("نصف قرص",), profile("ms"), profile("ar")))
def test_what_nothing_signals_would_not_be_found(passage: Passage) -> None:
    everything = passage._replace(
        before=Reading(passage.before.text, told=_EVERYTHING),
        marks=passage.marks | _EVERYTHING,
    )

    for check in filter(None, (check.find for check in CHECKS)):
        assert [*check(passage)] == [*check(everything)]


_EVERYTHING = frozenset(get_args(Signal))


def test_checks_look_in_the_order_of_the_list() -> None:
    everything = frozenset(check.concerns for check in CHECKS if check.concerns)

    looks = looking("fr")[everything]

    wanted = [each for each in CHECKS if each.find and each.is_for(profile("fr"))]
    assert [check for check, _ in looks] == wanted


def test_what_is_off_does_not_look() -> None:
    everything = frozenset(check.concerns for check in CHECKS if check.concerns)

    looks = looking("fr", frozenset({"number-changed"}))[everything]

    assert "number-changed" not in {check.code for check, _ in looks}
    assert "number-missing" in {check.code for check, _ in looks}
