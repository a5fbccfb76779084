"""What taking something back means for pupils: numbers of the book stay, copies follow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pgtrigger
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.registry.students.following import follow_guardians
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    RegistryNumber,
    Student,
)
from khuevan.registry.students.rules import bearer_key

WHY = "pupils of a list that is taken back"


def _leave_numbers(student_ids: Collection[int]) -> None:
    """Let the numbers of pupils who were never there stay in the book, without a pupil."""
    pupils = Student.objects.unscoped(because=WHY).select_related("person")
    numbers = RegistryNumber.objects.unscoped(because=WHY)
    with pgtrigger.ignore("students.RegistryNumber:permanent"):
        for pupil in pupils.filter(pk__in=student_ids, numbers__isnull=False).distinct():
            key = bearer_key(pupil.person.search_name, pupil.person.birth_date)
            numbers.filter(student=pupil).update(student=None, borne_by=key)


def _set_sort_key(row: Enrollment | ClassPlacement) -> None:
    row.sort_key = row.person.sort_key


def _follow_facts(keys: rules.Keys, on: date) -> None:
    """Let guardians read on the days that the facts give now."""
    pupils = set(keys.get("students.Student", ()))
    for model in (Enrollment, Guardianship):
        rows: Any = model.objects.unscoped(because=WHY)
        held = keys.get(model._meta.label, ())
        pupils |= set(rows.filter(pk__in=held).values_list("student_id", flat=True))
    there = Student.objects.unscoped(because=WHY).filter(pk__in=pupils)
    follow_guardians(student_ids=sorted(there.values_list("pk", flat=True)), on=on)


rules.stays.register("students.RegistryBook", "numbers go on from where they are")
rules.stays.register("students.RegistryNumber", "a number is given once")
rules.let_go.register("students.Student", _leave_numbers)
rules.opens.register("students.Student.person", "accounts.Person")
rules.binds.register("students.LastView.person", "another school keeps the record")
for label in ("students.Enrollment", "students.ClassPlacement"):
    rules.fill.register(label, _set_sort_key)
rules.settle.register("guardians of pupils", _follow_facts)
WORDS = {
    "students.Student": _("facts of the pupil"),
    "students.Enrollment": _("belonging to a school"),
    "students.ClassPlacement": _("a place in a class"),
    "students.StudyBreak": _("a leave from school"),
    "students.PolicyGroup": _("a policy group"),
    "students.Guardianship": _("a guardianship"),
    "students.GuardianshipLimit": _("a limit of a guardianship"),
    "students.FamilyConsent": _("a consent of the pupil"),
    "students.LastView": _("leaving the school"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
