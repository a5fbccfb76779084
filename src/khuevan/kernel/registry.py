"""The one registration class: how a lower layer learns of a higher one without importing it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class RegistrationError(RuntimeError):
    """A name registered twice, unknown, or after start-up: a programming error, never a user's."""


class Registry(Generic[T]):
    """Named things of one type, in the order they were registered, frozen after start-up."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._items: dict[str, T] = {}
        self._frozen = False

    def register(self, name: str, item: T) -> T:
        """Add one thing under a name of its own and return it."""
        if self._frozen:
            raise RegistrationError(f"{self._noun} {name!r} registered after start-up")
        if name in self._items and self._items[name] is not item:
            raise RegistrationError(f"{self._noun} {name!r} is registered twice")
        self._items[name] = item
        return item

    def get(self, name: str) -> T:
        """Return the thing of that name or raise `RegistrationError`."""
        try:
            return self._items[name]
        except KeyError:
            raise RegistrationError(f"no {self._noun} {name!r}") from None

    def freeze(self) -> None:
        """Refuse registrations from now on."""
        self._frozen = True

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> Iterator[tuple[str, T]]:
        """Return names with their things, in the order of registration."""
        return iter(self._items.items())
