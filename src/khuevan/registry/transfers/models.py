"""Transfers of pupils and staff: the case, papers, the offices' decisions, what happened."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.scoping import Anchors, ScopedManager, ScopedModel, ScopedQuerySet
from khuevan.platform.accounts.api import Sex
from khuevan.platform.audit.api import track
from khuevan.platform.organizations.api import SigningForm
from khuevan.platform.regulations.api import Confidence, Office
from khuevan.registry.schools.api import EducationLevel
from khuevan.registry.staff.api import Position
from khuevan.registry.transfers.desks import STAFF, subject_of
from khuevan.registry.transfers.kinds import (
    DecisionState,
    Grounds,
    Matter,
    Move,
    Paper,
    Route,
    Side,
    State,
    Step,
    Subject,
)
from khuevan.registry.transfers.rules import TEACHERS

M = TypeVar("M", bound=models.Model)

_BOTH: Anchors = {
    "school": (
        "transfer__from_school_id",
        "transfer__to_school_id",
        "transfer__origin_office_id",
        "transfer__destination_office_id",
    ),
    "person": "transfer__person_id",
}
_OPEN = (State.REQUESTED, State.ACCEPTED, State.RELEASED)


class CaseQuerySet(ScopedQuerySet[M]):
    """Cases of pupils open to permissions on pupils, those of staff to permissions on staff."""

    def visible_to(self, actor: Actor, permission: Permission) -> Self:
        """Keep the rows within reach, of the subject that the permission is about."""
        rows = super().visible_to(actor, permission)
        case = "" if self.model is Transfer else "transfer__"
        wanted: dict[str, Any] = {f"{case}subject": subject_of(permission)}
        if permission is STAFF.ask:
            wanted[f"{case}person_id"] = actor.person_id
        return rows.filter(**wanted)


class CaseManager(ScopedManager[M]):
    """The manager of cases and what hangs on them."""

    def get_queryset(self) -> CaseQuerySet[M]:
        """Return a query set that raises until it is scoped."""
        return CaseQuerySet(self.model, using=self._db)


class CaseModel(ScopedModel):
    """A case, or what hangs on one: reached by permissions on its own subject alone."""

    objects = CaseManager()  # type: ignore[misc]  # a manager of its own for each table

    class Meta:
        abstract = True


@track()
class Transfer(CaseModel):
    """Somebody moves from one school to another; one of the two may lie outside the province."""

    ANCHORS: ClassVar[Anchors] = {
        "school": (
            "from_school_id",
            "to_school_id",
            "origin_office_id",
            "destination_office_id",
        ),
        "person": "person_id",
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=8, choices=Subject.choices, default=Subject.PUPIL)
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, null=True, related_name="transfers"
    )
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    full_name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400, db_collation="C")
    search_name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=6, choices=Sex.choices)
    personal_number = models.CharField(max_length=12, blank=True)
    """Of somebody from outside alone; for the others it stands on the person."""
    grade_level = models.ForeignKey("schools.GradeLevel", on_delete=models.PROTECT, null=True)
    level = models.CharField(max_length=4, choices=EducationLevel.choices, blank=True)
    grounds = models.CharField(max_length=12, choices=Grounds.choices, blank=True)
    """Why a pupil of a private school may go to a public one."""
    staff_member = models.ForeignKey(
        "staff.StaffMember", on_delete=models.PROTECT, null=True, related_name="+"
    )
    move = models.CharField(max_length=12, choices=Move.choices, blank=True)
    position = models.CharField(max_length=16, choices=Position.choices, blank=True)
    """What a colleague will be at the new school."""
    law = models.CharField(max_length=12, blank=True, default="", db_default="")
    """By which law a colleague moves, following the position held; empty is that of teachers."""
    returns_on = models.DateField(null=True)
    """The first day back at the old school, after a secondment."""
    appointment = models.ForeignKey(
        "staff.Appointment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    appointment_until = models.DateField(null=True)
    """Until when the old position would have lasted."""
    new_appointment = models.ForeignKey(
        "staff.Appointment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    route = models.CharField(max_length=10, choices=Route.choices)
    from_school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, related_name="+"
    )
    origin_office = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    destination_office = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    outside_school = models.CharField(max_length=200, blank=True)
    outside_province = models.CharField(max_length=80, blank=True)
    outside_code = models.CharField(max_length=4, blank=True, default="", db_default="")
    """Of a province on the day of the move, or of a country; empty where it was only named."""
    asked_by = models.CharField(max_length=12, choices=Side.choices)
    asked_on = models.DateField()
    moves_on = models.DateField()
    reason = models.CharField(max_length=300)
    in_window = models.BooleanField()
    state = models.CharField(max_length=20, choices=State.choices)
    since_on = models.DateField()
    due_on = models.DateField(null=True)
    waits_for = ArrayField(models.CharField(max_length=12, choices=Side.choices))
    consents = ArrayField(models.CharField(max_length=12, choices=Side.choices), default=list)
    """The schools that have agreed."""
    enrollment = models.ForeignKey(
        "students.Enrollment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    new_enrollment = models.ForeignKey(
        "students.Enrollment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    homeroom_class = models.ForeignKey(
        "schools.HomeroomClass", on_delete=models.PROTECT, null=True, related_name="+"
    )
    plan = models.CharField(max_length=500, blank=True)
    """How a pupil of upper secondary makes up for subjects that the new school teaches."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="transfer_of_a_pupil_or_of_staff",
                condition=Q(
                    subject=Subject.PUPIL,
                    staff_member=None,
                    move="",
                    grade_level__isnull=False,
                    returns_on=None,
                )
                | Q(subject=Subject.STAFF, student=None, grade_level=None) & ~Q(move=""),
            ),
            models.CheckConstraint(
                name="transfer_secondment_returns",
                condition=~Q(move=Move.SECONDMENT) & Q(returns_on=None)
                | Q(move=Move.SECONDMENT, returns_on__gt=F("moves_on")),
            ),
            models.UniqueConstraint(
                fields=("staff_member",),
                condition=Q(state__in=[*_OPEN]),
                name="transfer_one_open_a_colleague",
                violation_error_message=_("There is an open move of this colleague already."),
            ),
            models.UniqueConstraint(
                fields=("student",),
                condition=Q(state__in=[*_OPEN]),
                name="transfer_one_open_a_pupil",
                violation_error_message=_("There is an open transfer of this pupil already."),
            ),
            models.CheckConstraint(
                name="transfer_has_two_ends",
                condition=Q(route=Route.IN, from_school=None, to_school__isnull=False)
                | Q(route=Route.OUT, from_school__isnull=False, to_school=None)
                | Q(
                    route__in=[Route.SAME_AREA, Route.OTHER_AREA],
                    from_school__isnull=False,
                    to_school__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="transfer_to_another_school",
                condition=Q(from_school=None) | Q(to_school=None) | ~Q(from_school=F("to_school")),
                violation_error_message=_("The pupil is at that school already."),
            ),
            models.CheckConstraint(
                name="transfer_released_on_a_day",
                condition=~Q(state__in=[State.RELEASED, State.RECEIVED, State.PLACED])
                | Q(released_on__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_received_after_release",
                condition=Q(received_on=None) | Q(received_on__gte=F("released_on")),
                violation_error_message=_("A pupil is received after the release, not before."),
            ),
        )
        indexes = (
            models.Index(fields=("from_school", "state", "due_on"), name="transfer_from"),
            models.Index(fields=("to_school", "state", "due_on"), name="transfer_to"),
            models.Index(fields=("state", "due_on", "id"), name="transfer_state"),
        )

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def audit_label(self) -> str:
        """Who is meant, for the log."""
        return self.full_name

    @property
    def whose(self) -> str:
        """Return whose case it is for the law: a level's pupils', teachers', other staff's."""
        return (self.law or TEACHERS) if self.subject == Subject.STAFF else self.level

    def is_own_move_of(self, actor: Actor) -> bool:
        """Return whether it is the actor who moves."""
        is_own = self.person_id is not None and self.person_id == actor.person_id
        return self.is_of_staff and is_own

    @property
    def is_of_staff(self) -> bool:
        """Return whether a colleague moves, not a pupil."""
        return self.subject == Subject.STAFF


@track()
class TransferDecision(CaseModel):
    """What one office has to decide about a transfer in one capacity, and what it decided."""

    ANCHORS: ClassVar[Anchors] = _BOTH

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="decisions")
    side = models.CharField(max_length=12, choices=Side.choices)
    matters = ArrayField(models.CharField(max_length=10, choices=Matter.choices))
    unit = models.ForeignKey("organizations.OrgUnit", on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=24, choices=Office.choices)
    regulation = models.CharField(max_length=24, blank=True)
    article = models.CharField(max_length=60, blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence.choices)
    state = models.CharField(max_length=8, choices=DecisionState.choices)
    number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_by_label = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=160, blank=True)
    """Who signed on paper; `recorded_by` is who wrote it down here."""
    signer_position = models.CharField(max_length=120, blank=True, default="", db_default="")
    signed_as = models.CharField(
        max_length=5, choices=SigningForm.choices, blank=True, default="", db_default=""
    )
    authorization = models.CharField(max_length=60, blank=True, default="", db_default="")
    """Of one signed TUQ.: the paper that authorizes the signer."""
    authorized_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("transfer", "side", "matters"), name="transfer_decision_once"
            ),
            models.CheckConstraint(
                name="transfer_decision_is_whole",
                condition=Q(state=DecisionState.OPEN)
                | Q(state__in=[DecisionState.GRANTED, DecisionState.REFUSED])
                & Q(decided_on__isnull=False)
                & ~Q(number="")
                & ~Q(signer="")
                & ~Q(signer_position="")
                & ~Q(signed_as="")
                & (Q(state=DecisionState.GRANTED) | ~Q(reason="")),
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


@track()
class TransferPaper(CaseModel):
    """A paper of a transfer's file: its scan, or that the original was handed over."""

    ANCHORS: ClassVar[Anchors] = _BOTH

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="papers")
    paper = models.CharField(max_length=20, choices=Paper.choices)
    given_by = models.CharField(max_length=12, choices=Side.choices)
    note = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)


@track()
class TransferStep(CaseModel):
    """What happened to a transfer: who did what, for which side, when. Never changed."""

    ANCHORS: ClassVar[Anchors] = _BOTH

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=Step.choices)
    state = models.CharField(max_length=20, choices=State.choices)
    side = models.CharField(max_length=12, choices=Side.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=60, blank=True, default="", db_default="")
    """Of a school's own written answer; an office's stands on its decision."""
    dated_on = models.DateField(null=True)
    signer = models.CharField(max_length=160, blank=True, default="", db_default="")

    class Meta:
        indexes = (models.Index(fields=("transfer", "id"), name="transfer_step_order"),)

    def __str__(self) -> str:
        return f"{self.step} of {self.transfer_id}"


@track()
class TravellingRecord(CaseModel):
    """One part of the record as it stood on the day of the release; what the new school reads."""

    ANCHORS: ClassVar[Anchors] = _BOTH

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="travelling")
    part = models.CharField(max_length=40)
    content = models.JSONField()
    taken_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("transfer", "part"), name="travelling_part_once"),
        )

    def __str__(self) -> str:
        return f"{self.part} of {self.transfer_id}"
