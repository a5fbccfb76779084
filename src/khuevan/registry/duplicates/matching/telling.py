"""Why two records seem to be of one person, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.registry.duplicates.matching.names import Likeness
from khuevan.registry.duplicates.matching.records import Comparison

WORDS: Mapping[str, Mapping[Likeness, str | Promise]] = {
    "name": {
        Likeness.SAME: _("the same name"),
        Likeness.UNMARKED: _("the same name, typed without some marks"),
        Likeness.SHORTENED: _("the same name without a middle name"),
        Likeness.SLIP: _("one letter of the name differs"),
    },
    "birth_date": {
        Likeness.SAME: _("the same date of birth"),
        Likeness.SWAPPED: _("day and month of birth changed places"),
        Likeness.SLIP: _("one digit of the date of birth differs"),
        Likeness.DIFFERENT: _("another date of birth"),
    },
    "birth_year": {
        Likeness.SAME: _("the same year of birth"),
        Likeness.DIFFERENT: _("another year of birth"),
    },
    "sex": {Likeness.DIFFERENT: _("another sex")},
    "number": {
        Likeness.SAME: _("the same personal number"),
        Likeness.SWAPPED: _("two digits of the personal number changed places"),
        Likeness.SLIP: _("one digit of the personal number differs"),
        Likeness.DIFFERENT: _("another personal number"),
        Likeness.UNKNOWN: _("a personal number is missing"),
    },
    "guardian": {
        Likeness.SAME: _("the same guardian"),
        Likeness.UNMARKED: _("the same guardian, typed without some marks"),
        Likeness.SHORTENED: _("the same guardian without a middle name"),
        Likeness.SLIP: _("one letter of the guardian's name differs"),
        Likeness.DIFFERENT: _("another guardian"),
    },
    "phone": {
        Likeness.SAME: _("the same phone"),
        Likeness.SWAPPED: _("two digits of the phone changed places"),
        Likeness.SLIP: _("one digit of the phone differs"),
        Likeness.DIFFERENT: _("another phone"),
    },
    "ward": {
        Likeness.SAME: _("the same commune"),
        Likeness.DIFFERENT: _("another commune"),
    },
    "school": {
        Likeness.SAME: _("the same school"),
        Likeness.DIFFERENT: _("another school"),
    },
}


CHILD: Mapping[Likeness, str | Promise] = {
    Likeness.SAME: _("the same child"),
    Likeness.UNMARKED: _("the same child, typed without some marks"),
    Likeness.SHORTENED: _("the same child without a middle name"),
    Likeness.SLIP: _("one letter of the child's name differs"),
    Likeness.DIFFERENT: _("another child"),
}
"""Guardians are compared with their child where pupils are compared with their guardian."""


def reasons(
    seen: Comparison, *, of_guardians: bool = False, only: Collection[str] = tuple(WORDS)
) -> list[str | Promise]:
    """Return what speaks for one person and what against, fact by fact, of some facts alone."""
    facts = {**WORDS, "guardian": CHILD} if of_guardians else WORDS
    said = ((words, getattr(seen, fact)) for fact, words in facts.items() if fact in only)
    return [words[likeness] for words, likeness in said if likeness in words]
