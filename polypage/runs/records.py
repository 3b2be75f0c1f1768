"""Frozen dataclasses as JSON, and back.

    write(Coverage(entries=3))                b'[3,0,0,0,0,0]'
    read(Coverage, b'[3,0,0,0,0,0]')          Coverage(entries=3)
    plain(Coverage(entries=3))                {"entries": 3, "translated": 0, …}, for readers
    told({"files": iter(["a", "b"])})         '{"files": ["a", "b"]}', in pieces
    shape(Coverage)                           tells it from the Coverage of other versions

What is read must have as many fields as the class, nested classes too. What they hold is not looked
at: whoever keeps records sees that they are what they were, and of the same shape.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, partial
from itertools import islice
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from polypage.files import fingerprint

T = TypeVar("T")


def write(record: object) -> bytes:
    """Write a record as JSON, as `packed` has it."""
    data = json.dumps(packed(record), ensure_ascii=False, separators=(",", ":"))
    return data.encode("utf-8", "surrogatepass")


def read(kind: type[T], data: bytes) -> T:
    """Read a record of this class.

    Raises:
        ValueError: It is no JSON, or not of this class.

    """
    try:
        return unpacked(kind, json.loads(data.decode("utf-8", "surrogatepass")))
    except (AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


@cache
def shape(kind: Any) -> bytes:  # noqa: ANN401 - any type that a field can have
    """Identify a class by its fields and their types, all the way down; records have no names."""
    found: dict[Any, str] = {}
    _describe(kind, found)
    return fingerprint("\n".join(found.values()).encode())


def _describe(kind: Any, found: dict[Any, str]) -> None:  # noqa: ANN401
    if kind in found:
        return
    is_class = isinstance(kind, type) and not get_origin(kind)
    parts = get_type_hints(kind) if is_class and kind.__module__ != "builtins" else {}
    members = list(kind) if is_class and issubclass(kind, Enum) else ()
    found[kind] = f"{kind} {parts} {members}"
    for part in (*get_args(kind), *parts.values()):
        _describe(part, found)


def plain(value: object) -> Any:  # noqa: ANN401 - JSON is of any type
    """Return dataclasses as dicts and tuples as lists, all the way down."""
    if type(value) in _LEAVES:
        return value
    names = _names(type(value))  # type: ignore[arg-type]  # types can be hashed
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def told(record: Mapping[str, object]) -> Iterator[str]:
    """Write an object as JSON on one line, piece by piece; what is an iterator becomes a list."""
    before = "{"
    for key, value in record.items():
        yield f"{before}{_json(key)}: "
        if isinstance(value, Iterator):
            yield from _listed(value)
        else:
            yield _json(value)
        before = ", "
    yield "}" if record else "{}"


def _listed(items: Iterator[object]) -> Iterator[str]:
    before = "["
    while some := [*islice(items, _AT_ONCE)]:
        yield f"{before}{_json(some)[1:-1]}"
        before = ", "
    yield "]" if before != "[" else "[]"


_json = partial(json.dumps, ensure_ascii=False)
_AT_ONCE = 1_000
"""How many items of a list are written in one piece."""


def packed(value: object) -> Any:  # noqa: ANN401
    """Return a record as nested lists, without the names of its fields: smaller, faster to read."""
    if type(value) in _LEAVES:
        return value
    names = _names(type(value))  # type: ignore[arg-type]  # types can be hashed
    if names is not None:
        return [packed(getattr(value, name)) for name in names]
    if isinstance(value, tuple):
        return [packed(item) for item in value]
    return value


_LEAVES = frozenset((str, int, float, bool, NoneType))
"""What most fields hold: values that are what they are in JSON."""


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields; None for what is none."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None


def unpacked(kind: type[T], value: Any) -> T:  # noqa: ANN401
    """Return a record from what `packed` made of it; nothing but the number of fields is checked.

    Raises:
        ValueError: It is of another class.

    """
    unpack: _Reader = _unpacker_of(kind) or kind  # type: ignore[arg-type]  # types can be hashed
    try:
        return unpack(value)  # type: ignore[no-any-return]
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from error


_Reader: TypeAlias = Callable[[Any], Any]
"""Turns a piece of JSON into a value of a certain type."""


@cache
def _unpacker_of(kind: Any) -> _Reader | None:  # noqa: ANN401
    """Return what unpacks values of a type; None where they are what they are in JSON."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record_unpacker(kind)
    if origin in (Union, UnionType):
        (item,) = (argument for argument in arguments if argument is not NoneType)
        unpack = _unpacker_of(item)
        return _optional(unpack) if unpack else None
    if origin is tuple:
        return _tuple_unpacker(arguments)
    if isinstance(kind, type) and issubclass(kind, tuple):  # a named one
        parts = _tuple_unpacker(tuple(get_type_hints(kind).values()))
        return lambda value: kind(*parts(value))
    return None if kind in (str, int, float, bool) else _member_of(kind)


def _member_of(kind: type[Enum]) -> _Reader:
    return {member.value: member for member in kind}.__getitem__


def _optional(reader: _Reader) -> _Reader:
    return lambda value: None if value is None else reader(value)


def _record_unpacker(kind: Any) -> _Reader:  # noqa: ANN401
    hints = get_type_hints(kind)
    unpackers = [_unpacker_of(hints[each.name]) for each in fields(kind)]
    if not any(unpackers):
        return lambda value: kind(*value)

    packs = [(n, own) for n, own in enumerate(unpackers) if own]

    def unpack(value: Any) -> Any:  # noqa: ANN401
        if len(value) != len(unpackers):
            raise TypeError(f"{len(value)} fields for {kind.__name__}")
        parts = list(value)
        for n, own in packs:
            parts[n] = own(parts[n])
        return kind(*parts)

    return unpack


def _tuple_unpacker(arguments: tuple[Any, ...]) -> _Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        each = _unpacker_of(arguments[0])
        return (lambda value: tuple([each(item) for item in value])) if each else tuple
    own = [_unpacker_of(argument) or _same for argument in arguments]
    return lambda value: tuple([unpack(item) for unpack, item in zip(own, value, strict=True)])


def _same(value: Any) -> Any:  # noqa: ANN401
    return value
