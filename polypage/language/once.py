"""What is found out about a value when it is first asked for, and kept with it.

    class Reading:
        @once
        def figures(self) -> tuple[Quantity, ...]:
            return read(self.text)

`functools.cached_property` takes a lock on Python 3.11, which costs three times as much; nothing
here is shared by threads that would mind finding out the same thing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Found = TypeVar("Found")

new = tuple.__new__
"""Makes a named tuple of all its fields, at a third of the cost of the class's own way."""


class once(Generic[Found]):  # noqa: N801 - read as a decorator
    """An attribute that a method finds out; its class must have a `__dict__`."""

    def __init__(self, find: Callable[[Any], Found]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[Found]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Found: ...

    def __get__(self, instance: object | None, owner: type) -> once[Found] | Found:
        if instance is None:
            return self
        # Next time the attribute is in the instance's own way of this one.
        found = instance.__dict__[self._name] = self._find(instance)
        return found
