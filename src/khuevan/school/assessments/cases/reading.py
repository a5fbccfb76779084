"""Reading a case: every value with its place, so that a fault can name it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum, StrEnum
from typing import Any, NoReturn, TypeVar

from django.utils.translation import gettext as _

from khuevan.school.assessments.rules.marks import WrongForm

Choice = TypeVar("Choice", bound=StrEnum | IntEnum)
Value = TypeVar("Value")
_ABSENT = object()


class UnreadableCase(Exception):
    """A case that can't be read: where, and what is wanted there."""

    def __init__(self, place: str, wanted: str) -> None:
        self.place, self.wanted = place, wanted
        super().__init__(place, wanted)

    def __str__(self) -> str:
        return _("%(place)s: %(wanted)s") % {"place": self.place, "wanted": self.wanted}


class Node:
    """A value of a case, asked for what it should be; `place` is its path, such as input.regular.

    Asked for its members, an object remembers which were asked for: others are no part of a case.
    """

    def __init__(self, value: Any, place: str) -> None:
        self.value, self.place = value, place
        self._asked: set[str] = set()

    def __getitem__(self, key: str) -> Node:
        """Return a member that has to be there."""
        found = self.get(key)
        if found is None:
            raise UnreadableCase(f"{self.place}.{key}", _("missing"))
        return found

    def get(self, key: str) -> Node | None:
        """Return a member, or None where the object has none of that name."""
        self._asked.add(key)
        value = self._object().get(key, _ABSENT)
        return None if value is _ABSENT else Node(value, f"{self.place}.{key}")

    def members(self) -> Iterator[tuple[str, Node]]:
        """Yield all members of an object."""
        for key in self._object():
            self._asked.add(key)
            yield key, Node(self.value[key], f"{self.place}.{key}")

    def items(self) -> list[Node]:
        """Return the items of a list."""
        if not isinstance(self.value, list):
            self.fail(_("a list is wanted"))
        return [Node(one, f"{self.place}[{at}]") for at, one in enumerate(self.value)]

    def close(self) -> None:
        """Refuse members that nobody asked for.

        :raises UnreadableCase:
        """
        for key in self._object():
            if key not in self._asked:
                raise UnreadableCase(f"{self.place}.{key}", _("this key is not known here"))

    @property
    def is_null(self) -> bool:
        """Whether nothing is given."""
        return self.value is None

    def or_null(self, read: Callable[[Node], Value]) -> Value | None:
        """Return what a reader makes of it, None for null."""
        return None if self.is_null else read(self)

    def integer(self, *, least: int = 0, most: int | None = None) -> int:
        """Return a whole number."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail(_("a whole number is wanted"))
        if value < least:
            self.fail(_("a number from %(least)s is wanted") % {"least": least})
        if most is not None and value > most:
            self.fail(_("a number up to %(most)s is wanted") % {"most": most})
        return value

    def boolean(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.fail(_("true or false is wanted"))
        return self.value

    def text(self) -> str:
        """Return a text."""
        if not isinstance(self.value, str):
            self.fail(_("a text is wanted"))
        return self.value

    def choice(self, choices: type[Choice]) -> Choice:
        """Return one of some words: the names of whole numbers, the values of texts."""
        by_name = issubclass(choices, IntEnum)
        known: dict[str, Any] = {str(one.name if by_name else one.value): one for one in choices}
        if not isinstance(self.value, str) or self.value not in known:
            self.fail(_("one of %(known)s is wanted") % {"known": ", ".join(known)})
        found: Choice = known[self.value]
        return found

    def written(self, read: Callable[[object], int]) -> int:
        """Return a mark or a score, of a form that a reader knows."""
        try:
            return read(self.value)
        except WrongForm:
            self.fail(_("“%(value)s” is no mark") % {"value": str(self.value)[:20]})

    def fail(self, wanted: str) -> NoReturn:
        """Say what is wanted here.

        :raises UnreadableCase:
        """
        raise UnreadableCase(self.place, wanted)

    def _object(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            self.fail(_("an object is wanted"))
        found: dict[str, Any] = self.value
        return found
