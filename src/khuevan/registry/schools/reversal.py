"""What taking something back means for schools: classes of a level need the level."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.platform.audit.api import Asked, Objection
from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.registry.schools.models import HomeroomClass, SchoolVersion

WHY = "schools whose facts are taken back"
VERSION = "schools.SchoolVersion"


def _classes_of_levels(asked: Asked, made: rules.Keys, changed: rules.Keys) -> Iterator[Objection]:
    """Yield facts of schools with classes of a level that the school would not have before."""
    keys = {*made.get(VERSION, ()), *changed.get(VERSION, ())}
    versions = SchoolVersion.objects.unscoped(because=WHY)
    for version in versions.filter(pk__in=keys):
        before = versions.filter(school=version.school).exclude(pk__in=keys)
        levels = {level for one in before for level in one.levels}
        classes = HomeroomClass.objects.unscoped(because=WHY).filter(school=version.school)
        added = classes.filter(grade_level__level__in=set(version.levels) - levels)
        if levels and added.exists():
            yield Objection(VERSION, version.pk, _("classes of a level that came with it"))


rules.objections.register("classes of levels", _classes_of_levels)
WORDS = {
    "organizations.OrgUnit": gettext_lazy("a unit"),
    "organizations.OrgUnitVersion": gettext_lazy("name and place of a unit"),
    "organizations.UnitSuccession": gettext_lazy("a reorganization"),
    "schools.School": gettext_lazy("facts of a school"),
    "schools.SchoolVersion": gettext_lazy("type and levels of a school"),
    "schools.SchoolCode": gettext_lazy("a code of a school"),
    "schools.SchoolDecision": gettext_lazy("a decision about a school"),
    "schools.Campus": gettext_lazy("a campus"),
    "schools.Room": gettext_lazy("a room"),
    "schools.HomeroomClass": gettext_lazy("a class of a school"),
    "schools.ClassGrade": gettext_lazy("a further grade of a class"),
    "schools.Closure": gettext_lazy("a closure"),
    "schools.MakeUpDay": gettext_lazy("a make-up day"),
    "schools.YearFrame": gettext_lazy("dates of a school year"),
    "schools.Term": gettext_lazy("dates of a school year"),
    "organizations.UnitAlias": gettext_lazy("another name of a unit"),
    "organizations.ReportingLink": gettext_lazy("to whom a unit reports"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
