"""The sample articles: the first is worded as it was received, and all stand on their own feet."""

import hashlib
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "source_articles"
RECEIVED = SOURCES / "micro-needle-rolling.html"
ARTICLES = sorted(SOURCES.rglob("*.html"))
SHARED = Path(os.environ.get("POLYPAGE_SHARED", ROOT.parent / "shared"))

WORDING = "53e45626322784651d61e179be2fb04a3e7b33bcace26056c362bd500966030a"
"""SHA-256 of the received article's paragraphs, one a line, without bullets."""
PARAGRAPHS = {"title", "h1", "h2", "h3", "p", "li"}
NOT_RECEIVED = {"header", "nav", "form", "footer", "time"}
"""What stands on the page around the received text."""
VOID = {"img", "input", "link", "meta", "source", "track", "br"}


def test_the_received_article_keeps_its_wording_oddities_too() -> None:
    paragraphs = read_paragraphs(RECEIVED)

    assert hashlib.sha256("\n".join(paragraphs).encode()).hexdigest() == WORDING


def test_the_received_article_says_what_was_received() -> None:
    received = sorted(SHARED.glob("seed/*.txt"))
    if not received:
        pytest.skip("the text as received is not here; POLYPAGE_SHARED names its folder")

    paragraphs = read_paragraphs(RECEIVED)

    assert paragraphs == [
        line.strip().removeprefix("• ")
        for line in received[0].read_text("utf-8").splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_relative_link_leads_to_a_file_and_every_anchor_to_an_element(path: Path) -> None:
    broken = []
    for link in Page.read(path).links:
        target = urlsplit(urljoin(path.as_uri(), link))
        if target.scheme != "file":
            continue
        file = Path(target.path)
        if not file.is_file() or (target.fragment and target.fragment not in Page.read(file).ids):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_the_places_of_a_title_agree(path: Path) -> None:
    page = Page.read(path)
    heading = next(text for tag, text in page.texts if tag == "h1")

    assert page.texts[0] == ("title", heading)
    assert page.meta["og:title"] == page.meta["twitter:title"] == heading
    assert page.structured["headline"] == heading


def test_the_articles_share_their_furniture() -> None:
    furniture = {read_furniture(path) for path in ARTICLES}

    assert len(ARTICLES) == 3
    assert len(furniture) == 1


def read_paragraphs(path: Path) -> list[str]:
    """Give the texts of the page that came with the article: no furniture, no bullets."""
    return [text for _, text in Page.read(path).texts if text]


def read_furniture(path: Path) -> str:
    """Give the page's header, comment area and footer, without the number of its post."""
    parts = re.findall(
        r'<(?:header|section class="comments"|footer)\b.*?</(?:header|section|footer)>',
        path.read_text("utf-8"),
        re.DOTALL,
    )
    return re.sub(r'(name="comment_post_ID" value)="\d+"', r"\1", "\n".join(parts))


class Page(HTMLParser):
    """What the statements above are about, read with the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.meta: dict[str, str] = {}
        self.structured: dict[str, object] = {}

    @classmethod
    def read(cls, path: Path) -> "Page":
        page = cls()
        page.feed(path.read_text("utf-8"))
        page.close()
        page.texts = [(tag, " ".join(text.split())) for tag, text in page.texts]
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.ids |= {attributes["id"]} if "id" in attributes else set()
        self.links += [attributes[name] for name in ("href", "src", "poster") if name in attributes]
        if tag == "meta":
            key = attributes.get("property", attributes.get("name", ""))
            self.meta[key] = attributes.get("content", "")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "img":
            self.texts.append((tag, attributes["alt"]))
        elif tag in PARAGRAPHS:
            self.texts.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"]:
            self.structured = json.loads(data)
        elif PARAGRAPHS & set(self.open) and not NOT_RECEIVED & set(self.open):
            tag, text = self.texts[-1]
            self.texts[-1] = (tag, text + data)
