"""Which of a million texts may be like another one: an index of the words in them.

    index = Index(folder, make=True)
    index.change(removed=(), added=[Indexed(7, "Roll twice a day.", ("vi", "ar"))])
    index.candidates("Roll once a day.", "vi")      [7]

Texts are found by their rarest words. Scripts without blanks between words are cut into groups of
letters: two where a sign is a syllable or a word (Chinese, Japanese, Korean), three where it is a
sound (Thai, Lao, Khmer, Burmese). Texts of a few words are found by groups of letters as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import tantivy

from polypage.errors import DamagedError


class Indexed(NamedTuple):
    """A text, its number, and the locales it is translated into."""

    number: int
    text: str
    locales: tuple[str, ...]


_POSTINGS = 300_000
"""How many occurrences of a query's words are looked at: what a search costs at most, nearly."""
_FEWEST, _MOST = 8, 64
"""How many of its words are looked for, the rarest first, however frequent they are."""
_CANDIDATES = 100
"""Twice as many where a text is found by groups of letters: they tell less than words do."""
_COMMON = 0.5
"""The share of texts in a locale from which on it is cheaper to look at some texts too many."""


class Index:
    """The index in a folder; all methods raise DamagedError if it cannot be used.

    It is made only where that is asked for.
    """

    def __init__(self, folder: Path, *, make: bool = False) -> None:
        if not make and not (folder / "meta.json").is_file():
            raise DamagedError(f"{folder}: there is no index")
        with _watched():
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(_SCHEMA, str(folder))
            self._searcher = self._index.searcher()

    def change(self, *, removed: Iterable[int], added: Iterable[Indexed]) -> None:
        """Take texts out and put others in; one that is in already must be removed to be changed."""
        with _watched():
            writer = self._index.writer(_MEMORY, 1)
            for number in removed:
                writer.delete_documents_by_term("number", number)
            for text in added:
                writer.add_document(_document(text))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()
            self.__dict__.pop("_total", None)

    @property
    def size(self) -> int:
        """How many texts are in it."""
        return self._total

    def candidates(self, text: str, locale: str) -> list[int]:
        """Return the numbers of texts with a translation that may be like this one, best first."""
        with _watched():
            translated = self._searcher.doc_freq("locales", locale)
            if not translated:
                return []
            words = [_term("tokens", word) for word in self._telling(text)]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
            share = translated / self._total
            if share < _COMMON:
                in_locale = tantivy.Query.const_score_query(_term("locales", locale), 0)
                query = tantivy.Query.boolean_query(
                    [(tantivy.Occur.Must, query), (tantivy.Occur.Must, in_locale)]
                )
            most = _CANDIDATES if share < _COMMON else int(_CANDIDATES / share)
            most *= 2 if _UNPARTED.search(text) else 1
            hits = self._searcher.search(query, limit=most, count=False).hits
            numbers = self._searcher.fast_field_values("number", [place for _, place in hits])
            return [number for number in numbers if isinstance(number, int)]

    @cached_property
    def _total(self) -> int:
        return self._searcher.num_docs

    def _telling(self, text: str) -> Iterator[str]:
        """Yield the rarest words of a text, until the search would cost too much."""
        words = ((self._searcher.doc_freq("tokens", word), word) for word in set(tokens(text)))
        looked_at = 0
        for n, (count, word) in enumerate(sorted(each for each in words if each[0])):
            looked_at += count
            if n >= _MOST or (n >= _FEWEST and looked_at > _POSTINGS):
                return
            yield word


_MEMORY = 32_000_000
"""Bytes that a writer takes before it writes a part of the index; half as many cost searches."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("locales", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


_SCHEMA = _schema()
_OPTIONS = {"tokens": "freq", "locales": "basic"}


def _term(field: str, word: str) -> tantivy.Query:
    return tantivy.Query.term_query(_SCHEMA, field, word, _OPTIONS[field])


def _document(text: Indexed) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("number", text.number)
    document.add_text("tokens", " ".join(tokens(text.text)))
    document.add_text("locales", " ".join(text.locales))
    return document


@contextmanager
def _watched() -> Iterator[None]:
    """Tell a broken index from a broken program: there is only one thing to do about the former."""
    try:
        yield
    except (OSError, ValueError, RuntimeError, SystemError) as error:
        raise DamagedError(str(error)) from error
    except BaseException as error:
        # The library's own failed assertions, which bad bytes lead to, are no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedError(str(error)) from error


# --- words ------------------------------------------------------------------------------------

_SYLLABLES = (
    r"\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_SOUNDS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_RUN = re.compile(rf"([{_SYLLABLES}]+)|([{_SOUNDS}]+)|[^\W{_SYLLABLES}{_SOUNDS}]+")
_UNPARTED = re.compile(rf"[{_SYLLABLES}{_SOUNDS}]")
_WORD = re.compile(r"\w+")
_LONGEST = 40
"""Letters of a word that count: what is longer is an address, or no word."""
_FEW_WORDS = 4


def tokens(text: str) -> list[str]:
    """Return what a text is found by, in its order.

    >>> tokens("Roll the skin twice a day, gently")
    ['roll', 'the', 'skin', 'twice', 'a', 'day', 'gently']
    >>> tokens("每日兩次")
    ['每日', '日兩', '兩次']
    """
    letters = text.casefold()
    if _UNPARTED.search(letters):
        return [token for run in _RUN.finditer(letters) for token in _cut(run)]
    words = [word[:_LONGEST] for word in _WORD.findall(letters)]
    if len(words) > _FEW_WORDS:
        return words
    # The sign tells a group of letters from a word.
    return [*words, *(f"~{group}" for word in words for group in _groups(word, 3))]


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a text as it is found by them, or groups of letters where none are parted."""
    return (token for token in tokens(text) if not token.startswith("~"))


def _cut(run: re.Match[str]) -> list[str]:
    if run[1]:
        return _groups(run[1], 2)
    return _groups(run[2], 3) if run[2] else [run[0][:_LONGEST]]


def _groups(letters: str, size: int) -> list[str]:
    return [letters[start : start + size] for start in range(max(1, len(letters) - size + 1))]
