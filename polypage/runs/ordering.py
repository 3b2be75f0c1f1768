"""Findings by file and line, each once, however many there are.

    findings = Ordered(found)
    findings.counts[Severity.ERROR]         how many weigh so much
    len(findings), findings[0], iter(findings)

As many as are easily held are put in order at a time. Where there are more, what is in order is put
away, and brought together while somebody goes through it: a few of each stretch are unpacked then.
"""

from __future__ import annotations

import heapq
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Any, TypeAlias, overload

from polypage.model import Finding, Severity
from polypage.runs.packing import Place, Store

_MOST = 10_000
"""How many findings are put in order at a time: some ten megabytes."""
_BLOCK = 50
"""How many are unpacked at a time."""
_Stretch: TypeAlias = Callable[[], Iterator[Finding]]
"""Gives findings that are in order."""
_order = attrgetter("order")


class Ordered(Sequence[Finding]):
    """Findings in order; equal to others if they are the same."""

    def __init__(self, findings: Iterable[Finding], *, most: int = _MOST) -> None:
        """Put findings in order, so many at a time."""
        self._store = Store(None)
        self._stretches: list[_Stretch] = []
        held: dict[Finding, None] = {}
        for finding in findings:
            held[finding] = None
            if len(held) == most:
                self._stretches.append(self._put_away(sorted(held, key=_order)))
                held = {}
        self._stretches.append(tuple(sorted(held, key=_order)).__iter__)

    def __iter__(self) -> Iterator[Finding]:
        merged = heapq.merge(*(stretch() for stretch in self._stretches), key=_order)
        if not self._stretches[1:]:
            return merged
        # Equal findings are at the same place; which of them came first, merging keeps.
        return chain.from_iterable(dict.fromkeys(same) for _, same in groupby(merged, _order))

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self)

    def __len__(self) -> int:
        return self.counts.total()

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, at: int | slice) -> Finding | tuple[Finding, ...]:
        if isinstance(at, slice):
            # The first ones are had without the others.
            start, step = at.start or 0, 1 if at.step is None else at.step
            if at.stop is None or min(start, at.stop, step) < 0:
                return tuple(self)[at]
            return tuple(islice(self, start, at.stop, step))
        return next(islice(self, range(len(self))[at], None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ordered | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        # They may lie in a file that no other process can open.
        return type(self), (tuple(self),)

    def _put_away(self, findings: Sequence[Finding]) -> _Stretch:
        starts = range(0, len(findings), _BLOCK)
        blocks = [findings[start : start + _BLOCK] for start in starts]
        places = [self._store.put(pickle.dumps(block, pickle.HIGHEST_PROTOCOL)) for block in blocks]
        return lambda: chain.from_iterable(map(self._block, places))

    def _block(self, place: Place) -> list[Finding]:
        findings: list[Finding] = pickle.loads(self._store.get(place))  # noqa: S301 - our own
        return findings
