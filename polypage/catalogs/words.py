"""How much text there is, in words, and how much of it is translated.

    count_words("Don't take 5 mg.")     4
    count_words("微針滾輪")              4

Scripts that put no blanks between words are counted by characters, as translators are paid.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.tags import TAG
from polypage.model import Coverage, Segment
from polypage.reading.inline import plain_text

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+(?:['\u2019.,-][^\W_]+)*"
)


@lru_cache(2_000)  # a source text is counted for each of its locales
def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(_WORD.findall(text))


def words_of(segments: Iterable[Segment]) -> int:
    """Count the words of segments; those of one entry are counted once."""
    distinct = {(segment.domain, segment.key): segment for segment in segments}
    return sum(count_words(plain_text(each.content, code=" ")) for each in distinct.values())


def coverage_of(catalog: Catalog, *, wrong: Collection[int] = ()) -> Coverage:
    """Measure a catalog by itself, without the pages that its entries stand on.

    `wrong` are the lines of errors, as far as they are known.
    """
    total = Coverage()
    for entry in catalog.live:
        words = count_words(TAG.sub(" ", entry.msgid))
        is_rejected = entry.usable and entry.told_line in wrong
        counts = entry.usable and not is_rejected
        total += Coverage(
            entries=1,
            translated=int(counts),
            fuzzy=int(entry.fuzzy),
            words=words,
            translated_words=words if counts else 0,
            rejected=int(is_rejected),
        )
    return total
