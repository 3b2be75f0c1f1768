from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.profiles import profile
from polypage.reuse.fitting import fit_codes, fit_figures

CASES = Path(__file__).with_name("fitting.txt")
EN, VI = profile("en"), profile("vi")


def cases(title: str) -> Iterator[object]:
    part = CASES.read_text("utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    for line in part.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        yield pytest.param(*cells, id=f"{cells[0]} → {cells[2]}")


@pytest.mark.parametrize(("old", "msgstr", "new", "fitted"), [*cases("codes")])
def test_a_translation_gets_the_codes_of_another_text(
    old: str, msgstr: str, new: str, fitted: str
) -> None:
    assert (fit_codes(msgstr, old=old, new=new) or "-") == fitted


@pytest.mark.parametrize(("old", "msgstr", "new", "fitted"), [*cases("figures")])
def test_a_translation_gets_the_figures_of_another_text(
    old: str, msgstr: str, new: str, fitted: str
) -> None:
    assert (fit_figures(msgstr, old=old, new=new, spoken=EN, written=VI) or "-") == fitted


@pytest.mark.parametrize(
    ("locale", "msgstr", "new", "fitted"),
    [
        ("ar", "خذ ٥ ملغ.", "Take 2.5 mg.", "خذ ٢٫٥ ملغ."),
        ("ar", "خذ ٥ ملغ.", "Take 1,250 mg.", "خذ ١٬٢٥٠ ملغ."),
        ("ar", "خذ 5 ملغ.", "Take 10 mg.", "خذ 10 ملغ."),
        ("ar", "خُذْ 5 ملغ.", "Take 10 mg.", "خُذْ 10 ملغ."),
        ("fr", "Prenez 5 mg.", "Take 2.5 mg.", "Prenez 2,5 mg."),
        ("de_CH", "Nehmen Sie 5 mg.", "Take 1,250 mg.", "Nehmen Sie 1’250 mg."),
        ("th", "รับประทาน 5 มก.", "Take 10 mg.", "รับประทาน 10 มก."),
        ("zh_Hant_TW", "服用5毫克。", "Take 10 mg.", "服用10毫克。"),
    ],
)
def test_figures_are_written_as_their_locale_and_the_translation_do(
    locale: str, msgstr: str, new: str, fitted: str
) -> None:
    written = profile(locale)

    assert fit_figures(msgstr, old="Take 5 mg.", new=new, spoken=EN, written=written) == fitted


_PIECES = st.lists(
    st.sampled_from(["<a1>", "</a1>", "<a2>", "</a2>", "<b>", "</b>", "<br/>", "<x", "5", " mg "]),
    max_size=8,
).map("".join)


@given(_PIECES, _PIECES, _PIECES)
def test_what_comes_out_has_the_codes_of_its_text(msgstr: str, old: str, new: str) -> None:
    fitted = fit_codes(msgstr, old=old, new=new)

    if fitted is not None:
        assert fit_codes(fitted, old=new, new=new) == fitted
        for tag in ("<a1>", "</a1>", "<a2>", "</a2>", "<br/>"):
            assert fitted.count(tag) == new.count(tag)
