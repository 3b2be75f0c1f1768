"""Real pages in old encodings, or in none that they name: they come out as right UTF-8."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from benchmarks.measuring import as_article, built, echoed, pages
from tests.judging import judge


def test_real_pages_in_other_encodings_come_out_in_utf_8(shared: Path) -> None:
    encodings = declared(shared)
    referee = judge(shared, "dom_equal")
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for name, data in pages(shared / "corpora/articles-dev.tar.xz"):
        if encodings[name] == "utf-8":
            continue
        article = as_article(name, data)
        page = built(article, echoed(article))
        seen[encodings[name]] += 1
        # The judge finds out by itself what each of them is written in.
        is_same = referee.diff(data, page, ws="render", ignore_locale=True) is None
        unread = page.decode("utf-8").count("�") - referee.decode(data).count("�")
        if not is_same or unread or b"utf-8" not in page.lower():
            wrong.append(name)

    assert wrong == []
    assert seen == {"": 26, "iso-8859-1": 7, "iso-8859-2": 1, "windows-1250": 1, "windows-1252": 2}


def declared(shared: Path) -> dict[str, str]:
    """Return the encoding that each page names; empty where it names none."""
    with (shared / "corpora/articles-dev.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row["charset"] or "" for row in csv.DictReader(lines, delimiter="\t")}
