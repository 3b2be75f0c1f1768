"""Right translations, and errors made of them, each with its class.

The pairs lie in `tests/checks/quality`, one file for each language, as blocks of lines:

    - the source          + its translation          ! the same with a denial lost or added

A file's first lines name what it is of, the units (`~`), the comparisons (`=`), the months and
weekdays (`@`) and the hours (`%`) that can be taken for one another: `mg > g` makes grams of
milligrams, `<>` works both ways. Where a script has no sign for the end of a sentence, `¦` stands
for the blank that ends one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import ROOT

FOLDER = ROOT / "tests" / "checks" / "quality"


class Pair(NamedTuple):
    """A text and its right translation."""

    spoken: str
    written: str
    msgid: str
    msgstr: str
    wrong: str
    """The translation with a denial lost or added; empty where there is none."""


class Table(NamedTuple):
    """The pairs of one file."""

    name: str
    pairs: tuple[Pair, ...]
    units: tuple[tuple[str, str], ...]
    comparisons: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str], ...]
    """And weekdays."""
    hours: tuple[tuple[str, str], ...]


class Mutant(NamedTuple):
    """A translation that was right before one thing of it was changed."""

    kind: str
    msgstr: str


def tables() -> tuple[Table, ...]:
    """Read all the pairs there are."""
    return tuple(_table(path) for path in sorted(FOLDER.glob("*.txt")))


def _table(path: Path) -> Table:
    head, *blocks = path.read_text("utf-8").strip().split("\n\n")
    signs = {line[0]: line[2:] for line in head.split("\n")}
    pairs = tuple(_pair(path.stem, block.split("\n")) for block in blocks)
    return Table(path.stem, pairs, *(tuple(_swaps(signs.get(sign, ""))) for sign in "~=@%"))


def _pair(name: str, lines: list[str]) -> Pair:
    """Read a block; in the table of English as the target, its first line names the language."""
    named = [] if lines[0].startswith("- ") else [lines.pop(0)]
    texts = {line[0]: line[2:] for line in lines}
    spoken, written = (named[0], name) if named else ("en", name)
    return Pair(spoken, written, texts["-"], texts["+"], texts.get("!", ""))


def _swaps(line: str) -> Iterator[tuple[str, str]]:
    for item in filter(None, line.split(" | ")):
        both, one, other = _parted(item)
        yield one, other
        if both and other != ">":
            yield other, one


def _parted(item: str) -> tuple[bool, str, str]:
    one, sign, other = item.partition(" <> ")
    if not sign:
        one, sign, other = item.partition(" > ")
    assert sign, item
    return sign == " <> ", one.strip(), other.strip()


def shown(text: str) -> str:
    """Return a text as translators have it."""
    return text.replace("¦", " ")


# --- errors -----------------------------------------------------------------------------------


def mutants(pair: Pair, table: Table) -> Iterator[Mutant]:
    """Make the errors that a translation can have, some of each class."""
    text = pair.msgstr
    made = [
        *(("number", each) for each in _numbers(text)),
        *(("decimal", each) for each in _decimals(text)),
        *(("transposed", each) for each in _transposed(text)),
        *(("range", each) for each in _ranges(text)),
        *(("percent", each) for each in _percents(text)),
        *(("unit", each) for each in _swapped(text, table.units, figure=True)),
        *(("comparison", each) for each in _swapped(text, table.comparisons, figure=False)),
        *(("exchanged", each) for each in _exchanged(text)),
        *(("turned", each) for each in _turned(text)),
        *(("month", each) for each in _swapped(text, table.months, figure=False)),
        *(("year", each) for each in _years(text)),
        *(("hour", each) for each in _swapped(text, table.hours, figure=False)),
        *(("code", each) for each in _codes(text)),
        *(("sentence", each) for each in _sentences(pair)),
        *(("url", each) for each in _addresses(text)),
    ]
    if pair.wrong:
        made.append(("negation", pair.wrong))
    yield from (Mutant(kind, shown(msgstr)) for kind, msgstr in made if msgstr != text)


_HIDDEN = re.compile(r"<[^<>]*>|https?://[^\s<，。]+|\S+@\S+")


def _open(text: str) -> str:
    """Blank out tags and addresses, so that positions stay true."""
    return _HIDDEN.sub(lambda match: "\x00" * len(match[0]), text)


def _digit(value: int, like: str) -> str:
    return chr(ord(like) - unicodedata.decimal(like) + value)


def _numbers(text: str) -> Iterator[str]:
    for match in [*re.finditer(r"\d+", _open(text))][:3]:
        last = match[0][-1]
        if any(unicodedata.decimal(letter) for letter in match[0]):
            changed = _digit((unicodedata.decimal(last) + 1) % 10, last)
            if len(match[0]) > 1 or changed not in {"0", "٠", "०", "๐"}:
                yield text[: match.end() - 1] + changed + text[match.end() :]


_DECIMAL = re.compile(r"(?<![\d.,:/٫-])(\d{1,3})[.,٫](\d{1,2})(?![\d]|[.,:/٫]\d)")


def _decimals(text: str) -> Iterator[str]:
    for match in _DECIMAL.finditer(_open(text)):
        moved = (match[1] + match[2]).lstrip("0٠०๐") or "0"
        yield text[: match.start()] + moved + text[match.end() :]


def _transposed(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<!\d)\d{2,}", _open(text)):
        one, other = match[0][0], match[0][1]
        if one != other and unicodedata.decimal(other):
            yield text[: match.start()] + other + one + text[match.start() + 2 :]
            return


_BETWEEN = "|".join("a à bis đến hingga sampai ถึง إلى से до - – ~ 〜 ～ 至 到 から e al".split())
_RANGE = re.compile(rf"(\d+)\s?(?:{_BETWEEN})\s?(\d+)(?![\d:.,/-])")


def _ranges(text: str) -> Iterator[str]:
    for match in _RANGE.finditer(_open(text)):
        zero = _digit(0, match[2][0])
        yield text[: match.end()] + zero + text[match.end() :]


def _percents(text: str) -> Iterator[str]:
    # All of them: a range may have one for both its ends.
    without = re.sub(r"\s?[%٪％]|ร้อยละ\s?|\sप्रतिशत|\sपर्सेंट", "", text)
    if without != text:
        yield without


def _exchanged(text: str) -> Iterator[str]:
    """Let two figures change places, if there are no others."""
    figures = [*re.finditer(r"\d+(?:[.,٫]\d+)*", _open(text))]
    is_date = any(re.fullmatch(r"\d{4}", figure[0]) for figure in figures)
    if len(figures) == _TWO and figures[0][0] != figures[1][0] and not is_date:
        one, other = figures
        between = text[one.end() : other.start()]
        yield text[: one.start()] + other[0] + between + one[0] + text[other.end() :]


_TWO = 2
_DAY_AND_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})([./]|月|월 | tháng )(\d{1,2})(?=[./]\d{4}|日|일| năm)"
)


def _turned(text: str) -> Iterator[str]:
    """Let day and month change places."""
    match = _DAY_AND_MONTH.search(_open(text))
    if match and int(match[1]) != int(match[3]) and max(int(match[1]), int(match[3])) <= _MONTHS:
        turned = f"{match[3]}{match[2]}{match[1]}"
        yield text[: match.start()] + turned + text[match.end() :]


_MONTHS = 12


def _years(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<!\d)(?:19|20|25|١٩|٢٠)\d\d(?!\d)", _open(text)):
        other = _digit((unicodedata.decimal(match[0][2]) + 1) % 10, match[0][2])
        yield text[: match.start() + 2] + other + text[match.start() + 3 :]


_UNSPACED = r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u2100-\u214f°<>&]"
_COUNTED = r"(?<=[\d一二两三四五六七八九十한두세네])\s?"


def _swapped(text: str, swaps: tuple[tuple[str, str], ...], *, figure: bool) -> Iterator[str]:
    """Put the first word for a unit, or a comparison, in the place of another."""
    shut = _OTHERS.sub(lambda match: "\x00" * len(match[0]), text)
    for one, other in swaps:
        pattern = re.escape(one)
        if not re.match(_UNSPACED, one):
            letter = r"[^\W\d_]|[\u0900-\u0963]"
            pattern = (
                rf"(?<!\w){pattern}(?!{letter})"
                if not figure
                else rf"(?<![^\W\d_]){pattern}(?!{letter})"
            )
        elif figure and not one.startswith("°"):
            pattern = _COUNTED + pattern
        match = re.search(pattern, shut)
        if match:
            new = f" {other}" if " " in one and figure else other
            yield text[: match.start()] + new + text[match.end() :]


# Until a time or a stage, by the end, working days: no bounds and no units.
_OTHERS = re.compile(
    r"\bhasta (?:las?|el) |\baté as |\bjusqu’à 21 heures|\bдо (?:3[0-9]|3 %)|\bhingga 36"
    r"|bao giờ|trên 100|रात की हेल्पलाइन|nguyện viên|ngày trong tuần|hari (?:kerja|bekerja|Jumat|Jumaat|Senin|Isnin)"
    r"|hasta 2 horas antes|fino a 2 ore prima|até 2 horas antes|até às|до 12-й|до 2015|до 3 на|आधी रात"
    r"|años ochenta|anni Ottanta|anos 1980|hari Rabu|흔한 일"
    r"|tengah hari|(?:pagi|siang) hari|dias úteis|giorni feriali|anni Novanta|er-Jahren|कामकाजी दिनों|أيام الأسبوع"
)


def _codes(text: str) -> Iterator[str]:
    pair = re.search(r"<(\w+)>(.*?)</\1>", text)
    if pair:
        yield text[: pair.start()] + pair[2] + text[pair.end() :]
        yield text.replace(f"</{pair[1]}>", "", 1)
        yield text + f" {pair[0]}"


def _sentences(pair: Pair) -> Iterator[str]:
    if len(re.findall(r"[.!?](?=\s|\Z)", pair.msgid)) != 2:
        return
    ends = [match.end() for match in re.finditer(r"[.!?؟।。！？](?=\s|\Z)|[。！？]|¦", pair.msgstr)]
    if ends and ends[0] < len(pair.msgstr):
        yield pair.msgstr[: ends[0]].strip(" ¦")


def _addresses(text: str) -> Iterator[str]:
    for match in re.finditer(r"https?://[\w./-]*\w", text):
        last = "x" if match[0][-1] != "x" else "y"
        yield text[: match.end() - 1] + last + text[match.end() :]
