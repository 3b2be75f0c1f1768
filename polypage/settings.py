r"""What a project's owner writes into `polypage.toml`, read strictly.

    >>> parse(b"[publish]\nmin_covrage = 0.9", path=Path("polypage.toml"))
    SettingsError: polypage.toml:2: [publish] min_covrage: unknown key; did you mean 'min_coverage'?

A setting is a field of one of the classes below and names the function that reads its value;
there is no other list of settings. Locales are checked against CLDR, selectors are parsed, so
that whatever is wrong comes out before any page is worked on.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Literal, TypeAlias, TypeVar
from urllib.parse import urlsplit

from polypage.errors import SettingsError
from polypage.html.selectors import check
from polypage.model import Segmentation, Weight
from polypage.profiles import PSEUDO_LOCALES, spelling
from polypage.tomlfile import Keys, decode, line_of
from polypage.tomlfile import read as read_toml

_T = TypeVar("_T")


def parse(data: bytes, *, path: Path) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: they are no TOML, or make no sense.
    """
    text = decode(data, path=path)
    tables = read_toml(text, path=path)
    try:
        return _consistent(_table(Settings)(tables), tables)
    except _UnfitError as exc:
        problem = f"{_place(exc.keys)}: {exc.problem}"
        line = line_of(text, exc.keys, exc.value)
        raise SettingsError(path, problem, line=line, remedy=exc.remedy) from None


def complaint(
    data: bytes, keys: Keys, value: str, problem: str, *, path: Path, remedy: str
) -> SettingsError:
    """Return the error that says what is wrong with a value of settings that could be read."""
    line = line_of(decode(data, path=path), keys, value)
    return SettingsError(path, f"{_place(keys)}: {value!r} {problem}", line=line, remedy=remedy)


class _UnfitError(Exception):
    """A value that a setting cannot have."""

    def __init__(self, problem: str, *, remedy: str | None = None, value: str = "") -> None:
        self.problem = problem
        self.remedy = remedy
        self.value = value
        """What to look for in a list over many lines."""
        self.keys: Keys = ()
        super().__init__(problem)

    def below(self, key: str | int) -> _UnfitError:
        """Say that it was found under a key, or in a place of a list."""
        self.keys = (key, *self.keys)
        return self


def _place(keys: Keys) -> str:
    """Name a setting: `[articles."skin/collagen"] source_url`, `[[publish.classes]] urgent`."""
    named = [key for key in keys if isinstance(key, str)]
    names = [key if re.fullmatch(r"[\w-]+", key, re.ASCII) else f'"{key}"' for key in named]
    is_list = any(isinstance(key, int) for key in keys)
    tables = names if isinstance(keys[-1], int) else names[:-1] or names
    table = f"[[{'.'.join(tables)}]]" if is_list else f"[{'.'.join(tables)}]"
    return f"{table} {names[-1]}" if names != tables else table


def _consistent(settings: Settings, tables: Mapping[str, Any]) -> Settings:
    """Refuse settings that contradict each other; `tables` has them as they are written."""
    project, notice = settings.project, settings.notice
    if project.source_locale in project.locales:
        problem = f"{project.source_locale!r} is the source locale"
        raise _UnfitError(problem, remedy="take it out").below("locales").below("project")
    if notice.on_missing == "insert" and not notice.disclaimer_text:
        problem = "there is no disclaimer_text to insert"
        raise _UnfitError(problem).below("on_missing").below("notice")
    _refuse_strangers(settings, tables)
    return settings


def _refuse_strangers(settings: Settings, tables: Mapping[str, Any]) -> None:
    """Refuse what is said of locales that the project has not."""
    known = (*settings.project.locales, *PSEUDO_LOCALES)
    for written, place in _named_locales(tables):
        if spelling(written) not in known:
            unfit = _UnfitError(
                f"{written!r} is no locale of this project",
                remedy=_meant_locale(spelling(written), known),
            )
            unfit.keys = place
            raise unfit


def _named_locales(tables: Mapping[str, Any]) -> Iterator[tuple[str, Keys]]:
    """Yield the locales of which anything is said, as they are written, each with its place."""
    for table in ("checks", "publish"):
        for locale in tables.get(table, {}).get("locales", {}):
            yield locale, (table, "locales", locale)
    for number, one in enumerate(tables.get("publish", {}).get("classes", [])):
        for locale in one.get("locales", []):
            yield locale, ("publish", "classes", number, "locales")


def _meant_locale(locale: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(locale, known, n=1)
    return f"did you mean {near[0]!r}?" if near else "add it to [project] locales, or take it out"


# --- how values are read ----------------------------------------------------------------------


def _setting(read: Callable[[object], _T], default: _T | Callable[[], _T]) -> Any:  # noqa: ANN401 - as dataclasses.field, whose value stands for the default
    if callable(default):
        return field(default_factory=default, metadata={"read": read})
    return field(default=default, metadata={"read": read})


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _UnfitError(f"must be a text, not {_shown(value)}")


def _shown(value: object) -> str:
    return "empty" if value == "" else repr(value)


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _UnfitError(f"must be true or false, not {_shown(value)}")


def _share(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise _UnfitError(f"must be a number from 0 to 1, not {_shown(value)}")


def _seconds(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _DAY:
        return float(value)
    raise _UnfitError(f"must be a number of seconds, a day's at most, not {_shown(value)}")


_DAY = 24 * 60 * 60


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _UnfitError(f"must be true or false, not {_shown(value)}")


def _one_of(*choices: str) -> Callable[[object], Any]:
    def read(value: object) -> object:
        if value in choices:
            return value
        near = difflib.get_close_matches(str(value), choices, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else None
        raise _UnfitError(f"must be {_listed(choices)}, not {_shown(value)}", remedy=remedy)

    return read


def _listed(choices: Iterable[str]) -> str:
    return " or ".join(repr(choice) for choice in choices)


def _list_of(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    def read_all(value: object) -> tuple[_T, ...]:
        if isinstance(value, list):
            return tuple(read(item) for item in value)
        raise _UnfitError(f"must be a list, not {_shown(value)}", remedy="put it in [ ]")

    return read_all


def _tables_of(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    """Read tables that all have the same name: `[[publish.classes]]`."""

    def read_all(value: object) -> tuple[_T, ...]:
        if isinstance(value, list):
            return tuple(_under(place, read, item) for place, item in enumerate(value))
        raise _UnfitError("must be a list of tables", remedy="write its name between [[ and ]]")

    return read_all


def _mapping_of(
    read_key: Callable[[object], str], read: Callable[[object], _T]
) -> Callable[[object], Mapping[str, _T]]:
    def read_all(value: object) -> Mapping[str, _T]:
        return {_under(key, read_key, key): _under(key, read, item) for key, item in _items(value)}

    return read_all


def _items(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        return iter(value.items())
    raise _UnfitError(f"must be a table, not {_shown(value)}")


def _under(key: str | int, read: Callable[[object], _T], value: object) -> _T:
    try:
        return read(value)
    except _UnfitError as exc:
        raise exc.below(key) from None


def _selector(value: object) -> str:
    written = _text(value)
    if problem := check(written):
        raise _UnfitError(f"{written!r} is no CSS selector: {problem}", value=written)
    return written


def _locale(value: object) -> str:
    """Spell a locale as the project does."""
    written = _text(value)
    try:
        return spelling(written)
    except SettingsError as exc:
        raise _UnfitError(f"{written!r}: {exc.problem}", remedy=exc.remedy, value=written) from None


def _locales(value: object) -> tuple[str, ...]:
    locales = _list_of(_locale)(value)
    for position, locale in enumerate(locales):
        if locale in locales[:position]:
            raise _UnfitError(f"{locale!r} is named twice")
    return locales


def _path(value: object) -> str:
    """Accept a path below the project's root."""
    written = _text(value)
    if written.startswith("/") or ".." in written.split("/") or "\\" in written or "\0" in written:
        remedy = "name it as seen from polypage.toml, with forward slashes"
        problem = f"{written!r} is no path below the project's root"
        raise _UnfitError(problem, remedy=remedy, value=written)
    return written


def _slugs(value: object) -> str:
    """Accept a pattern of slugs."""
    written = _text(value)
    if written.startswith(("/", "./")) or written.endswith((".html", ".htm", "/")):
        problem = f"{written!r} is no pattern of slugs"
        remedy = "name articles without folder of sources and ending, as in 'recalls/*'"
        raise _UnfitError(problem, remedy=remedy, value=written)
    return written


def _address(value: object) -> str:
    """Accept an absolute web address."""
    written = _text(value)
    parts = urlsplit(written)
    plain = not re.search(r"\s", written) and "@" not in parts.netloc
    if parts.scheme in {"http", "https"} and parts.netloc and plain:
        return written
    raise _UnfitError(f"{written!r} is no address", remedy="begin it with https://")


def _base(value: object) -> str:
    """Accept an address that paths can be put behind."""
    written = _address(value)
    if {"?", "#"} & set(written):
        raise _UnfitError(f"{written!r} has a query or fragment", remedy="end it with the path")
    return written.rstrip("/")


def _note(value: object) -> str:
    """Accept a pattern that has the share in it."""
    written = _text(value)
    if _names_in(written) == ["share"]:
        return written
    raise _UnfitError(f"{written!r} must have {{share}} once, and nothing else in braces")


def _names_in(pattern: str) -> list[str]:
    """Return what stands in the braces of a pattern; the pattern itself if it is broken."""
    try:
        return [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError:
        return [pattern]


def _pattern(value: object) -> str:
    written = _text(value)
    names = _names_in(written)
    if set(names) <= {"title", "site"}:
        return written
    raise _UnfitError(f"{written!r} can have {{title}} and {{site}}, nothing else in braces")


def _code(value: object) -> str:
    """Accept the code of a check that a project may weigh as it likes."""
    from polypage.checking.checklist import CHECKS, WEIGHABLE  # noqa: PLC0415 - slow, and seldom needed

    written = _text(value)
    if written in WEIGHABLE:
        return written
    if written in {check.code for check in CHECKS}:
        raise _UnfitError("a page cannot be built in spite of it: it is always an error")
    near = difflib.get_close_matches(written, WEIGHABLE, n=1)
    remedy = f"did you mean {near[0]!r}?" if near else None
    raise _UnfitError("there is no such finding", remedy=remedy)


def _weight(value: object) -> Weight:
    read: Callable[[object], Weight] = _one_of("error", "warning", "info", "off")
    return read(value)


def _table(kind: type[_T]) -> Callable[[object], _T]:
    def read(value: object) -> _T:
        known: dict[str, Callable[[object], object]] = _readers(kind)
        given = dict(_items(value))
        for key in given:
            if key not in known:
                raise _UnfitError("unknown key", remedy=_meant(key, known)).below(key)
        return kind(**{key: _under(key, known[key], item) for key, item in given.items()})

    return read


def _readers(kind: type) -> dict[str, Callable[[object], object]]:
    return {setting.name: setting.metadata["read"] for setting in fields(kind)}


def _meant(key: str, known: Iterable[str]) -> str:
    """Guess what an unknown key was to be."""
    if near := difflib.get_close_matches(key, known, n=1):
        return f"did you mean {near[0]!r}?"
    for table in fields(Settings):
        if is_dataclass(table.default) and key in _readers(type(table.default)):
            return f"it belongs in [{table.name}]"
    return f"known here: {', '.join(known)}"


# --- the settings -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSettings:
    """[project]: the languages, and where the site is found."""

    source_locale: str = _setting(_locale, "en")
    locales: tuple[str, ...] = _setting(_locales, ())
    """The locales to translate into."""
    base_url: str | None = _setting(_base, None)
    """The site's public address, without a slash at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """[extract]: what translators are offered; selectors override what HTML says of elements."""

    segmentation: Segmentation = _setting(_one_of("block", "sentence"), "block")
    """Whether a paragraph is one entry, or each of its sentences."""
    skip: tuple[str, ...] = _setting(_list_of(_selector), ())
    """Elements that are not translated."""
    inline: tuple[str, ...] = _setting(_list_of(_selector), ())
    """Elements that are part of the sentence around them."""
    block: tuple[str, ...] = _setting(_list_of(_selector), ())
    """Elements that are not."""
    keep_space: tuple[str, ...] = _setting(_list_of(_selector), ())
    """Elements whose white space counts."""
    note: Mapping[str, str] = _setting(_mapping_of(_selector, _text), dict)
    """What to tell translators about the text of elements."""
    context: Mapping[str, str] = _setting(_mapping_of(_selector, _text), dict)
    """What msgctxt the text of elements has."""
    localize_values: bool = _setting(_truth, False)  # noqa: FBT003 - the default of a setting
    """Whether builds write numbers and dates that stand alone as the language does."""
    references: Literal["file", "line"] = _setting(_one_of("file", "line"), "file")
    """Whether references to an article name the line as well."""
    its_rules: tuple[str, ...] = _setting(_list_of(_path), ())
    """Files of ITS rules, below the project's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """[site]: what all pages have in common."""

    parts: tuple[str, ...] = _setting(_list_of(_selector), ())
    """Elements whose text is translated once, in the catalog of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSettings:
    """[drop]: what built pages are without."""

    parts: tuple[str, ...] = _setting(_list_of(_selector), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorySettings:
    """[memory]: what is suggested to translators for new texts."""

    suggest: bool = _setting(_flag, True)  # noqa: FBT003 - a default among defaults
    """Whether texts that were translated before, in any article, are suggested."""
    min_score: float = _setting(_share, 0.75)
    """How much a text must be like the one that was translated, from 0 to 1."""


_Incomplete: TypeAlias = Literal["hold", "mixed"]
_incomplete = _one_of("hold", "mixed")
_Recall: TypeAlias = Literal["mark", "pull"]
_recall = _one_of("mark", "pull")
RECALL_TEXT = (
    "This page is out of date. The original has changed in a way that matters for your safety:"
    " read the original."
)
"""English, as are most source pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalePublishSettings:
    """[publish.locales.LOCALE]: what holds for the pages of one locale; None: as for all."""

    min_coverage: float | None = _setting(_share, None)
    on_incomplete: _Incomplete | None = _setting(_incomplete, None)
    fuzzy: bool | None = _setting(_truth, None)
    urgent: bool | None = _setting(_truth, None)
    warnings: tuple[str, ...] | None = _setting(_list_of(_selector), None)
    on_recall: _Recall | None = _setting(_recall, None)
    recall_text: str | None = _setting(_text, None)
    """In the language of the locale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishClass:
    """[[publish.classes]]: what holds for some pages, those that all it says is true of."""

    articles: tuple[str, ...] = _setting(_list_of(_slugs), ())
    """Patterns of slugs, of which one must fit; none: it is for all articles."""
    pages: tuple[str, ...] = _setting(_list_of(_selector), ())
    """Selectors, of which one must find something in the source page; none: likewise."""
    locales: tuple[str, ...] = _setting(_locales, ())
    """Which locales it is for; none: for all."""
    min_coverage: float | None = _setting(_share, None)
    on_incomplete: _Incomplete | None = _setting(_incomplete, None)
    fuzzy: bool | None = _setting(_truth, None)
    urgent: bool | None = _setting(_truth, None)
    warnings: tuple[str, ...] | None = _setting(_list_of(_selector), None)
    on_recall: _Recall | None = _setting(_recall, None)


def _class(value: object) -> PublishClass:
    read = _table(PublishClass)(value)
    if not (read.articles or read.pages):
        remedy = "give it articles = [PATTERN] or pages = [SELECTOR]"
        raise _UnfitError("does not say which pages it is for", remedy=remedy)
    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """[publish]: which pages go out; `runs.policy` says what comes before what."""

    min_coverage: float = _setting(_share, 0.9)
    """The share of words, from 0 to 1."""
    on_incomplete: _Incomplete = _setting(_incomplete, "hold")
    """Whether a page with less stays as it was, or goes out in two languages."""
    fuzzy: bool = _setting(_truth, False)  # noqa: FBT003 - the default of a setting
    """Whether fuzzy translations go out."""
    urgent: bool = _setting(_truth, False)  # noqa: FBT003 - the default of a setting
    """Whether a figure, unit or denial that changed recalls pages that do not say so yet."""
    warnings: tuple[str, ...] = _setting(_list_of(_selector), ())
    """Elements in which any other word does."""
    on_recall: _Recall = _setting(_recall, "mark")
    """Whether a recalled page says that it is out of date, or is taken off the site."""
    recall_text: str = _setting(_text, RECALL_TEXT)
    """What it says, in the source language."""
    switch: Literal["page", "locale"] = _setting(_one_of("page", "locale"), "page")
    """What is published at one stroke."""
    locales: Mapping[str, LocalePublishSettings] = _setting(
        _mapping_of(_locale, _table(LocalePublishSettings)), dict
    )
    """By locale."""
    classes: tuple[PublishClass, ...] = _setting(_tables_of(_class), ())
    switcher: str | None = _setting(_selector, None)
    """Selects the element that leads to the page's other languages."""
    index: bool = _setting(_truth, True)  # noqa: FBT003 - the default of a setting
    """Whether each locale gets a front page that lists its articles."""
    index_template: str | None = _setting(_path, None)
    """The file that front pages are made with, below the project's root."""
    feed: bool = _setting(_truth, True)  # noqa: FBT003 - the default of a setting
    """Whether each locale gets an Atom feed of its articles."""
    note: str | None = _setting(_note, None)
    """What a page that is not translated whole says to its readers, in the source language."""
    note_in: str | None = _setting(_selector, None)
    """Selects the element that begins with it; None: the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksSettings:
    """[checks]: how grave findings about entries are, where not as usual."""

    severity: Mapping[str, Weight] = _setting(_mapping_of(_code, _weight), dict)
    """By code."""
    locales: Mapping[str, Mapping[str, Weight]] = _setting(
        _mapping_of(_locale, _mapping_of(_code, _weight)), dict
    )
    """By locale and code; they come before those of all locales."""

    def weights(self, locale: str) -> Mapping[str, Weight]:
        return {**self.severity, **self.locales.get(locale, {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSettings:
    """[notice]: the source link and the disclaimer that every page must have."""

    source_link: str = _setting(_selector, ".source-link a")
    """Selects the link to the article's source."""
    disclaimer: str = _setting(_selector, ".disclaimer")
    """Selects the disclaimer."""
    on_missing: Literal["fail", "insert", "ignore"] = _setting(
        _one_of("fail", "insert", "ignore"), "fail"
    )
    """What becomes of a page whose source lacks them."""
    disclaimer_text: str | None = _setting(_text, None)
    """What is inserted, in the source language."""
    source_link_text: str = _setting(_pattern, "Source link < {title} > {site}")
    """What is inserted; the title and the link's host name stand in for the braces."""
    after: str | None = _setting(_selector, None)
    """Selects what they stand behind, such as the article's body; None: where they stand."""
    approved: Mapping[str, str] = _setting(_mapping_of(_locale, _text), dict)
    """The disclaimer by locale, word for word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossarySettings:
    """[glossary]: what is done with the locales' glossaries."""

    show_terms: bool = _setting(_truth, False)  # noqa: FBT003 - the default of a setting
    """Whether translators are told of the terms in a text, by extracted comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """[run]: how the work is done."""

    time_limit: float = _setting(_seconds, 300.0)
    """How many seconds one piece of work may take: a stage, of one page, in one locale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSettings:
    """[articles."SLUG"]: what one article has of its own."""

    source_url: str | None = _setting(_address, None)
    """Where its source link leads, if not where the source page's does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All tables of `polypage.toml`."""

    project: ProjectSettings = _setting(_table(ProjectSettings), ProjectSettings())
    extract: ExtractSettings = _setting(_table(ExtractSettings), ExtractSettings())
    site: SiteSettings = _setting(_table(SiteSettings), SiteSettings())
    drop: DropSettings = _setting(_table(DropSettings), DropSettings())
    memory: MemorySettings = _setting(_table(MemorySettings), MemorySettings())
    publish: PublishSettings = _setting(_table(PublishSettings), PublishSettings())
    checks: ChecksSettings = _setting(_table(ChecksSettings), ChecksSettings())
    notice: NoticeSettings = _setting(_table(NoticeSettings), NoticeSettings())
    glossary: GlossarySettings = _setting(_table(GlossarySettings), GlossarySettings())
    run: RunSettings = _setting(_table(RunSettings), RunSettings())
    articles: Mapping[str, ArticleSettings] = _setting(
        _mapping_of(_text, _table(ArticleSettings)), dict
    )
