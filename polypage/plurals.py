"""CLDR's rules for plural forms, as expressions of C: what stands in a catalog's Plural-Forms field.

    >>> expression("n mod 10 in 2..4 and n mod 100 not in 12..14")
    '(n%10>=2 && n%10<=4) && (n%100<12 || n%100>14)'

A rule is written as Unicode's TR35-numbers (Plural Operand Meanings) has it and Babel gives it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def expression(rule: str) -> str:
    """Turn the rule of a plural form into C that is true of the whole numbers which take it."""
    clauses = [_conjunction(clause) for clause in rule.split(" or ")]
    possible = [terms for terms in clauses if terms is not None]
    if len(possible) == 1:
        return " && ".join(possible[0])
    return " || ".join(" && ".join(_in_brackets(terms)) for terms in possible)


def _in_brackets(terms: list[str]) -> list[str]:
    return [f"({' && '.join(terms)})"] if len(terms) > 1 else terms


_RELATION = re.compile(
    r"(?P<operand>[a-z])(?: mod (?P<by>\d+))? (?P<no>not )?in (?P<ranges>[\d.,]+)"
)


def _conjunction(clause: str) -> list[str] | None:
    """Turn relations joined by `and` into terms of C; None if no whole number fulfils them."""
    terms = []
    for relation in _RELATION.finditer(clause):
        ranges = list(_ranges(relation["ranges"]))
        if relation["operand"] in "ni":
            value = f"n%{relation['by']}" if relation["by"] else "n"
            terms.append(_negation(value, ranges) if relation["no"] else _relation(value, ranges))
        # The other operands tell of fractions and exponents: 0 in whole numbers.
        elif any(low <= 0 <= high for low, high in ranges) == bool(relation["no"]):
            return None
    return terms


def _ranges(written: str) -> Iterator[tuple[int, int]]:
    """Read `0,1,11..19`; single numbers in a row become a range."""
    ranges: list[tuple[int, int]] = []
    for item in written.split(","):
        low, _, high = item.partition("..")
        if ranges and ranges[-1][1] + 1 == int(low):
            ranges[-1] = (ranges[-1][0], int(high or low))
        else:
            ranges.append((int(low), int(high or low)))
    yield from ranges


def _relation(value: str, ranges: list[tuple[int, int]]) -> str:
    terms = [_within(value, low, high) for low, high in ranges]
    return f"({' || '.join(terms)})" if len(terms) > 1 else terms[0]


def _within(value: str, low: int, high: int) -> str:
    if low == high:
        return f"{value}=={low}"
    return f"({value}>={low} && {value}<={high})" if low else f"{value}<={high}"


def _negation(value: str, ranges: list[tuple[int, int]]) -> str:
    return " && ".join(_without(value, low, high) for low, high in ranges)


def _without(value: str, low: int, high: int) -> str:
    if low == high:
        return f"{value}!={low}"
    return f"({value}<{low} || {value}>{high})" if low else f"{value}>{high}"
