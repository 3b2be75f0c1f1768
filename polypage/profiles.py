"""What a locale brings with it: names, direction, plural forms, number symbols; all from CLDR.

    >>> profile("zh-Hant-TW")
    Profile(locale='zh_Hant_TW', tag='zh-Hant-TW', direction='ltr', …, og_locale='zh_TW', …)

Locales are written as translators' tools write their folders (`zh_Hant_TW`) or as browsers do
(`zh-Hant-TW`); a locale keeps the subtags it is written with, so `zh_TW` stays `zh_TW`.

CLDR does not know the pseudo-locales `en_XA` and `ar_XB`: they have the profiles of English and
Arabic under names of their own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global, get_locale_identifier, parse_locale
from babel.localedata import locale_identifiers
from babel.numbers import parse_pattern
from babel.plural import PluralRule

from polypage.errors import SettingsError
from polypage.model import Direction
from polypage.plurals import expression


@dataclass(frozen=True)
class Profile:
    """What is known of a locale."""

    locale: str
    """As in file names: `zh_Hant_TW`."""
    tag: str
    """The BCP 47 language tag, as in `lang`: `zh-Hant-TW`."""
    direction: Direction
    name: str
    """In English."""
    native_name: str
    plural_forms: str
    """The value of a catalog's Plural-Forms field."""
    og_locale: str
    """As in `og:locale`: always with a territory, `vi_VN` for `vi`."""
    decimal: str = "."
    """What parts a number's fraction from its whole where Latin digits are used."""
    group: str = ","
    """What parts its thousands, likewise."""
    script: str = "Latn"
    """The script it is written in, by ISO 15924: `Thai`, `Hant`."""

    @cached_property
    def language(self) -> str:
        """The language alone: `zh`."""
        return self.locale.split("_", 1)[0]


PSEUDO_LOCALES = ("en_XA", "ar_XB")
"""The locales for testing, which have no catalogs; `polypage.building.pseudo` translates into them."""


@cache
def profile(locale: str) -> Profile:
    """Tell what is known of a locale.

    Raises:
        SettingsError: CLDR does not know the locale; the remedy names those spelled nearly so.
    """
    found, name = _parse(locale)
    symbols = found.number_symbols.get("latn", {})
    pseudo = _PSEUDO_NAMES.get(name)
    return Profile(
        locale=name,
        tag=tag(locale),
        direction="rtl" if found.text_direction == "rtl" else "ltr",
        name=pseudo or found.get_display_name("en") or name,
        native_name=pseudo or found.get_display_name() or name,
        plural_forms=_plural_forms(found.plural_form),
        og_locale=_og_locale(found, name),
        decimal=symbols.get("decimal", "."),
        group=symbols.get("group", ","),
        script=_script(found),
    )


_PSEUDO_NAMES = {"en_XA": "Pseudo-English (accents)", "ar_XB": "Pseudo-Arabic (right to left)"}


def is_pseudo(locale: str) -> bool:
    """Say whether a locale, or a language tag, is one for testing: its pages are not for readers."""
    return locale.replace("-", "_") in PSEUDO_LOCALES


@cache
def spelling(locale: str) -> str:
    """Spell a locale as the project does: `pt-br` is `pt_BR`. Much quicker than a profile.

    Raises:
        SettingsError: as `profile`.
    """
    return _parse(locale)[1]


def tag(locale: str) -> str:
    """Return the BCP 47 language tag of a locale; as quick as its spelling.

    Raises:
        SettingsError: as `profile`.
    """
    return spelling(locale).replace("_", "-")


def _parse(written: str) -> tuple[Locale, str]:
    """Look a locale up, and spell it as the project does."""
    for pseudo in PSEUDO_LOCALES:
        if written.replace("-", "_").lower() == pseudo.lower():
            return Locale(pseudo.split("_")[0]), pseudo
    # An encoding or modifier (`vi_VN.UTF-8`, `sr@latin`) would be dropped without a word.
    if re.fullmatch(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*", written):
        try:
            parts = parse_locale(written.replace("-", "_"))
            if parts[0] != "root":
                return Locale.parse(written, sep=_separator(written)), get_locale_identifier(parts)
        except (ValueError, UnknownLocaleError):
            pass
    raise SettingsError(written, "no locale of this name is known", remedy=_remedy(written))


def _separator(written: str) -> str:
    return "-" if "-" in written else "_"


def _remedy(written: str) -> str | None:
    near = _near_matches(written)
    return f"did you mean {' or '.join(repr(locale) for locale in near)}?" if near else None


def _near_matches(written: str) -> list[str]:
    """Find the locales that may be meant, the likeliest first, three at most."""
    subtags = [subtag.lower() for subtag in re.findall(r"[^\W_]+", written.partition(".")[0])]
    if not subtags:
        return []
    known = {identifier.lower(): identifier for identifier in locale_identifiers()}
    meant = [*_of_country(subtags[0]), *_called(subtags[0])] if len(subtags) == 1 else []
    near = difflib.get_close_matches("_".join(subtags), known, n=3, cutoff=0.75)
    guesses = dict.fromkeys([*meant, *near, subtags[0]])
    return [known[guess] for guess in guesses if guess in known][:3]


def _of_country(subtag: str) -> Iterator[str]:
    """Find the language of a country: `vn`, `jp` and `cz` are the usual slips."""
    likely = get_global("likely_subtags").get(f"und_{subtag.upper()}")
    return iter([likely.split("_")[0]] if likely else [])


def _called(wanted: str) -> Iterator[str]:
    """Find languages by their English names."""
    return (code for code, name in Locale("en").languages.items() if name.lower() == wanted)


# --- og:locale --------------------------------------------------------------------------------

# Facebook, which gave og:locale its form and reads it most strictly, has its own names for these.
_OG_NAMES = {"ar": "ar_AR", "es_419": "es_LA", "fil": "tl_PH"}
_OG_NAMES |= {locale: locale for locale in PSEUDO_LOCALES}


def _script(found: Locale) -> str:
    likely = get_global("likely_subtags").get(found.language, "")
    return found.script or next(iter(re.findall(r"_([A-Z][a-z]{3})(?:_|$)", likely)), "Latn")


def _og_locale(found: Locale, name: str) -> str:
    """Name language and territory, the likely one where the locale names none."""
    if name in _OG_NAMES:
        return _OG_NAMES[name]
    likely = get_global("likely_subtags")
    script = f"{found.language}_{found.script}" if found.script else found.language
    full = likely.get(script) or likely.get(found.language) or found.language
    territory = found.territory or full.rsplit("_", 1)[-1]
    return f"{found.language}_{territory}" if territory != found.language else found.language


# --- plural forms -----------------------------------------------------------------------------

_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def _plural_forms(rule: PluralRule) -> str:
    """Write CLDR's rule for whole numbers as gettext does.

    A form that no number below a thousand takes is left out, as translators' editors leave it out:
    the `many` of French and Spanish is for whole millions, the `other` of Polish for fractions.
    """
    # None of CLDR's has a form for a number between 200 and 1000 that no smaller one takes.
    taken = {rule(number) for number in range(201)}
    forms = [category for category in _CATEGORIES if category in taken]
    tests = [expression(rule.rules[category]) for category in forms[:-1]]
    if len(tests) == 1:
        return f"nplurals=2; plural=({_NEGATED.get(tests[0], f'{tests[0]} ? 0 : 1')});"
    chosen = "".join(f"{test} ? {form} : " for form, test in enumerate(tests))
    plural = f"({chosen}{len(tests)})" if tests else "0"
    return f"nplurals={len(forms)}; plural={plural};"


# The way nearly every catalog has them.
_NEGATED = {"n==1": "n != 1", "n<=1": "n > 1", "n==0 || n==1": "n > 1"}


# --- thousands --------------------------------------------------------------------------------


@cache
def scales(language: str) -> Mapping[str, int]:
    """Tell what a language calls thousands and millions behind a figure; nothing of one unknown.

    >>> scales("nl")["miljoen"]
    1000000
    """
    try:
        found, _ = _parse(language)
    except SettingsError:
        return {}
    return dict(_scales(found))


def _scales(found: Locale) -> Iterator[tuple[str, int]]:
    for width in ("long", "short"):
        for sizes in found.compact_decimal_formats.get(width, {}).values():
            for size, pattern in sizes.items():
                match = _SCALE.fullmatch(_NO_SCALE.sub("", str(pattern.pattern)))
                if match and len(match["word"]) >= _TELLING:
                    yield match["word"], int(size) // 10 ** (len(match["digits"]) - 1)


_SCALE = re.compile(r"(?P<digits>0+)\s?(?P<word>[^\W\d_].*?\.?)(?:;.*)?")
_NO_SCALE = re.compile("['\u200e\u200f]")
"""What quotes a letter, and marks that tell which way text runs."""
_TELLING = 3
"""Letters of a word that is hardly a unit, or its beginning."""


# --- days and hours ---------------------------------------------------------------------------


class Period(NamedTuple):
    """A part of the day that has a name: `in the evening`."""

    start: int
    """The hour it begins at."""
    end: int
    """The hour it ends before; less than `start` where midnight is in it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a locale writes days and hours: what it calls them, and what it says first."""

    months: tuple[tuple[str, int], ...]
    """Names in full and abbreviated, in running text and alone; January is 1."""
    weekdays: tuple[tuple[str, int], ...]
    """Likewise; Monday is 0."""
    initials: tuple[tuple[str, int], ...]
    """The weekdays' shortest names, where each is a sign of its own: `月`."""
    periods: tuple[tuple[str, Period], ...]
    between: tuple[str, ...]
    """Words that stand between the parts of a date: Spanish `de`, Chinese `年`."""
    order: str
    """The parts of a date in figures as they follow one another: `dmy`, `mdy`, `ymd`."""
    half_days: bool
    """Whether hours are counted to twelve, as in English, rather than to 24."""
    point: str
    """What stands between hours and minutes: `:`, `.`."""
    period_first: bool
    """Whether the part of the day stands before the hours, as in Chinese."""


@cache
def calendar(locale: str) -> Calendar:
    """Tell how a locale writes days and hours.

    Raises:
        SettingsError: as `profile`.
    """
    found, _ = _parse(locale)
    clock = str(found.time_formats["short"].pattern)
    order = str(found.date_formats["short"].pattern)
    return Calendar(
        months=tuple(sorted({*_names(found.months, found.language)})),
        weekdays=tuple(sorted({*_names(found.days, found.language)})),
        initials=tuple(_initials(found)),
        periods=tuple(sorted({*_periods(found)})),
        between=tuple(sorted({*_literals(found)})),
        order="".join(dict.fromkeys(part for part in order.lower() if part in "dmy")),
        half_days="h" in clock,
        point="." if re.search(r"[hH]\.m", clock) else ":",
        period_first=str(found.datetime_skeletons.get("Bhm", "")).startswith("B"),
    )


def _names(
    contexts: Mapping[str, Mapping[str, Mapping[int, str]]], language: str
) -> Iterator[tuple[str, int]]:
    """Return what months or weekdays are called, but for initials and mere figures."""
    # Of a language without names of its own, Babel may give those of the one looked up before.
    strange = r"M?\d+\.?" if language in {"ja", "yue", "zh"} else r"M?\d+\.?|\d+月"
    for widths in contexts.values():
        for width in ("wide", "abbreviated"):
            for number, name in widths.get(width, {}).items():
                if not re.fullmatch(strange, name):
                    yield name, number


def _initials(found: Locale) -> Iterator[tuple[str, int]]:
    """Return the weekdays' shortest names, where each is a sign of its own."""
    names = found.days["stand-alone"]["narrow"]
    if len({*names.values()}) == len(names) and min(names.values()) >= _IDEOGRAPHIC:
        yield from ((name, day) for day, name in names.items())


_IDEOGRAPHIC = "\u2e80"


def _periods(found: Locale) -> Iterator[tuple[str, Period]]:
    rules = found.day_period_rules.get(None, {})
    hours = {name: _hours(rule) for name, (rule, *_) in rules.items() if rule}
    hours |= {"am": Period(0, 12), "pm": Period(12, 24)}
    for widths in found.day_periods.values():
        for width in ("wide", "abbreviated"):
            for name, written in widths.get(width, {}).items():
                if name in hours:
                    yield written, hours[name]


def _hours(rule: Mapping[str, int]) -> Period:
    """Read one of CLDR's rules, which counts seconds: from the start of an hour, or at one."""
    start = rule.get("from", rule.get("at", 0)) // 3600
    return Period(start, rule["before"] // 3600 if "before" in rule else start + 1)


def _literals(found: Locale) -> Iterator[str]:
    """Find the words in the patterns of dates that have a day, a month or a year."""
    patterns = [str(each.pattern) for each in found.date_formats.values()]
    skeletons = found.datetime_skeletons.items()
    patterns += [str(each) for name, each in skeletons if "M" in name and "W" not in name]
    for pattern in patterns:
        for quoted, bare in re.findall(r"'([^']+)'|([^\W\da-zA-Z_]+)", pattern):
            yield from re.findall(r"[^\W\d_]+", quoted or bare)


# --- values -----------------------------------------------------------------------------------

_FIRST_DIGITS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "hmnp": "\U0001e140",
    "mtei": "\uabf0",
    "mymr": "\u1040",
    "nkoo": "\u07c0",
    "olck": "\u1c50",
    "tibt": "\u0f20",
}
"""The zero of each numbering system that is some locale's default (CLDR, numberingSystems.xml)."""


def written_number(
    number: Decimal, locale: str, *, decimals: int, grouped: bool, percent: bool = False
) -> str:
    """Write a number, or so many percent, in a locale's digits and with its separators."""
    found, _ = _parse(locale)
    system = found.default_numbering_system
    formats = found.percent_formats if percent else found.decimal_formats
    pattern = parse_pattern(formats[None].pattern)
    pattern.frac_prec = (decimals, decimals)
    value = number.scaleb(-2) if percent else number
    text = pattern.apply(value, found, group_separator=grouped, numbering_system=system)
    if percent:
        text = text.replace("%", found.number_symbols[system].get("percentSign", "%"))
    return _native(text, system)


def written_date(day: date, locale: str, form: str) -> str | None:
    """Write a date in one of CLDR's lengths (`long`) or with the parts of a skeleton (`yMMMM`)."""
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 (slow to import)

    found, _ = _parse(locale)
    try:
        if form in ("full", "long", "medium"):
            text = format_date(day, form, found)  # type: ignore[arg-type, unused-ignore]
        else:
            text = format_skeleton(form, day, locale=found)
    except (KeyError, ValueError):
        return None  # the locale has no such form, nor one that is near
    return _native(text, found.default_numbering_system)


def _native(text: str, system: str) -> str:
    if system not in _FIRST_DIGITS:
        return text
    first = ord(_FIRST_DIGITS[system])
    return text.translate({ord("0") + digit: first + digit for digit in range(10)})
