"""The pages on which a fault is mended that is no matter of one cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.insight.quality.findings import Finding
from khuevan.insight.quality.rule_list import QualityRule
from khuevan.registry.schools.api import School

Arguments = Callable[[School, Finding], list[object]]


def _record(_school: School, finding: Finding) -> list[object]:
    return [finding.record]


def _person(_school: School, finding: Finding) -> list[object]:
    return [finding.person]


def _class(school: School, finding: Finding) -> list[object]:
    return [school.code, finding.uuid]


def _school(school: School, _finding: Finding) -> list[object]:
    return [school.code]


def _none(_school: School, _finding: Finding) -> list[object]:
    return []


@dataclass(frozen=True, slots=True)
class Place:
    """A page that mends a fault, and what its link says."""

    route: str
    label: str | Promise
    arguments: Arguments


PLACES = {
    "record": Place("students:edit", _("Edit the record"), _record),
    "family": Place("students:family", _("Open the family"), _record),
    "person": Place("people:person", _("Open the person"), _person),
    "confirm": Place("people:confirm", _("It is right"), _person),
    "duplicates": Place("duplicates:list", _("Compare the two"), _none),
    "class": Place("students:class", _("Open the class"), _class),
    "class_edit": Place("schools:class_edit", _("Edit the class"), _class),
    "class_staff": Place("staff:class", _("Teachers of the class"), _class),
    "staff": Place("staff:record", _("Open the record"), _record),
    "qualification": Place("staff:qualification", _("Add the degree"), _record),
    "staff_subject": Place("staff:subject", _("Add the subject"), _record),
    "title": Place("staff:title", _("Add the title"), _record),
    "school_staff": Place("staff:school", _("Staff of the school"), _school),
    "contact": Place("schools:contact", _("Contact details"), _school),
    "campuses": Place("schools:campuses", _("Campuses"), _school),
    "classes": Place("students:classes", _("Classes"), _school),
    "students": Place("students:school", _("Pupils"), _school),
}

RECORDS = {
    "PUPIL": PLACES["record"],
    "FAMILY": PLACES["family"],
    "CLASS": PLACES["class"],
    "STAFF": PLACES["staff"],
    "SCHOOL": PLACES["contact"],
}
"""Where a name in a list leads."""


def mended_at(rule: QualityRule, school: School, finding: Finding) -> tuple[str, str]:
    """Return the address and the words of the page that mends a finding."""
    place = PLACES[rule.place]
    return reverse(place.route, args=place.arguments(school, finding)), str(place.label)


def record_of(rule: QualityRule, school: School, finding: Finding) -> str:
    """Return where the name of a finding leads."""
    if rule.subject == "PUPIL":
        return reverse("students:record", args=[finding.record])
    place = RECORDS[rule.subject]
    return reverse(place.route, args=place.arguments(school, finding))
