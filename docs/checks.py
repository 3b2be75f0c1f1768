"""Writes `docs/reference/checks.md` from the table of all checks, each of its examples tried.

make reference
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.po import format_entry
from polypage.checking.checklist import CHECKS
from polypage.checking.checks import check_entry
from polypage.checking.consistency import Placed, compare
from polypage.checking.glossary import Glossary, glossed
from polypage.checking.rows import Check, Example
from polypage.limits import Limits
from polypage.model import Entry, Finding
from polypage.profiles import profile
from tests.contents import content

PAGE = Path(__file__).with_name("reference") / "checks.md"

FIXED = ("font1", "font2")
"""The codes of the examples whose partners are elsewhere."""


def page() -> str:
    """Return the page of the reference."""
    families = groupby(CHECKS, key=lambda check: check.family)
    parts = (
        part
        for family, checks in families
        for part in (f"## {_title(family)}", *map(_section, checks))
    )
    return "\n\n".join((_HEAD.strip(), *parts, _TAIL.strip())) + "\n"


def found(example: Example) -> tuple[Finding, ...]:
    """Return what `polypage check` says of an example."""
    entry, glossary = _entry(example), Glossary(example.terms)
    own = check_entry(
        entry,
        content(entry.msgid, fixed=FIXED),
        profile(example.locale),
        path=_path(example, "rest"),
        limits=example.limits,
        glossary=glossary,
        roles=frozenset(filter(None, (example.role,))),
        approved=example.approved,
    )
    others = (
        Placed(_path(example, f"rest-{n}"), Entry(*other, line=12))
        for n, other in enumerate(example.others, start=1)
    )
    placed = Placed(_path(example, "rest"), entry)
    compared = [each for each in compare([*others, placed]) if each.path == placed.path]
    return (*own, *compared)


def _path(example: Example, name: str) -> str:
    return f"locales/{example.locale}/LC_MESSAGES/{name}.po"


def _entry(example: Example) -> Entry:
    comments = (example.comment,) if example.comment else ()
    return Entry(example.msgid, example.msgstr, translator_comments=comments, line=12)


def _title(family: str) -> str:
    return family[0].upper() + family[1:]


def _section(check: Check) -> str:
    message, *_ = (each.message for each in found(check.example) if each.code == check.code)
    return "\n\n".join(
        (
            f"### {check.code}",
            f"**{check.severity}** · {check.about}",
            *_blocks(check.example),
            f"`{message}`",
            check.advice,
            "Not found:",
            *_blocks(check.spared),
        )
    )


def _blocks(example: Example) -> Iterator[str]:
    yield _block(_told(example), example.locale)
    if example.approved:
        yield f"Approved: `{example.approved}`"
    if example.others:
        more = len(example.others) - 1
        yield "Elsewhere:" if more < _FEW else f"Elsewhere, and {more} more like it:"
        yield _block(Entry(*example.others[0]), example.locale)


_FEW = 5


def _told(example: Example) -> Entry:
    """Return the entry with what extracted comments tell of it."""
    entry = _entry(example)
    comments = (*filter(None, (example.role,)), *map(_limit, example.limits))
    told = replace(entry, extracted_comments=comments)
    return glossed(Catalog(None, (told,)), Glossary(example.terms)).entries[0]


def _limit(limits: Limits) -> str:
    if limits.storage:
        return f"at most {limits.storage.size} bytes in {limits.storage.encoding}"
    return f"characters: {limits.allowed}"


def _block(entry: Entry, locale: str) -> str:
    return f"```po locale={locale}\n{''.join(map(_visible, format_entry(entry)))}```"


def _visible(letter: str) -> str:
    """Write what nobody sees as catalogs may: the bytes of UTF-8 in octal."""
    if letter in " \n" or unicodedata.category(letter) not in {"Cc", "Cf", "Zs"}:
        return letter
    return "".join(f"\\{byte:03o}" for byte in letter.encode())


_HEAD = """\
# Checks

<!-- written by `make reference` from polypage/checking/checklist.py -->

`polypage check` looks at every finished translation; fuzzy ones are not published, and not looked at.
An error keeps the translation off the page: that passage stays in the source language, marked as such, and counts as untranslated.
A warning or an info does not; [findings](findings.md) tells what severities mean, and which findings are about something else.

Each check has a code that stays, for [waivers](#waiving-a-finding) and [settings](settings.md#checks), and a severity that projects may change.
Below its example stands what is said of it; below that an entry near it that is not found.
"""

_TAIL = """\
## Waiving a finding

Whoever knows better says so in a translator comment with the code and a reason, and the finding is gone:

```po
# polypage-ok: number-changed converted to the units used here
msgid "The patient weighed 150 lb."
msgstr "Le patient pesait 68 kg."
```

A waiver without a reason counts for nothing, and one that nothing needs any more is reported: see [waiver](#waiver).
When the source text changes, its waivers go.
What is wrong with inline codes cannot be waived, except `inline-empty`: without them the page cannot be built.
Neither can `blank`.

## How figures are read

In digits of any script and with the separators of the locale: 1.5 is `1,5` in German and `١٫٥` in Arabic, 1,000 is `1.000` in Vietnamese and `1 000` in French.
Where a figure could be both, the locale decides, and `number-format` says how to write what the source has: `1,000 mg` in a German text is one milligram.

Units are known by their symbols in all languages, and by name in Arabic, Chinese, English, French, German, Hindi, Indonesian, Italian, Japanese, Korean, Malay, Portuguese, Russian, Spanish, Thai and Vietnamese.
In these languages, figures may be spelled out too, bounds may be said in words (`at least`, `以上`), and denials are looked for.
A numeral counts as a whole: fifty is not five, in one word or in several.
½, 1/2 and 0.5 are the same, 2½ and 2.5 as well; type II is type 2.
1000 mg and 1 g are the same, 3:30 pm and 15 h 30, 2009 and the Thai year 2552; +1 800 555 0199 is one number however it is grouped.
Nothing is converted: 100 °F are not 38 °C, unless [somebody says so](#waiving-a-finding).

A denial must meet a denial, or a word that says the same: `not safe` and `unsafe`, `do not` and `avoid`.
What a translation says for `unless`, `except`, `without` or `stop` stands for no other denial of the source, and words that agree, `ne … pas`, are one.
`No more than` and its like deny nothing: they are bounds.

The tables in `polypage/language/lexicons` hold the words; a language is added with one more.

## What is compared

`polypage check` about a whole project also compares the translations of each locale with each other: the checks of [consistency](#consistency), and [length-odd](#length-odd).
What it finds can be [waived](#waiving-a-finding) like anything else.
"""
