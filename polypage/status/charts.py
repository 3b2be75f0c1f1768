"""Charts as inline SVG: shares, stacked work, lines over time.

    bar(0.66)                                   a share
    stack([("new", 300), ("text", 12)], 400)    parts of a whole
    curve([0.1, 0.4, 0.66], "…")                shares from left to right

Colours come from the page's style sheet, by class. A bar stands beside the figures that it shows,
so voices pass over it; a curve says in words what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT = 120, 10
_CURVE_WIDTH, _CURVE_HEIGHT, _RIM = 240, 72, 4


def bar(ratio: float) -> str:
    """Draw a share."""
    return _drawn(_rectangle("track", 0, _WIDTH) + _rectangle("share", 0, ratio * _WIDTH))


def stack(parts: Sequence[tuple[str, int]], whole: int) -> str:
    """Draw parts of a whole, each of the class `kind-NAME`."""
    drawn, place = [], 0.0
    for name, size in parts:
        length = size / whole * _WIDTH if whole else 0.0
        drawn.append(_rectangle(f"kind-{name}", place, length))
        place += length
    return _drawn("".join(drawn))


def curve(shares: Sequence[float], told: str) -> str:
    """Draw shares over time; `told` says the same in words."""
    step = (_CURVE_WIDTH - 2 * _RIM) / max(len(shares) - 1, 1)
    places = [(_RIM + n * step, _level(share)) for n, share in enumerate(shares)]
    line = " ".join(f"{_short(x)},{_short(y)}" for x, y in places)
    floor, (first, _), (last, top) = _level(0), places[0], places[-1]
    rules = "".join(_rule(share) for share in (0, 0.5, 1))
    return (
        f'<svg class="curve" viewBox="0 0 {_CURVE_WIDTH} {_CURVE_HEIGHT}" role="img"'
        f' aria-label="{escape(told)}">{rules}'
        f'<polygon points="{_short(first)},{floor} {line} {_short(last)},{floor}"/>'
        f'<polyline points="{line}"/><circle cx="{_short(last)}" cy="{_short(top)}" r="3"/></svg>'
    )


def _drawn(shapes: str) -> str:
    return (
        f'<svg class="bar" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none"'
        f' aria-hidden="true">{shapes}</svg>'
    )


def _rectangle(kind: str, x: float, length: float) -> str:
    size = f'width="{_short(length)}" height="{_HEIGHT}"'
    return f'<rect class="{kind}" x="{_short(x)}" {size}/>' if length else ""


def _rule(share: float) -> str:
    level = _short(_level(share))
    return f'<path d="M{_RIM} {level}H{_CURVE_WIDTH - _RIM}"/>'


def _level(share: float) -> float:
    return _CURVE_HEIGHT - _RIM - share * (_CURVE_HEIGHT - 2 * _RIM)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
