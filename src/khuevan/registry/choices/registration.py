"""What combinations hang into the pages of a school and of a pupil's record."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.registry.choices import audit_codes, notices, permissions, reversal
from khuevan.registry.choices.selectors.combinations import carried_in, combination_of
from khuevan.registry.choices.shown import subjects_words
from khuevan.registry.curriculum.api import class_combinations
from khuevan.registry.schools.api import EducationLevel, SchoolTab, school_tabs
from khuevan.registry.students.api import (
    RecordNote,
    Student,
    StudentAction,
    record_actions,
    record_notes,
)
from khuevan.ui.formats import day

__all__ = ["audit_codes", "notices", "reversal"]


def combination_note(actor: Actor, student: Student) -> Sequence[RecordNote]:
    """Say which combination a pupil learns."""
    if not actor.may(permissions.VIEW_CHOICES):
        return []
    held = combination_of(actor=actor, student=student, permission=permissions.VIEW_CHOICES)
    now = next((one for one in held if one.ends_on is None or one.ends_on > actor.today), None)
    if now is None:
        return []
    words = {
        "options": subjects_words(now.combination.options),
        "clusters": subjects_words(now.combination.clusters),
        "day": day(now.starts_on),
    }
    return [
        RecordNote(
            gettext("Combination: %(name)s") % {"name": now.combination.name},
            gettext("%(options)s; study topics: %(clusters)s; since %(day)s") % words,
            reverse("choices:change", args=[student.uuid]),
            gettext("Change the combination"),
        )
    ]


school_tabs.register(
    "choices",
    SchoolTab(
        _("Combinations"),
        "choices:board",
        permissions.VIEW_CHOICES,
        31,
        group="pupils",
        levels=(EducationLevel.UPPER_SECONDARY,),
    ),
)
class_combinations.register("choices", carried_in)
record_notes.register("choices", combination_note)
record_actions.register(
    "combination",
    StudentAction(
        _("Combination of subjects"),
        "choices:change",
        "list-checks",
        permissions.MANAGE_CHOICES,
        60,
    ),
)
