"""Texts that only voices say, or nobody sees: image texts, labels for screen readers.

IMAGE_TEXTS     {"image text", …}: the roles that such texts have in templates
[each.message for each in announced(passage)]     ["a screen reader says by itself that …"]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polypage.checking.contacts import without
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark
from polypage.html.vocabulary import META_ROLES, TEXT_ATTRIBUTES
from polypage.model import Span

IMAGE_TEXTS = frozenset(
    (TEXT_ATTRIBUTES["alt"], META_ROLES["og:image:alt"], META_ROLES["twitter:image:alt"])
)
SPOKEN = frozenset(role for name, role in TEXT_ATTRIBUTES.items() if name.startswith("aria-"))
ROLES = IMAGE_TEXTS | SPOKEN
"""The roles that these checks are about."""

_FILE = re.compile(r"[\w%()-]+(?:[ .][\w%()-]+)*\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)


def file_names(passage: Passage) -> Iterator[Remark]:
    """Find image texts that are the name of a file, where the source says something."""
    target = passage.target.strip()
    if not passage.roles & IMAGE_TEXTS or not _FILE.fullmatch(target):
        return
    if not _FILE.fullmatch(passage.source.strip()):
        start = passage.target.index(target)
        yield Remark(
            "the image text is the name of a file", target=(Span(start, start + len(target)),)
        )


_BEGINNINGS = {
    "ar": "صورة",
    "de": "bild von|bild zeigt|foto von|abbildung von|abbildung zeigt",
    "en": "image of|picture of|photo of|graphic of|illustration of",
    "es": "(?:imagen|foto|fotografía|ilustración) del?",
    "fr": r"(?:image|photo|photographie|illustration) (?:de|du|des|d['’]\w+)",
    "hi": "चित्र|तस्वीर",
    "id": "gambar|foto",
    "it": r"(?:immagine|foto|fotografia|illustrazione) (?:di|del|dei|della|delle|dell['’]\w+)",
    "ms": "gambar|foto",
    "nl": "afbeelding van|foto van",
    "pt": "(?:imagem|foto|fotografia|ilustração) (?:de|d[ao]s?)",
    "ru": "изображение|картинка|фото|фотография",
    "th": "รูปภาพของ|ภาพถ่ายของ|รูปของ",
    "vi": "hình ảnh|ảnh chụp|bức ảnh",
    "zh": "图片|圖片|照片|图像|圖像",
}
"""Words by which an image text says that it is one."""
_UNSPACED = frozenset("th zh".split())
_ENDINGS = {"ja": "の画像|の写真|のイラスト", "ko": "의 이미지|의 사진| 이미지| 사진"}
"""Where they come last."""


def announced(passage: Passage) -> Iterator[Remark]:
    """Find image texts that say of themselves that they are, where the source does not."""
    if passage.roles & IMAGE_TEXTS:
        said = _announcement(passage.target, passage.written.language)
        if said and not _announcement(passage.source, passage.spoken.language):
            message = "a screen reader says by itself that this is an image: say what it shows"
            yield Remark(message, target=(Span(*said.span()),))


def _announcement(text: str, language: str) -> re.Match[str] | None:
    if language in _ENDINGS:
        return re.search(rf"(?:{_ENDINGS[language]})(?=[.。]?\s*\Z)", text)
    beginnings = _BEGINNINGS.get(language)
    end = "" if language in _UNSPACED else r"(?!\w)"
    return re.match(rf"\s*(?:{beginnings}){end}", text, re.IGNORECASE) if beginnings else None


def unsaid(passage: Passage) -> Iterator[Remark]:
    """Find labels for screen readers that are the source text; a name may well be the same."""
    source, target = passage.source.split(), passage.target.split()
    if not passage.roles & SPOKEN or source != target:
        return
    words = re.findall(r"[^\W\d_]{2,}", without(passage.source))
    same_letters = passage.spoken.script == passage.written.script
    if len(words) > 1 or (words and words[0].islower() and not same_letters):
        where = (Span(0, len(passage.target)),)
        yield Remark("a voice of another language reads out the source text", target=where)
