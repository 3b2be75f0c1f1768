"""What the stages make of an article when it is settled, packed so that little of it is read.

    row = settled("rolling", …, outcomes=outcomes)
    brief = brief_of(row, gist_of(row))        what a report needs of it
    part_of(read, brief, "check")        what came of a stage, to be read if somebody asks

Findings are packed apart from the outcomes that they belong to: most of what there is to read, and
what the fewest ask for.

An article is settled when doing its stages again changes nothing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, islice
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from polypage.model import BuildOutcome, Finding, Status
from polypage.runs.answers import Part
from polypage.runs.kinds import Kind, Kinds, kinds_of
from polypage.runs.outcomes import Audited, Checked, Extracted, Updated
from polypage.runs.records import unpacked, write
from polypage.runs.stamps import Stamps

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the stages make of an article that is settled, in all locales of the project."""

    extracted: Extracted
    """Without its share of the site's template: that is looked up when the template changes."""
    updated: tuple[Updated, ...] = ()
    checked: tuple[Checked, ...] = ()
    built: tuple[BuildOutcome, ...] = ()
    audited: tuple[Audited, ...] = ()
    advice: tuple[tuple[str, str], ...] = ()
    """What the memory was, by locale, where there are entries that it might help."""


class Packed(NamedTuple):
    """What came of a stage."""

    outcomes: bytes
    """As `Bare` has them."""
    findings: bytes = b""
    """Of all outcomes, a line each; nothing where there is none."""
    kinds: bytes = b""
    """A line of the kinds of findings, and of each that is in no file of the article's own;
    nothing where there are neither."""


class Bare(NamedTuple):
    """Outcomes without their findings."""

    counts: tuple[int, ...]
    """How many findings each has."""
    outcomes: tuple[Any, ...]


class Settled(NamedTuple):
    """An article as it was when doing its stages again changed nothing."""

    slug: str
    page: str
    """Its path below the project's root, as templates name it."""
    basis: str
    """Identifies what all articles share."""
    view: str
    """Identifies what its links lead to."""
    stamps: Stamps
    """Of its own files."""
    gist: bytes
    updated: Packed
    checked: Packed
    built: Packed
    audited: Packed


@dataclass(frozen=True, slots=True)
class Gist:
    """What runs need to know of an article that is settled, and reports of its outcomes."""

    extracted: Extracted
    sizes: tuple[int, int, int, int]
    """How many outcomes the stages have that come after."""
    held: tuple[BuildOutcome, ...]
    """Pages that are not as they should be."""
    unproven: tuple[Audited, ...]
    advice: tuple[tuple[str, str], ...]


def settled(
    slug: str, *, page: str, basis: str, view: str, stamps: Stamps, outcomes: Outcomes
) -> Settled:
    """Note what came of an article."""
    own = outcomes
    facts = replace(own.extracted.facts, site_entries=())
    gist = Gist(
        replace(own.extracted, facts=facts),
        (len(own.updated), len(own.checked), len(own.built), len(own.audited)),
        tuple(page for page in own.built if page.status is not Status.UNCHANGED),
        tuple(one for one in own.audited if not one.proven),
        own.advice,
    )
    stages = (own.updated, own.checked, own.built, own.audited)
    return Settled(slug, page, basis, view, stamps, write(gist), *map(_packed, stages))


def _packed(outcomes: Sequence[Any]) -> Packed:
    findings = [_findings(one) for one in outcomes]
    bare = [
        replace(one, findings=()) if own else one
        for one, own in zip(outcomes, findings, strict=True)
    ]
    lines = b"\n".join(map(write, chain.from_iterable(findings)))
    kept = Bare(tuple(map(len, findings)), tuple(bare))
    return Packed(
        _compressed(write(kept)),
        _compressed(lines) if lines else b"",
        _kinds_packed(outcomes, chain.from_iterable(findings)),
    )


def _kinds_packed(outcomes: Sequence[Any], findings: Iterable[Finding]) -> bytes:
    kinds = kinds_of(findings, own={one.path for one in outcomes})
    if not (kinds.own or kinds.shared):
        return b""
    return _compressed(b"\n".join(map(write, (kinds.own, *kinds.shared))))


def _findings(outcome: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - of any stage
    return () if isinstance(outcome, Updated) else outcome.findings


_compressed = partial(zlib.compress, level=1)


def gist_of(row: Settled) -> Gist:
    """Read what there is to know of an article without asking what came of each stage."""
    return unpacked(Gist, _read(row.gist))


class Brief(NamedTuple):
    """What is asked of an article again and again, and the same of most."""

    sizes: tuple[int, int, int, int]
    """As `Gist` has them."""
    is_held: bool
    """Whether any page is not as it should be."""
    is_unproven: bool
    told: frozenset[str]
    """The stages that have findings."""
    advice: tuple[tuple[str, str], ...]


def brief_of(row: Settled, gist: Gist) -> Brief:
    """Say in brief what a report needs to know of an article."""
    told = frozenset(stage for stage in _STAGES if getattr(row, stage).findings)
    return Brief(gist.sizes, bool(gist.held), bool(gist.unproven), told, gist.advice)


_Stage: TypeAlias = Literal["updated", "checked", "built", "audited"]
_STAGES: tuple[_Stage, ...] = get_args(_Stage)


def part_of(read: Callable[[], Settled], brief: Brief, stage: str) -> Part[Any]:
    """Return what came of a stage that comes after reading; `read` gives the row."""
    updated, checked, built, audited = brief.sizes
    told = brief.told
    match stage:
        case "update":
            return Unread(Updated, read, "updated", updated, "updated" in told)
        case "check":
            return Unread(Checked, read, "checked", checked, "checked" in told)
        case "build":
            held: _Exceptions = "held" if brief.is_held else ""
            return Unread(BuildOutcome, read, "built", built, "built" in told, held)
        case _:
            unproven: _Exceptions = "unproven" if brief.is_unproven else ""
            return Unread(Audited, read, "audited", audited, "audited" in told, unproven)


_Exceptions: TypeAlias = Literal["held", "unproven", ""]


@dataclass(frozen=True, slots=True)
class Unread(Generic[T]):
    """What came of a stage for an article, packed, and read when somebody asks."""

    kind: type[T]
    read: Callable[[], Settled]
    stage: _Stage
    size: int
    has_findings: bool = True
    exceptions: _Exceptions = ""
    """What of the gist is not as it should be."""
    is_fresh: bool = False

    @property
    def packed(self) -> Packed:
        """What is kept of the stage."""
        packed: Packed = getattr(self.read(), self.stage)
        return packed

    def __len__(self) -> int:
        return self.size

    def outcomes(self) -> tuple[T, ...]:
        """Unpack all of them."""
        bare, findings = self._bare(), iter(self.found())
        parts = zip(bare.counts, bare.outcomes, strict=True)
        return tuple([_told(one, tuple(islice(findings, count))) for count, one in parts])

    def bare(self) -> tuple[T, ...]:
        """Unpack all of them but for their findings."""
        return self._bare().outcomes

    def notable(self) -> tuple[T, ...]:
        """Return those that are not as they should be; none was written, and none failed."""
        return getattr(gist_of(self.read()), self.exceptions) if self.exceptions else ()

    def found(self) -> Iterable[Finding]:
        """Return the findings of all."""
        lines = self.packed.findings if self.has_findings else b""
        return map(_finding, zlib.decompress(lines).split(b"\n")) if lines else ()

    def kinds(self) -> Kinds:
        """Return the kinds of findings that all have."""
        packed = self.packed.kinds if self.has_findings else b""
        if not packed:
            return Kinds((), ())
        own, *shared = zlib.decompress(packed).split(b"\n")
        kinds = tuple([unpacked(Kind, kind) for kind in _read(own)])
        return Kinds(kinds, tuple(map(_finding, shared)))

    def _bare(self) -> Bare:
        counts, rows = _read(zlib.decompress(self.packed.outcomes))
        return Bare(counts, tuple([unpacked(self.kind, row) for row in rows]))


def part_kinds(part: Part[Checked]) -> Kinds:
    """Return the kinds of findings about an article, whose outcomes may be packed."""
    if isinstance(part, Unread):
        return part.kinds()
    return kinds_of(part.found(), own={one.path for one in part.bare()})


def _told(outcome: Any, findings: tuple[Finding, ...]) -> Any:  # noqa: ANN401
    return replace(outcome, findings=findings) if findings else outcome


@lru_cache(maxsize=10_000)  # of a text that stands on all pages, all have the same
def _finding(line: bytes) -> Finding:
    return unpacked(Finding, _read(line))


def _read(data: bytes) -> Any:  # noqa: ANN401 - JSON is of any type
    return json.loads(data.decode("utf-8", "surrogatepass"))
