r"""What a project's owner writes into `polypage.toml`, read strictly.

    >>> parse(b"[publish]\nmin_covrage = 0.9", path=Path("polypage.toml"))
    SettingsError: polypage.toml:2: [publish] min_covrage: unknown key; did you mean 'min_coverage'?

A setting is a field of one of the classes below and names the function of `polypage.schema` that
reads its value; there is no other list of settings. Locales are checked against CLDR, selectors are parsed, so
that whatever is wrong comes out before any page is worked on.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from polypage import schema
from polypage.errors import SettingsError
from polypage.model import Segmentation, Weight
from polypage.profiles import PSEUDO_LOCALES, spelling
from polypage.schema import setting
from polypage.tomlfile import Keys, decode, line_of
from polypage.tomlfile import read as read_toml


def parse(data: bytes, *, path: Path) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: they are no TOML, or make no sense.
    """
    text = decode(data, path=path)
    tables = read_toml(text, path=path)
    try:
        return _consistent(schema.table(Settings)(tables), tables)
    except schema.UnfitError as exc:
        problem = f"{_place(exc.keys)}: {exc.problem}"
        line = line_of(text, exc.keys, exc.value)
        remedy = _home_of(exc.unknown) or exc.remedy
        raise SettingsError(path, problem, line=line, remedy=remedy) from None


def _home_of(key: str) -> str | None:
    """Say in which table a key is known that is not known where it stands."""
    for table in fields(Settings):
        if is_dataclass(table.default) and key in schema.readers(type(table.default)):
            return f"it belongs in [{table.name}]"
    return None


def complaint(
    data: bytes, keys: Keys, value: str, problem: str, *, path: Path, remedy: str
) -> SettingsError:
    """Return the error that says what is wrong with a value of settings that could be read."""
    line = line_of(decode(data, path=path), keys, value)
    return SettingsError(path, f"{_place(keys)}: {value!r} {problem}", line=line, remedy=remedy)


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
        raise schema.UnfitError(problem, remedy="take it out").below("locales").below("project")
    if notice.on_missing == "insert" and not notice.disclaimer_text:
        problem = "there is no disclaimer_text to insert"
        raise schema.UnfitError(problem).below("on_missing").below("notice")
    _refuse_strangers(settings, tables)
    return settings


def _refuse_strangers(settings: Settings, tables: Mapping[str, Any]) -> None:
    """Refuse what is said of locales that the project has not."""
    known = (*settings.project.locales, *PSEUDO_LOCALES)
    for written, place in _named_locales(tables):
        if spelling(written) not in known:
            unfit = schema.UnfitError(
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


# --- the settings -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSettings:
    """[project]: the languages, and where the site is found."""

    source_locale: str = setting(schema.locale, "en")
    """The language that the articles are written in."""
    locales: tuple[str, ...] = setting(schema.locales, ())
    """The locales to translate into: `["vi", "zh_Hant_TW"]`; docs/how-to/add-a-locale.md. `en_XA`
    and `ar_XB` are for testing, docs/how-to/before-translators.md."""
    base_url: str | None = setting(schema.base, None)
    """The public address of the site, `"https://health.example"`; not set, built pages keep the
    canonical and alternate links they have, and there is no sitemap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """[extract]: what translators are offered.

    HTML itself says enough of most elements, docs/reference/texts.md; selectors are for what it
    cannot say.
    """

    segmentation: Segmentation = setting(schema.one_of("block", "sentence"), "block")
    """Whether a paragraph, heading or list item is one entry, or each sentence of it;
    docs/how-to/segmentation.md tells how to change over."""
    skip: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Elements that are not translated; docs/how-to/leave-parts-out.md."""
    inline: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Elements that belong to the sentence around them."""
    block: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Elements that do not."""
    keep_space: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Elements whose white space counts, as in `pre`."""
    note: Mapping[str, str] = setting(schema.mapping_of(schema.selector, schema.text), dict)
    """What to tell translators about the text of elements:
    `{ "td.dose" = "A dose: keep figure and unit together" }`."""
    context: Mapping[str, str] = setting(schema.mapping_of(schema.selector, schema.text), dict)
    """What tells equal texts apart: `{ "nav li" = "menu" }` gives those of a menu msgctxt `menu`."""
    localize_values: bool = setting(schema.truth, False)  # noqa: FBT003 - the default of a setting
    """Whether builds write numbers, percentages and dates that stand alone as the language does;
    docs/reference/texts.md#numbers-and-dates says which."""
    references: Literal["file", "line"] = setting(schema.one_of("file", "line"), "file")
    """Whether references name the article, or the line of it as well."""
    its_rules: tuple[str, ...] = setting(schema.list_of(schema.path), ())
    """Files of ITS 2.0 rules for all pages: `["its/medical.its"]`; docs/how-to/its.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """[site]: what all pages have in common."""

    parts: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Elements whose text is translated once, in `site.po`: header, footer, disclaimer;
    docs/how-to/site-furniture.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSettings:
    """[drop]: what built pages are without."""

    parts: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Elements that go, with all that is in them: share buttons, comment forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorySettings:
    """[memory]: what is suggested for texts without a translation; docs/how-to/memory.md."""

    suggest: bool = setting(schema.truth, True)  # noqa: FBT003 - a default among defaults
    """Whether translations of the same and of similar texts are suggested, as fuzzy; if not, only
    the compendium fills entries."""
    min_score: float = setting(schema.share, 0.75)
    """How much a text must be like the one that was translated."""


_Incomplete: TypeAlias = Literal["hold", "mixed"]
_incomplete = schema.one_of("hold", "mixed")
_Recall: TypeAlias = Literal["mark", "pull"]
_recall = schema.one_of("mark", "pull")
RECALL_TEXT = (
    "This page is out of date. The original has changed in a way that matters for your safety:"
    " read the original."
)
"""English, as are most source pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalePublishSettings:
    """[publish.locales.LOCALE]: what holds for the pages of one locale of the project.

    A key that is not set is as in `[publish]`.
    """

    min_coverage: float | None = setting(schema.share, None)
    on_incomplete: _Incomplete | None = setting(_incomplete, None)
    fuzzy: bool | None = setting(schema.truth, None)
    urgent: bool | None = setting(schema.truth, None)
    warnings: tuple[str, ...] | None = setting(schema.list_of(schema.selector), None)
    on_recall: _Recall | None = setting(_recall, None)
    recall_text: str | None = setting(schema.text, None)
    """What a recalled page says, in the language of the locale; it comes before the translation in
    the site's catalog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishClass:
    """[[publish.classes]]: what holds for some pages; there may be any number of these tables.

    A class says by `articles`, `pages` or both which pages it is for, and all that it says must be
    true of a page. Its keys come before those of the page's locale; of two classes, what the later
    one says comes first.
    """

    articles: tuple[str, ...] = setting(schema.list_of(schema.slugs), ())
    """Patterns, of which one must fit: `["recalls/*", "dose"]`; `*` stands for any characters,
    slashes among them, `?` for one."""
    pages: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Selectors, of which one must find something in the source page: `["article.recall"]`."""
    locales: tuple[str, ...] = setting(schema.locales, ())
    """The locales it is for; not set, it is for all."""
    min_coverage: float | None = setting(schema.share, None)
    on_incomplete: _Incomplete | None = setting(_incomplete, None)
    fuzzy: bool | None = setting(schema.truth, None)
    urgent: bool | None = setting(schema.truth, None)
    warnings: tuple[str, ...] | None = setting(schema.list_of(schema.selector), None)
    on_recall: _Recall | None = setting(_recall, None)


def _class(value: object) -> PublishClass:
    read = schema.table(PublishClass)(value)
    if not (read.articles or read.pages):
        remedy = "give it articles = [PATTERN] or pages = [SELECTOR]"
        raise schema.UnfitError("does not say which pages it is for", remedy=remedy)
    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """[publish]: what is published, and how; docs/how-to/publishing.md."""

    min_coverage: float = setting(schema.share, 0.9)
    """The share of a page's words that must be translated."""
    on_incomplete: _Incomplete = setting(_incomplete, "hold")
    """Whether a page with less stays as it was, or goes out with the rest in the source language,
    marked as such."""
    fuzzy: bool = setting(schema.truth, False)  # noqa: FBT003 - the default of a setting
    """Whether fuzzy translations go out and count as translated; those whose source has another
    figure, unit or denial by now never do."""
    urgent: bool = setting(schema.truth, False)  # noqa: FBT003 - the default of a setting
    """Whether a page is recalled when a figure, unit or denial of its source has changed and its
    translation is not mended; docs/how-to/publishing.md#recalls."""
    warnings: tuple[str, ...] = setting(schema.list_of(schema.selector), ())
    """Elements in which any changed word, not only a figure, unit or denial, recalls the page of an
    urgent article: `[".warning"]`; docs/how-to/publishing.md#recalls."""
    on_recall: _Recall = setting(_recall, "mark")
    """Whether a recalled page says at its top that it is out of date, or is taken off the site."""
    recall_text: str = setting(schema.text, RECALL_TEXT)
    """What it says, in the source language; it is translated in the site's catalog."""
    switch: Literal["page", "locale"] = setting(schema.one_of("page", "locale"), "page")
    """Whether each page is published as soon as it is built, or all files of a language at one
    stroke; docs/how-to/publishing.md#at-one-stroke."""
    locales: Mapping[str, LocalePublishSettings] = setting(
        schema.mapping_of(schema.locale, schema.table(LocalePublishSettings)), dict
    )
    """What holds in one locale, see below."""
    classes: tuple[PublishClass, ...] = setting(schema.tables_of(_class), ())
    """What holds for some pages, see below."""
    switcher: str | None = setting(schema.selector, None)
    """Selects the element that leads to the page's other languages, which builds fill:
    `"nav.languages"`; docs/how-to/readers.md#let-readers-choose-their-language."""
    index: bool = setting(schema.truth, True)  # noqa: FBT003 - the default of a setting
    """Whether each locale gets a front page that lists its articles;
    docs/how-to/readers.md#front-pages-and-feeds."""
    index_template: str | None = setting(schema.path, None)
    """The file that front pages are made with."""
    feed: bool = setting(schema.truth, True)  # noqa: FBT003 - the default of a setting
    """Whether each locale gets an Atom feed of its articles."""
    note: str | None = setting(schema.note, None)
    """What a page that is not translated whole says to its readers, in the source language:
    `"{share} of this page is translated."`; docs/how-to/readers.md#say-how-much-is-translated."""
    note_in: str | None = setting(schema.selector, None)
    """Selects the element that begins with the note; not set, the body does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksSettings:
    """[checks]: how grave findings about entries are, where not as usual; docs/reference/checks.md.

    What keeps a page from being built, such as a lost inline code, is always an error.
    """

    severity: Mapping[str, Weight] = setting(schema.mapping_of(schema.code, schema.weight), dict)
    """In all locales: `{ number-missing = "warning" }`."""
    locales: Mapping[str, Mapping[str, Weight]] = setting(
        schema.mapping_of(schema.locale, schema.mapping_of(schema.code, schema.weight)), dict
    )
    """In one locale, before what is said of all: `[checks.locales.th]`, then
    `negation-lost = "warning"`; it must be one of `[project] locales`."""

    def weights(self, locale: str) -> Mapping[str, Weight]:
        return {**self.severity, **self.locales.get(locale, {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSettings:
    """[notice]: the source link and the disclaimer that no page goes out without.

    docs/how-to/notice.md tells how to keep them.
    """

    source_link: str = setting(schema.selector, ".source-link a")
    """Selects the link to the article's source, or what holds it."""
    disclaimer: str = setting(schema.selector, ".disclaimer")
    """Selects the disclaimer."""
    on_missing: Literal["fail", "insert", "ignore"] = setting(
        schema.one_of("fail", "insert", "ignore"), "fail"
    )
    """What becomes of a page whose source lacks them: it is held, gets them, or goes out without."""
    disclaimer_text: str | None = setting(schema.text, None)
    """What is inserted, in the source language; needed for `"insert"`."""
    source_link_text: str = setting(schema.pattern, "Source link < {title} > {site}")
    """What is inserted; the title as a link, and the host of its address, take the place of the
    braces."""
    after: str | None = setting(schema.selector, None)
    """Selects what they stand behind, such as `".article-body"`; what is inserted goes there, else
    at the end of the `article`, `main` or `body`."""
    approved: Mapping[str, str] = setting(schema.mapping_of(schema.locale, schema.text), dict)
    """The disclaimer by locale, word for word: `approved.vi = "…"`; a file of its own can say who
    approved it as well, docs/how-to/notice.md#approved-texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossarySettings:
    """[glossary]: what is done with the glossaries of the locales; docs/how-to/glossary.md."""

    show_terms: bool = setting(schema.truth, False)  # noqa: FBT003 - the default of a setting
    """Whether translators are told of the terms in a text, by an extracted comment such as
    `#. term: scar → sẹo`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """[run]: how the work is done."""

    time_limit: float = setting(schema.seconds, 300.0)
    """How many seconds one piece of work may take: a stage, of one page, in one locale. What takes
    longer is stopped, docs/reference/findings.md#time-limit, and the others go on; not on
    Windows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSettings:
    """[articles."SLUG"]: what one article has of its own.

    Its slug is its path below `source_articles/` without the ending:
    `[articles."skin/collagen"]`.
    """

    source_url: str | None = setting(schema.address, None)
    """Where its source link leads, if not where the source page's does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All tables of `polypage.toml`."""

    project: ProjectSettings = setting(schema.table(ProjectSettings), ProjectSettings())
    extract: ExtractSettings = setting(schema.table(ExtractSettings), ExtractSettings())
    site: SiteSettings = setting(schema.table(SiteSettings), SiteSettings())
    drop: DropSettings = setting(schema.table(DropSettings), DropSettings())
    memory: MemorySettings = setting(schema.table(MemorySettings), MemorySettings())
    publish: PublishSettings = setting(schema.table(PublishSettings), PublishSettings())
    checks: ChecksSettings = setting(schema.table(ChecksSettings), ChecksSettings())
    notice: NoticeSettings = setting(schema.table(NoticeSettings), NoticeSettings())
    glossary: GlossarySettings = setting(schema.table(GlossarySettings), GlossarySettings())
    run: RunSettings = setting(schema.table(RunSettings), RunSettings())
    articles: Mapping[str, ArticleSettings] = setting(
        schema.mapping_of(schema.text, schema.table(ArticleSettings)), dict
    )
