"""Being a pupil, in a school, in a class, of a policy group; each with its period."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.kernel.scoping import Anchors, ScopedModel, Via
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import DateRange
from khuevan.registry.schools.api import GradeLevel

_KEPT_FOR_EVER = """
UPDATE students_registrynumber n SET student_id = NEW.student_id, borne_by = ''
FROM accounts_person p
WHERE n.school_id = NEW.school_id AND n.number = NEW.registry_number AND n.student_id IS NULL
AND p.id = NEW.person_id AND n.borne_by = md5(
    p.search_name || '|' || coalesce(to_char(p.birth_date, 'YYYY-MM-DD'), ''));
INSERT INTO students_registrynumber (school_id, number, position, student_id, given_on)
VALUES (
    NEW.school_id, NEW.registry_number,
    CASE WHEN NEW.registry_number ~ '^[0-9]{4}-[0-9]{1,9}$'
         THEN split_part(NEW.registry_number, '-', 2)::bigint
         WHEN NEW.registry_number ~ '^[0-9]{1,9}(/[0-9]{4})?$'
         THEN split_part(NEW.registry_number, '/', 1)::bigint END,
    NEW.student_id, NEW.starts_on
) ON CONFLICT (school_id, number) DO NOTHING;
IF EXISTS (
    SELECT 1 FROM students_registrynumber n WHERE n.school_id = NEW.school_id
    AND n.number = NEW.registry_number AND n.student_id IS DISTINCT FROM NEW.student_id
) THEN
    RAISE EXCEPTION USING ERRCODE = '23P01', MESSAGE = 'enrollment_registry_number_of_one_pupil';
END IF;
RETURN NULL;
"""
_BREAKS_WITHIN = """
IF EXISTS (
    SELECT 1 FROM students_studybreak b WHERE b.enrollment_id = NEW.id
    AND NOT daterange(NEW.starts_on, NEW.ends_on) @> daterange(b.starts_on, b.ends_on)
) THEN RAISE EXCEPTION USING ERRCODE = '23P01', MESSAGE = 'student_states_never_overlap'; END IF;
RETURN NULL;
"""
_NOT_ON_LEAVE = """
IF EXISTS (
    SELECT 1 FROM students_studybreak b WHERE b.student_id = NEW.student_id
    AND daterange(b.starts_on, b.ends_on) && daterange(NEW.starts_on, NEW.ends_on)
) THEN RAISE EXCEPTION USING ERRCODE = '23P01', MESSAGE = 'student_states_never_overlap'; END IF;
RETURN NULL;
"""
"""What another table has to say of a row is asked by triggers: COPY and raw SQL meet them too."""

_THROUGH_PERIODS: Anchors = {
    "school": Via("students.Enrollment", "student_id", "school_id", ahead=True),
    "class": Via("students.ClassPlacement", "student_id", "homeroom_class_id"),
    "person": "person_id",
}

KEPT_BY: Anchors = {
    **_THROUGH_PERIODS,
    "school": Via("students.Enrollment", "student_id", "school_id", ahead=True, only="is_primary"),
}
"""The ways to pupils whose record one changes: the main school's. A second school reads it."""


@track()
class Student(ScopedModel):
    """A person as a pupil, reached through current enrollment, current class, or as family."""

    ANCHORS: ClassVar[Anchors] = _THROUGH_PERIODS

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.OneToOneField(
        "accounts.Person", on_delete=models.PROTECT, related_name="student"
    )
    moet_code = models.CharField(max_length=20, null=True, unique=True, db_collation="C")  # noqa: DJ001 (absent, not empty)
    disability_code = models.CharField(max_length=20, blank=True)
    disability_degree = models.CharField(max_length=20, blank=True, default="", db_default="")
    note = models.CharField(max_length=500, blank=True)
    died_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="student_degree_of_a_disability",
                condition=models.Q(disability_degree="") | ~models.Q(disability_code=""),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class EntryKind(models.TextChoices):
    """How a pupil came to a school."""

    ADMITTED = "ADMITTED", _("Admitted")
    TRANSFERRED_IN = "TRANSFERRED_IN", _("Transferred in")
    RETURNED = "RETURNED", _("Returned")
    IMPORTED = "IMPORTED", _("Taken over from a list")
    SECOND = "SECOND", _("Studies here beside the main school")


class ExitKind(models.TextChoices):
    """How a pupil left a school (records sheet REC-08, states of a pupil)."""

    TRANSFERRED_OUT = "TRANSFERRED_OUT", _("Transferred out")
    DROPPED = "DROPPED", _("Dropped out")
    COMPLETED = "COMPLETED", _("Completed")
    DECEASED = "DECEASED", _("Deceased")
    ABROAD = "ABROAD", _("Gone to study abroad")


LEAVING = tuple(kind for kind in ExitKind if kind != ExitKind.TRANSFERRED_OUT)
"""How a pupil leaves by the school's word alone; to another school one goes by a transfer case."""


@track(exclude=("sort_key",), read_by=("school",))
class Enrollment(ScopedModel):
    """A pupil belongs to a school for a period. Never in two main schools on one day.

    Beside the main one there may be others: an art school, an inclusive center, evening classes.
    They count nobody, give no number of the registry book, and read the record.
    """

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "person": "person_id",
        "class": Via(
            "students.ClassPlacement", "student_id", "homeroom_class_id", key="student_id"
        ),
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="enrollments")
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="enrollments"
    )
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, related_name="enrollments", db_index=False
    )
    is_primary = models.BooleanField(default=True)
    registry_number = models.CharField(max_length=20, blank=True)
    entry_kind = models.CharField(max_length=16, choices=EntryKind.choices)
    exit_kind = models.CharField(max_length=16, choices=ExitKind.choices, blank=True)
    sort_key = models.CharField(max_length=400, db_collation="C")
    """The person's, kept here so that a school's list is read in the order of an index."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    came_from = models.CharField(max_length=200, blank=True, default="", db_default="")
    entry_paper = models.CharField(max_length=200, blank=True, default="", db_default="")
    exit_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    exit_paper = models.CharField(max_length=200, blank=True, default="", db_default="")
    went_to = models.CharField(max_length=200, blank=True, default="", db_default="")
    """What the registry book says of coming and leaving (records sheet REC-04)."""

    placement: ClassPlacement | None = None
    """The class of a day, set by `selectors.on_roll`; stays None for a pupil without one."""

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="enrollment_one_school_a_day",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                condition=Q(is_primary=True),
                violation_error_message=_("The pupil is in another school on those days."),
            ),
            ExclusionConstraint(
                name="enrollment_same_school_once",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(
                name="enrollment_second_is_not_main",
                condition=Q(is_primary=True) ^ Q(entry_kind="SECOND"),
            ),
            models.CheckConstraint(
                name="enrollment_period_forward",
                condition=FORWARD,
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="number_kept_for_ever",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("school_id", "registry_number", "student_id"),  # type: ignore[no-untyped-call]
                condition=~pgtrigger.Q(new__registry_number=""),
                func=_KEPT_FOR_EVER,
            ),
            pgtrigger.Trigger(
                name="breaks_within",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("starts_on", "ends_on"),  # type: ignore[no-untyped-call]
                func=_BREAKS_WITHIN,
            ),
        )
        indexes = (
            models.Index(  # pupils of a school on a day are counted from it alone
                fields=("school", "ends_on", "starts_on"),
                include=("is_primary", "id", "person"),
                name="enrollment_of_school",
            ),
            models.Index(fields=("school", "sort_key", "id"), name="enrollment_list"),
            models.Index(
                fields=("sort_key", "id"), name="enrollment_by_name", condition=Q(is_primary=True)
            ),
        )

    def __str__(self) -> str:
        return f"student {self.student_id} at school {self.school_id}"


@track(exclude=("sort_key",), read_by=("school",))
class ClassPlacement(ScopedModel):
    """A pupil sits in a class for a period; one class at a time."""

    ANCHORS: ClassVar[Anchors] = {
        "school": "school_id",
        "class": "homeroom_class_id",
        "person": "person_id",
    }

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="placements")
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="placements"
    )
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, related_name="placements"
    )
    grade_level = models.ForeignKey(
        "schools.GradeLevel",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,  # hardly ever given, and never looked for
    )
    """The pupil's own grade, when a class of several grades teaches it beside its own.

    The database keeps it among the further grades of that class (`placement_grade_taught`).
    """
    sort_key = models.CharField(max_length=400, db_collation="C")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="placement_one_class_a_day",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("The pupil is in another class on those days."),
            ),
            models.CheckConstraint(
                name="placement_period_forward",
                condition=FORWARD,
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="not_on_leave",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("starts_on", "ends_on"),  # type: ignore[no-untyped-call]
                func=_NOT_ON_LEAVE,
            ),
        )

    @property
    def own_grade(self) -> GradeLevel:
        """Return the grade the pupil is of: the class's, unless another one is said."""
        return self.grade_level or self.homeroom_class.grade_level

    def __str__(self) -> str:
        return f"student {self.student_id} in class {self.homeroom_class_id}"


@track()
class PolicyGroup(ScopedModel):
    """A pupil is of a policy group for a period, as a paper says (records sheet REC-08)."""

    ANCHORS: ClassVar[Anchors] = {
        "person": "person_id",
        "school": Via(
            "students.Enrollment", "student_id", "school_id", key="student_id", ahead=True
        ),
        "class": Via(
            "students.ClassPlacement", "student_id", "homeroom_class_id", key="student_id"
        ),
    }

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="policy_groups")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    paper = models.CharField(max_length=120, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="policy_group_once_a_day",
                expressions=(
                    ("student", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(name="policy_group_period_forward", condition=FORWARD),
        )

    def __str__(self) -> str:
        return f"{self.code} of student {self.student_id}"
