"""A made-up clinic: as many article pages as are wanted, and their catalogs, all translated.

    make(root, articles=100, locales=LOCALES[:10])

Pages have 3 to 40 KB, or fewer if asked for, and are of several kinds: guides, lists of questions,
tables of doses, steps with pictures; with metadata, JSON-LD, furniture that all share, and links
among them. The n-th page is the same in projects of all sizes, but for where its links lead.
Translations are the source's words in other letters: figures, codes and addresses stay.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from polypage.profiles import profile, tag
from polypage.project import load
from polypage.runs.pipeline import run

LOCALES = ("vi", "id", "th", "ar", "zh_Hant_TW", "es", "fr", "de", "pt_BR", "tr")
PAGES = {
    "bare": (1,),
    "small": (2_000, 3_000),
    "varied": (3_000, 4_000, 5_000, 6_000, 8_000, 8_000, 10_000, 12_000, 16_000, 24_000, 40_000),
}
"""Bytes that pages are to have, in turn: bare ones have a heading, furniture and metadata only; of
varied ones, as of real ones, most are small."""

_SETTINGS = """\
[project]
locales = [{locales}]
base_url = "https://clinic.example"
[site]
parts = [".site-header", ".site-footer", "p.disclaimer", "p.source-link"]
[notice]
source_link = "p.source-link a"
disclaimer = "p.disclaimer"
"""


def make(root: Path, *, articles: int, locales: Sequence[str], pages: str = "varied") -> None:
    """Write a project that has never been run; only its catalogs are there, and complete."""
    named = ", ".join(f'"{locale}"' for locale in locales)
    _write(root / "polypage.toml", _SETTINGS.format(locales=named))
    for number in range(articles):
        path = root / "source_articles" / f"{slug(number)}.html"
        _write(path, page(number, articles, pages))
    for name in _PICTURES:
        _write(root / f"source_articles/img/{name}.svg", _PICTURE.format(name))
    run(root, stages=("extract",))
    project = load(root)
    for number in (None, *range(articles)):
        own = "site" if number is None else slug(number)
        template = project.template_path(own)
        text = template.read_text("utf-8")
        for locale in locales:
            _write(project.catalog_path(own, locale), translated(text, locale))
        template.unlink()


def slug(number: int) -> str:
    """Name the n-th article."""
    return f"{_TOPICS[number % len(_TOPICS)][0]}/{_TOPICS[number % len(_TOPICS)][1]}-{number}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


# --- pages ------------------------------------------------------------------------------------

_TOPICS = (
    ("skin", "collagen"),
    ("skin", "needle-rolling"),
    ("heart", "blood-pressure"),
    ("heart", "walking"),
    ("sleep", "melatonin"),
    ("children", "fever"),
    ("medicine", "paracetamol"),
    ("medicine", "ibuprofen"),
    ("food", "iron"),
    ("food", "fibre"),
)
_PICTURES = ("needle", "tablet", "scale", "clock")
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><text>{}</text></svg>\n'

_WHO = ("An adult", "A child over 12", "A patient", "Somebody with asthma", "A nursing mother")
_DOES = ("takes", "measures", "writes down", "keeps", "begins with", "goes on with", "asks about")
_WHAT = (
    "the tablets",
    "the cream",
    "a warm drink",
    "the blood pressure",
    "a light meal",
    "the roller",
)
_WHEN = ("before sleep", "in the morning", "after a meal", "on the second day", "at the same time")
_WHY = ("because the skin heals at night", "so that the level stays even", "as the leaflet says")
_NOUNS = ("dose", "treatment", "recovery", "routine", "diagnosis", "exercise", "prevention")


def page(number: int, articles: int, pages: str = "varied") -> str:
    """Write the n-th page of so many."""
    chance = random.Random(number)  # noqa: S311 - the same pages every time
    title = f"{_sentence(chance)[:-1]}: {chance.choice(_NOUNS)} {number}"
    address = f"https://source.example/{slug(number)}/"
    size = PAGES[pages][number % len(PAGES[pages])]
    parts = [_head(chance, title, address), _INTRO.format(title=title)]
    kinds = chance.sample(_KINDS, 3)
    while sum(map(len, parts)) < size - len(_FOOT):
        parts.append(chance.choice(kinds)(chance, partial(_link, chance, number, articles)))
    return "".join((*parts, _FOOT.format(address=address, title=title)))


def _head(chance: random.Random, title: str, address: str) -> str:
    about = _sentence(chance)
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title,
        "description": about,
        "url": address,
        "inLanguage": "en",
    }
    return f"""\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="{about}">
<meta property="og:title" content="{title}"><meta property="og:locale" content="en_US">
<link rel="canonical" href="{address}">
<script type="application/ld+json">{json.dumps(data)}</script>
<style>body {{ font: 1rem/1.5 serif }} .note {{ border: 1px solid }}</style>
</head>
<body>
<header class="site-header"><a href="/">The clinic</a> <a href="/appointments">Appointments</a></header>
<main>
"""


_INTRO = "<article>\n<h1>{title}</h1>\n"
_FOOT = """</article>
<p class="disclaimer">These pages are for information only: ask a physician.</p>
<p class="source-link">Source: <a href="{address}">{title}</a></p>
</main>
<footer class="site-footer"><p>Open from Monday to Friday</p><p>© The clinic</p></footer>
</body>
</html>
"""


def _sentence(chance: random.Random) -> str:
    pools = (_WHO, _DOES, _WHAT, _WHEN, _WHY)
    who, does, what, when, why = (chance.choice(pool) for pool in pools)
    return f"{who} {does} {what} {when}, {why}."


def _figures(chance: random.Random) -> str:
    mg, hours, days = chance.randrange(5, 900, 5), chance.randint(2, 12), chance.randint(2, 28)
    return f"Take {mg} mg every {hours} hours for {days} days."


def _link(chance: random.Random, number: int, articles: int) -> str:
    """Write a link to another article, mostly to one of the same topic."""
    other = number + len(_TOPICS) * chance.randint(-5, 5) if chance.random() < 0.7 else number + 1
    return f'<a href="../{slug(other % articles)}.html">{chance.choice(_NOUNS)}</a>'


def _paragraphs(chance: random.Random, link: Callable[[], str]) -> str:
    texts = (
        f"{_sentence(chance)} <b>{_figures(chance)}</b> Read about {link()} too. {_sentence(chance)}"
        for _ in range(3)
    )
    return f"<h2>{_sentence(chance)}</h2>\n" + "".join(f"<p>{text}</p>\n" for text in texts)


def _steps(chance: random.Random, link: Callable[[], str]) -> str:
    items = "".join(f"<li>{_sentence(chance)} <em>{_figures(chance)}</em></li>\n" for _ in range(5))
    picture = chance.choice(_PICTURES)
    shown = f'<img src="../img/{picture}.svg" alt="{_sentence(chance)}">'
    caption = f"<figcaption>{_sentence(chance)} See {link()}.</figcaption>"
    return f"<h2>{_sentence(chance)}</h2>\n<ol>\n{items}</ol>\n<figure>{shown}{caption}</figure>\n"


def _table(chance: random.Random, link: Callable[[], str]) -> str:
    rows = "".join(
        f"<tr><th>{chance.choice(_WHO)} {n}</th><td>{_figures(chance)}</td>"
        f"<td>{chance.randint(1, 9)}</td></tr>\n"
        for n in range(6)
    )
    return f"<h2>Doses: {_sentence(chance)}</h2>\n<table>\n{rows}</table>\n<p>More: {link()}</p>\n"


def _questions(chance: random.Random, link: Callable[[], str]) -> str:
    pairs = [(f"What if {_sentence(chance)[:-1].lower()}?", _figures(chance)) for _ in range(3)]
    data = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": asked,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for asked, answer in pairs
        ],
    }
    shown = "".join(f"<h3>{asked}</h3>\n<p>{answer} {link()}</p>\n" for asked, answer in pairs)
    return f'{shown}<script type="application/ld+json">{json.dumps(data)}</script>\n'


def _note(chance: random.Random, link: Callable[[], str]) -> str:
    words = f"<strong>Warning:</strong> {_sentence(chance)} {_figures(chance)}"
    return f'<div class="note"><p>{words}<br>{link()}</p></div>\n<!-- {chance.random()} -->\n'


_KINDS = (_paragraphs, _steps, _table, _questions, _note)


# --- catalogs ---------------------------------------------------------------------------------

_SCRIPTS = {
    "th": "กขคงจชซดตถทนบปผพฟมยรลวสหอฮ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنه",
    "zh_Hant_TW": "人大小上下中日月水火木金土山石田力口手目耳心門車馬魚",
}
_SIGNS = {"ar": "،؟؛", "zh_Hant_TW": "，？；"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ACCENTS = {"vi": "ạẹịọụ", "id": "èéíòù", "es": "áéíóú", "fr": "âêîôû", "de": "äeiöü"}


def translated(template: str, locale: str) -> str:
    """Write a catalog of a template, with a translation for each entry."""
    header = f'"Language: {tag(locale)}\\n"\n"Plural-Forms: {profile(locale).plural_forms}\\n"\n'
    top, _, entries = template.partition("\n\n")
    own = re.sub(r'(?m)^"Language: .*\n|^"Plural-Forms: .*\n', "", top)
    fields = re.sub(r'(?m)^("Content-Transfer-Encoding: .*\n)', lambda m: m[1] + header, f"{own}\n")
    return f"{fields.strip()}\n\n{_ENTRY.sub(partial(_filled, locale), entries)}"


_ENTRY = re.compile(r'(?m)^msgid ((?:"(?:[^"\\\n]|\\.)*"\n)+)msgstr ""$')


def _filled(locale: str, entry: re.Match[str]) -> str:
    return f"msgid {entry[1]}msgstr {''.join(_rewritten(entry[1], locale)).rstrip()}"


def _rewritten(text: str, locale: str) -> Iterator[str]:
    letters = _letters(locale)
    for n, piece in enumerate(_KEPT.split(text)):
        yield piece if n % 2 else piece.translate(letters)


_KEPT = re.compile(r"(<[^>]*>|&[#\w]+;|\\.|https?://\S+|\d+(?:\.\d+)? (?:mg|hours|days))")


@cache
def _letters(locale: str) -> dict[int, str]:
    signs = dict(zip(",?;", _SIGNS.get(locale, ",?;"), strict=True))
    if script := _SCRIPTS.get(locale):
        both = zip(_LETTERS, script, strict=True), zip(_LETTERS.upper(), script, strict=True)
        return str.maketrans(signs | dict(both[0]) | dict(both[1]))
    accents = zip("aeiou", _ACCENTS.get(locale, "ǎěǐǒǔ"), strict=True)
    return str.maketrans(signs | dict(accents))
