"""Kinds of notifications: each app declares its own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from khuevan.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """One kind: its sentence with named placeholders, and its icon."""

    code: str
    sentence: str | Promise = field(compare=False)
    icon: str = "bell"

    def sentence_for(self, params: Mapping[str, Any]) -> str:
        """Return the sentence with its names filled in."""
        try:
            return str(self.sentence) % dict(params)
        except (KeyError, ValueError, TypeError):
            return str(self.sentence)


kinds: Registry[NotificationKind] = Registry("notification kind")


def declare(code: str, sentence: str | Promise, *, icon: str = "bell") -> str:
    """Register a kind of notification and return its code."""
    kinds.register(code, NotificationKind(code, sentence, icon))
    return code
