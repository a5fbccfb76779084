"""A FET file as it was read: the problem, and what else stood in it, kept for writing it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from khuevan.school.timetable.core.values import Problem
from khuevan.school.timetable.fet.tree import Node

VERSION = "6.8.5"
"""Whose files we write."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An element that means nothing to us, as it stood."""

    tag: str
    text: str = ""
    children: tuple[Raw, ...] = ()


Key = tuple[str, ...]
"""What an element belonged to, such as ("Teacher", "Lan")."""


@dataclass(frozen=True)
class Document:
    """A problem with everything of its file that the engine has no use for."""

    problem: Problem
    version: str = VERSION
    name: str = ""
    comments: str = ""
    sections: tuple[Raw, ...] = ()
    """Whole lists: subjects, tags, buildings, options."""
    rest: Mapping[Key, tuple[Raw, ...]] = field(default_factory=dict)
    """What else was said of one teacher, student set, lesson, room or constraint."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rest", MappingProxyType(dict(self.rest)))

    def section(self, tag: str) -> Raw | None:
        """Return a list that was kept as it stood."""
        return next((one for one in self.sections if one.tag == tag), None)


def raw(node: Node) -> Raw:
    """Return an element as it stood."""
    return Raw(node.tag, node.text, tuple(raw(child) for child in node.children))
