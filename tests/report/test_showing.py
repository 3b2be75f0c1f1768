"""What people are shown of what the checks found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.model import Excerpt, Finding, Severity, Span
from polypage.runs.columns import width, wrapped
from polypage.runs.outcomes import Checked, Compared, Run
from polypage.runs.report import Page
from polypage.runs.showing import checked, excerpt
from polypage.runs.tallies import tallies

DOSE = Finding(
    "number-changed",
    Severity.ERROR,
    "5 mg has become 50 mg",
    "locales/vi/LC_MESSAGES/dose.po",
    12,
    Excerpt("Take 5 mg.", (Span(5, 9),)),
    Excerpt("Uống 50 mg.", (Span(5, 10),)),
)
SPACE = Finding(
    "space-odd",
    Severity.WARNING,
    "there is a space before ,",
    "locales/vi/LC_MESSAGES/dose.po",
    7,
    target=Excerpt("Uống , ăn.", (Span(5, 6),)),
)
SHARED = Finding("untranslated", Severity.INFO, "the same", "locales/vi/LC_MESSAGES/site.po", 3)
LENGTH = Finding("length-odd", Severity.WARNING, "too long", "locales/ar/LC_MESSAGES/a.po", 9)
NOTICE = Finding("notice-disclaimer-missing", Severity.ERROR, "none", "source_articles/dose.html")

RUN = Run(
    checked=(
        Checked("dose", "en", "dose.html"),
        Checked("dose", "vi", "d.po", checked=30, findings=(DOSE, SPACE, SHARED, NOTICE)),
        Checked("rest", "vi", "r.po", checked=12, findings=(SHARED,)),
        Checked("dose", "ar", "a.po", checked=4),
    ),
    compared=(Compared("ar", (LENGTH,)),),
)

SHOWN = """\
Found
  locales/ar/LC_MESSAGES/a.po:9: warning: too long (length-odd)

  locales/vi/LC_MESSAGES/dose.po:7: warning: there is a space before , (space-odd)
      msgstr  Uống ⟦,⟧ ăn.
  locales/vi/LC_MESSAGES/dose.po:12: error: 5 mg has become 50 mg (number-changed)
      msgid   Take ⟦5 mg⟧.
      msgstr  Uống ⟦50 mg⟧.

  source_articles/dose.html: error: none (notice-disclaimer-missing)

findings   2 errors, 2 warnings

locale  entries  errors  warnings
vi           42       1         1  numbers and units 1, punctuation and spaces 1
ar            4       0         1  length 1
"""


def shown(page: Page, limit: int | None = None) -> str:
    return "".join(f"{line}\n" for line in checked(RUN, page, limit=limit))


def test_findings_stand_by_catalog_with_the_words_that_they_are_about() -> None:
    assert shown(Page()) == SHOWN


def test_a_limit_leaves_out_warnings_first_and_says_so() -> None:
    text = shown(Page(), limit=2)

    assert "error: 5 mg" in text
    assert "error: none" in text
    assert "warning: too long" not in text
    assert "… and 2 more" in text


def test_a_terminal_shows_marks_by_its_own_means() -> None:
    page = Page(60, paint=lambda text, style: f"<{text}>" if style == "mark" else text)

    text = shown(page)

    assert "Uống <50 mg>." in text
    assert "⟦" not in text
    assert max(map(width, text.splitlines())) <= 62


def test_a_text_on_many_pages_counts_once() -> None:
    vi, ar = tallies(RUN)

    assert (vi.locale, vi.entries, vi.errors, vi.warnings, vi.infos) == ("vi", 42, 1, 1, 1)
    assert ar.families == {"length": 1}


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("Take 5 mg.", (5, 9), "Take ⟦5 mg⟧."),
        (f"{'a ' * 40}5 mg{' b' * 40}", (80, 84), "… a a ⟦5 mg⟧ b b b b b …"),
        (f"5 mg{' b' * 40}", (0, 4), "⟦5 mg⟧ b b b b b b b b…"),
        (f"{'藥' * 30}50 毫克{'物' * 30}", (30, 35), "…藥藥⟦50 毫克⟧物物物物…"),
        ("Ru\u200bhe", (2, 3), "Ru⟦U+200B⟧he"),
        ("One\nand\ttwo", (3, 4), "One⟦↵⟧and⇥two"),
    ],
    ids=["short", "middle", "start", "wide", "unseen", "line end"],
)
def test_what_is_around_the_words_is_cut_to_the_room(
    text: str, span: tuple[int, int], expected: str
) -> None:
    assert excerpt(Excerpt(text, (Span(*span),)), 24, Page()) == expected


@st.composite
def excerpts(draw: st.DrawFn) -> Excerpt:
    text = draw(st.text(st.sampled_from("ab 薬ก็é\u0301\n"), min_size=1, max_size=200))
    at = st.integers(0, len(text))
    ends = sorted(set(draw(st.lists(at, min_size=2, max_size=6))))
    pairs = [Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)]
    return Excerpt(text, tuple(pairs) or (Span(0, 1),))


@given(excerpts(), st.integers(40, 120))
def test_an_excerpt_keeps_to_its_room_and_marks_the_first_words(part: Excerpt, room: int) -> None:
    page = Page(room, paint=lambda text, style: f"\x02{text}" if style == "mark" else text)

    line = excerpt(part, room, page)

    assert width(line.replace("\x02", "")) <= room
    assert "\x02" in line


def test_an_excerpt_from_right_to_left_is_isolated_from_its_line() -> None:
    arabic = Excerpt("لمدة 42 ساعة.", (Span(5, 12),))

    assert excerpt(arabic, 60, Page(None)) == "\u2068لمدة ⟦42 ساعة⟧.\u2069"


@given(st.text(st.sampled_from("ab 薬ก็e\u0301-"), max_size=90), st.integers(4, 40))
def test_wrapped_lines_keep_to_their_width_and_lose_no_word(text: str, most: int) -> None:
    lines: Sequence[str] = [*wrapped(text, most)]

    assert all(width(line) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
