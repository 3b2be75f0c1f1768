from __future__ import annotations

from dataclasses import replace

import pytest

from polypage.building.render import render
from polypage.model import Edition, Target
from tests.render.pages import ARABIC, ENGLISH, article, untranslated

TARGET = replace(
    ARABIC,
    mark_fallback=False,
    url="https://h.example/ar/dose?a=1&b=2",
    alternates=(("ar", "https://h.example/ar/dose"), ("x-default", "https://h.example/dose")),
    editions=(
        Edition("en", "ltr", "English", "en_US", "../en/dose.html"),
        Edition("ar", "rtl", "العربية", "ar_AR", "dose.html"),
        Edition("vi", "ltr", "Tiếng Việt", "vi_VN", "../vi/dose.html"),
    ),
    links={"rice.html": "/ar/rice.html", "f.png": "/ar/f.png", "a b.html": '/ar/"a" b.html'},
    link_tags={"tea.html": "en", "own.html": "ar"},
)

LINKS = (
    '<link rel="alternate" hreflang="ar" href="https://h.example/ar/dose">\n'
    '<link rel="alternate" hreflang="x-default" href="https://h.example/dose">\n'
)
CANONICAL = '<link rel="canonical" href="https://h.example/ar/dose?a=1&amp;b=2">\n'

HEAD = '<html lang=en dir=ltr><head><meta charset=utf-8><link rel=canonical href="/">'
BUILT = (
    '<html lang="ar" dir="rtl"><head><meta charset=utf-8>'
    '<link rel=canonical href="https://h.example/ar/dose?a=1&amp;b=2">'
)

FILLED = {
    "language and direction in place of others": (
        "<html\tlang='en-US'   dir=auto class=x><head><meta charset=utf-8></head>",
        f'<html\tlang="ar"   dir="rtl" class=x><head><meta charset=utf-8>{CANONICAL}{LINKS}</head>',
    ),
    "the language for readers of XML": (
        "<html lang=en xml:lang='en-US' dir=ltr><head><meta charset=utf-8></head>",
        '<html lang="ar" xml:lang=\'ar\' dir="rtl"><head><meta charset=utf-8>'
        f"{CANONICAL}{LINKS}</head>",
    ),
    "a head that ends early for those without scripts": (
        "<html lang=en dir=ltr><head><meta charset=utf-8><noscript><link rel=x href=x></noscript>"
        "<script>1</script><noscript><img src=a alt=''></noscript><style></style></head>",
        '<html lang="ar" dir="rtl"><head><meta charset=utf-8><noscript><link rel=x href=x></noscript>'
        f"<script>1</script>{CANONICAL}{LINKS}<noscript><img src=a alt=''></noscript>"
        "<style></style></head>",
    ),
    "language and direction where there are none": (
        "<html class=x><head><meta charset=utf-8></head>",
        f'<html lang="ar" dir="rtl" class=x><head><meta charset=utf-8>{CANONICAL}{LINKS}</head>',
    ),
    "no html tag, no head, no encoding": (
        "<!doctype html>\n<p>Rice",
        f'<!doctype html>\n<html lang="ar" dir="rtl"><meta charset="utf-8">{CANONICAL}{LINKS}<p>Rice',
    ),
    "a page of text alone": (
        "Rice",
        f'<html lang="ar" dir="rtl"><meta charset="utf-8">{CANONICAL}{LINKS}Rice',
    ),
    "another encoding": (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=Windows-1252'></head>",
        '<html lang="ar" dir="rtl"><head><meta http-equiv=Content-Type'
        f" content='text/html; charset=utf-8'>{CANONICAL}{LINKS}</head>",
    ),
    "the direction of the body": (
        f"{HEAD}</head><body dir=ltr>",
        f'{BUILT}{LINKS}</head><body dir="rtl">',
    ),
    "a passage that says its language": (
        f'{HEAD}</head><p lang="en-GB">Rice',
        f'{BUILT}{LINKS}</head><p lang="ar">Rice',
    ),
    "other versions that the source names": (
        f"{HEAD}<link rel=alternate hreflang=de href=/de></head>",
        f"{BUILT}{LINKS}</head>",
    ),
    "Open Graph": (
        f"{HEAD}<meta property=og:url content='/'></head>",
        f"{BUILT}"
        f"<meta property=og:url content='https://h.example/ar/dose?a=1&amp;b=2'>{LINKS}</head>",
    ),
    "other languages for social media": (
        f"{HEAD}<meta property=og:locale content=en_GB>"
        "<meta property='og:locale:alternate' content=fr_FR></head>",
        f"{BUILT}<meta property=og:locale content=ar_AR>\n"
        '<meta property="og:locale:alternate" content="en_GB">\n'
        f'<meta property="og:locale:alternate" content="vi_VN">{LINKS}</head>',
    ),
    "structured data": (
        f'{HEAD}<script type="application/ld+json">{{"@type": "Article", "url": "https:\\/\\/h.example",'
        ' "inLanguage": "en"}</script></head>',
        f'{BUILT}<script type="application/ld+json">{{"@type": "Article",'
        f' "url": "https://h.example/ar/dose?a=1&b=2", "inLanguage": "ar"}}</script>{LINKS}</head>',
    ),
    "links": (
        f"{HEAD}</head><a href='rice.html'>1</a><a href=rice.html>2</a><a href = rice.html>3</a>"
        "<a href='a b.html'>4</a><a href=fish.html>5</a>",
        f"{BUILT}{LINKS}</head><a href='/ar/rice.html'>1</a><a href=\"/ar/rice.html\">2</a>"
        '<a href = "/ar/rice.html">3</a>'
        "<a href='/ar/&quot;a&quot;%20b.html'>4</a><a href=fish.html>5</a>",
    ),
    "the language of pages that links lead to": (
        f"{HEAD}</head><a href=tea.html>1</a><a class=x hreflang=en href='tea.html'>2</a>"
        "<map><area href='tea.html' alt=''></map><a hreflang=en href=own.html>3</a>"
        "<a href=own.html>4</a><a hreflang=fr href=other.html>5</a>",
        f'{BUILT}{LINKS}</head><a hreflang="en" href=tea.html>1</a>'
        "<a class=x hreflang=\"en\" href='tea.html'>2</a>"
        "<map><area hreflang=\"en\" href='tea.html' alt=''></map>"
        '<a hreflang="ar" href=own.html>3</a>'
        "<a href=own.html>4</a><a hreflang=fr href=other.html>5</a>",
    ),
    "addresses in structured data": (
        f'{HEAD}<script type="application/ld+json">{{"@type": "Article", "image": ["f.png", "x.png"],'
        ' "publisher": {"@type": "Organization", "url": "rice.html", "logo": {"@type": "ImageObject",'
        ' "url": "f.png"}}, "relatedLink": "rice.html"}</script></head>',
        f'{BUILT}<script type="application/ld+json">{{"@type": "Article",'
        ' "image": ["https://h.example/ar/f.png", "x.png"],'
        ' "publisher": {"@type": "Organization", "url": "rice.html", "logo": {"@type": "ImageObject",'
        ' "url": "https://h.example/ar/f.png"}}, "relatedLink": "https://h.example/ar/rice.html"}'
        f"</script>{LINKS}</head>",
    ),
    "images of several sizes": (
        f"{HEAD}</head><img src=f.png srcset='f.png 1x, f.png 2x, g.png 3x' alt=''>",
        f'{BUILT}{LINKS}</head><img src="/ar/f.png"'
        " srcset='/ar/f.png 1x, /ar/f.png 2x, g.png 3x' alt=''>",
    ),
}


@pytest.mark.parametrize(("source", "built"), FILLED.values(), ids=FILLED)
def test_what_differs_from_locale_to_locale_is_filled_in(source: str, built: str) -> None:
    page = article(source)

    assert render(page, untranslated(page), TARGET) == built


def test_without_an_address_no_address_is_written() -> None:
    page = article(f'{HEAD}<meta property="og:url" content="/"></head><a href="rice.html">1</a>')

    built = render(page, untranslated(page), ARABIC)

    assert built == page.skeleton.text.replace("lang=en dir=ltr", 'lang="ar" dir="rtl"')


def test_a_page_in_the_source_language_differs_in_addresses_alone() -> None:
    head = f'{HEAD}<meta property="og:locale" content="en_GB">'
    page = article(f'{head}</head><p lang="en-GB">Rice <a href="rice.html">here</a>')
    english = replace(ENGLISH, url="https://h.example/", links={"rice.html": "/en/rice.html"})

    built = render(page, untranslated(page), english)

    addresses = page.skeleton.text.replace('"/"', '"https://h.example/"')
    assert built == addresses.replace("rice.html", "/en/rice.html")


@pytest.mark.parametrize("target", [ARABIC, ENGLISH])
def test_a_page_in_utf_8_says_so_whatever_its_language(target: Target) -> None:
    page = article("<html><head><meta charset=latin1></head>Rice")

    assert "<meta charset=utf-8>" in render(page, untranslated(page), target)
