"""Texts for the pupils of a class, from phrases: none twice, the same for the same marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khuevan.kernel.vietnamese import match_key, normalize
from khuevan.school.remarks.bank import GIVEN, PUPIL, Line, pick
from khuevan.school.remarks.facts import Situation, Trend
from khuevan.school.remarks.models import Part

_WORD = re.compile(r"[^\W_]+")
LONGEST_NAME = 12
"""Room that is left for a given name where a phrase has a place for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A pupil for whom a text is wanted: what it depends on, and what was said of them before."""

    key: object
    given: str
    situation: Situation | None
    before: frozenset[str] = frozenset()
    """Wordings of earlier periods, which are not said again."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A template for each pupil, None where there is none; and what else there is to choose."""

    templates: Mapping[object, str | None]
    pools: Mapping[Situation, Sequence[str]] = field(default_factory=dict)
    """All templates of a situation: those in use too."""


def fill(template: str, given: str) -> str:
    """Return a template with the pupil's given name in its places, as a sentence begins."""
    text = normalize(template.replace(GIVEN, given).replace(PUPIL, "em"))
    return text[:1].upper() + text[1:]


def wordings(text: str, given: str) -> frozenset[str]:
    """Return what makes a text the same as another: its words, and those without the name."""
    words = [match_key(one) for one in _WORD.findall(normalize(text))]
    name = {match_key(one) for one in given.split()}
    return frozenset({" ".join(words), " ".join(one for one in words if one not in name)})


def templates_for(
    lines: Iterable[Line], situation: Situation, *, longest: int, allows: Callable[[str], bool]
) -> list[str]:
    """Return all templates of a situation: two phrases each, then one alone, as long as they fit.

    Two that follow each other begin differently.
    """
    kept = list(lines)
    firsts = pick(kept, Part.STRENGTH, situation.band)
    if situation.trend is not Trend.STEADY:
        firsts = pick(kept, Part(situation.trend.value), situation.band) + firsts
    seconds = pick(kept, Part.MISSING, situation.band) if situation.is_missing else []
    seconds = seconds or pick(kept, Part.NEXT, situation.band)
    pairs = [
        f"{first} {seconds[(at + shift) % len(seconds)]}"
        for shift in range(len(seconds))
        for at, first in enumerate(firsts)
    ]
    found = dict.fromkeys([*pairs, *firsts, *seconds])
    return [one for one in found if _length(one) <= longest and allows(one)]


def suggest(
    pupils: Sequence[Asked],
    texts: Mapping[Situation, Sequence[str]],
    *,
    taken: Collection[str] = (),
    skip: int = 0,
) -> Suggested:
    """Return a text for each pupil in order; never one that is taken or that another has.

    Where none is left for a pupil there is none. `skip` begins further on, for another period.
    """
    used, found = set(taken), dict[object, str | None]()
    for one in pupils:
        choice = texts.get(one.situation, ()) if one.situation else ()
        found[one.key] = None
        for at in range(len(choice)):
            template = choice[(at + skip) % len(choice)]
            said = wordings(fill(template, one.given), one.given)
            if said.isdisjoint(used) and said.isdisjoint(one.before):
                used |= said
                found[one.key] = template
                break
    return Suggested(found, texts)


def _length(template: str) -> int:
    room = LONGEST_NAME * template.count(GIVEN) - len(GIVEN) * template.count(GIVEN)
    return len(template) + room
