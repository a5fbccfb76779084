"""Why a result is what it is: steps with the rule, the article and the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from khuevan.ui.formats import spoken


class Points(int):
    """Tenths that a sentence tells as the language writes them: 79 is 7,9 in Vietnamese."""

    def __str__(self) -> str:
        return spoken(Decimal(int(self)) / 10, 1)


class Words(tuple[object, ...]):
    """Several words that a sentence tells with commas between, each in the language then asked."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(str(one) for one in self)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a sentence with named places, what fills them, and what it follows."""

    rule: str
    """The rule's id, such as ASM-03."""
    article: str | Promise
    """Where the circular says it, such as Điều 9 khoản 1 điểm b."""
    sentence: str | Promise
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def __str__(self) -> str:
        said = str(self.sentence) % self.facts if self.facts else str(self.sentence)
        return _("%(said)s (%(article)s)") % {"said": said, "article": self.article}


Derivation = tuple[Step, ...]
