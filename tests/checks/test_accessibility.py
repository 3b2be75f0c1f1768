"""Texts that only voices say are looked at for what they are."""

from __future__ import annotations

import pytest

from polypage.checking.checks import check_entry
from polypage.model import Entry
from polypage.profiles import profile
from polypage.runs.pipeline import run
from tests.conftest import MakeProject

CASES = """\
image text | de | A hand | hand_2.png | alt-filename
image text | de | A hand | Hand (groß).JPEG | alt-filename
image text | de | A hand | Eine Hand. |
image text | de | hand.jpg | hand.jpg |
paragraph | de | A hand | hand.png |
image text | fr | A hand | Image d’une main | alt-announced
image text | fr | A hand | Photographie des mains | alt-announced
image text | fr | Image of a hand | Image d'une main |
image text | ru | Sore skin | Фотодерматит |
image text | ru | Sore skin | Фото кожи | alt-announced
image text | th | A hand | รูปภาพของมือ | alt-announced
image text | ja | A hand | 手の写真 | alt-announced
image text | zh_Hant | A hand | 圖片:手 | alt-announced
image text for social media | vi | A hand | Hình ảnh bàn tay | alt-announced
paragraph | de | A hand | Bild von einer Hand |
label for screen readers | de | Close the menu | Close the menu | label-untranslated
label for screen readers | th | search | search | label-untranslated
label for screen readers | th | Facebook | Facebook |
label for screen readers | de | Menu | Menu |
label for screen readers | de | Close | Schließen |
paragraph | de | Rest well now | Rest well now |
"""


@pytest.mark.parametrize("line", CASES.splitlines())
def test_texts_that_voices_say_are_found_to_say_what_they_should(line: str) -> None:
    role, locale, msgid, msgstr, code = (cell.strip() for cell in line.split("|"))

    found = check_entry(
        Entry(msgid, msgstr), (msgid,), profile(locale), path="", roles=frozenset((role,))
    )

    said = {each.code for each in found}
    assert {each for each in said if each.startswith(("alt-", "label-"))} == {code} - {""}


PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Roller</title></head>
<body><p><img src="x.png" alt="A hand rolling"></p>
<button aria-label="Close the menu">Close</button>
<p class="disclaimer">Ask a doctor first.</p></body></html>
"""
SETTINGS = """\
[project]
locales = ["de"]
[notice]
on_missing = "ignore"
approved.de = "Fragen Sie zuerst einen Arzt."
"""
TRANSLATED = {
    "A hand rolling": "roller.png",
    "Close the menu": "Close the menu",
    "Ask a doctor first.": "Fragen Sie einen Arzt.",
}


def test_pages_say_which_texts_those_are(make_project: MakeProject) -> None:
    project = make_project({"polypage.toml": SETTINGS, "source_articles/roller.html": PAGE})
    run(project.root, stages=["extract", "update"])
    catalog = project.catalog_path("roller", "de")
    text = catalog.read_text("utf-8")
    for msgid, msgstr in TRANSLATED.items():
        before = f'msgid "{msgid}"\nmsgstr "'
        assert before in text
        text = text.replace(before, f"{before}{msgstr}")
    catalog.write_text(text, "utf-8")

    found = run(project.root, stages=["check"]).findings

    told = {each.code: each.message for each in found}
    assert told.keys() >= {"alt-filename", "label-untranslated", "disclaimer-unapproved"}
    assert told["disclaimer-unapproved"].endswith("Fragen Sie {+zuerst +}einen Arzt.")
