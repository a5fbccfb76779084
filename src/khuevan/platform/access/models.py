"""Roles, grants, delegations and support sessions."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedModel
from khuevan.platform.access.roles import HATS, ROLE_LABELS
from khuevan.platform.audit.api import track


@track()
class Role(models.Model):
    """A named set of permission codes. Public within the system: knowing a role gives nothing."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80, blank=True)
    hat = models.CharField(max_length=20, choices=[(code, label) for code, label in HATS.items()])
    permissions = ArrayField(models.CharField(max_length=80), default=list)
    needs_second_factor = models.BooleanField(default=False)
    gives = ArrayField(models.CharField(max_length=40), default=list)
    """Codes of the roles its holders may give within their reach, beyond what they hold."""

    def __str__(self) -> str:
        return self.name or str(ROLE_LABELS.get(self.code, self.code))


class KnownPermission(models.Model):
    """A permission code that roles have been offered once; taking it away by hand then lasts."""

    code = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.code


class GrantSource(models.TextChoices):
    """Where a grant comes from. A derived one is written and ended by the fact it follows from."""

    MANUAL = "MANUAL", _("Given by hand")
    DERIVED = "DERIVED", _("Follows from a fact")
    DELEGATED = "DELEGATED", _("Delegated")


@track()
class Grant(ScopedModel):
    """A person holds a role on one anchor during a period. Exactly one anchor column is filled."""

    ANCHORS: ClassVar[Anchors] = {"school": "home_unit_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    anchor_unit = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="grants"
    )
    anchor_class_id = models.BigIntegerField(null=True)
    anchor_person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="grants_on"
    )
    home_unit = models.ForeignKey(
        "organizations.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=10, choices=GrantSource.choices)
    source_key = models.CharField(max_length=80, blank=True)
    delegation = models.ForeignKey(
        "access.Delegation",
        on_delete=models.PROTECT,
        null=True,
        related_name="grants",
        db_index=False,
    )
    delegated_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="delegated", db_index=False
    )
    """The delegator's own grant: when that ends, so does this one."""
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="grant_has_one_anchor",
                condition=(
                    Q(
                        anchor_unit__isnull=False,
                        anchor_class_id__isnull=True,
                        anchor_person__isnull=True,
                    )
                    | Q(
                        anchor_unit__isnull=True,
                        anchor_class_id__isnull=False,
                        anchor_person__isnull=True,
                    )
                    | Q(
                        anchor_unit__isnull=True,
                        anchor_class_id__isnull=True,
                        anchor_person__isnull=False,
                    )
                ),
            ),
            models.CheckConstraint(
                name="grant_period_forward",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        )
        indexes = (
            models.Index(
                fields=("source_key",), name="grant_source_key", condition=~Q(source_key="")
            ),
            models.Index(fields=("home_unit",), name="grant_home_unit"),
            models.Index(  # of millions of grants few are delegated
                fields=("delegation",),
                name="grant_delegation",
                condition=Q(delegation__isnull=False),
            ),
            models.Index(
                fields=("delegated_from",),
                name="grant_delegated_from",
                condition=Q(delegated_from__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role_id} of {self.person_id}"

    @property
    def audit_label(self) -> str:
        """Whose role it is, for the log."""
        return str(self.person)


class DelegationKind(models.TextChoices):
    """The forms of Decree 30/2020, article 13, that concern work in the system."""

    DEPUTY = "KT", _("Deputy acts for the head (KT.)")
    BY_ORDER = "TL", _("By order of the head (TL.)")
    AUTHORIZED = "TUQ", _("Specially authorized (TUQ.)")
    ABSENCE = "ABSENCE", _("During an absence")


@track()
class Delegation(ScopedModel):
    """A person lets another hold some of their roles for a limited time; it can't be passed on."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id", "person": "from_person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=DelegationKind.choices)
    unit = models.ForeignKey("organizations.OrgUnit", on_delete=models.PROTECT, related_name="+")
    from_person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="delegations_given"
    )
    to_person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="delegations_held"
    )
    instrument = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    """When somebody ended it early; the grants that followed from it ended then."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="delegation_period_forward", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="delegation_to_another", condition=~Q(from_person=F("to_person"))
            ),
            models.CheckConstraint(
                name="delegation_authorised_has_paper",
                condition=~Q(kind="TUQ") | ~Q(instrument=""),
                violation_error_message=_("A special authorization needs its written decision."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.from_person_id} to {self.to_person_id}"

    @property
    def audit_label(self) -> str:
        """Who was delegated to, for the log."""
        return str(self.to_person)


@track()
class SupportSession(ScopedModel):
    """A support engineer looks at one unit for at most two hours, for a reason it can read."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id", "person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.OrgUnit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="support_session_forward", condition=Q(expires_at__gt=F("opened_at"))
            ),
        )

    def __str__(self) -> str:
        return f"support of unit {self.unit_id}"

    @property
    def audit_label(self) -> str:
        """Who looks, for the log."""
        return str(self.person)


class ResetState(models.TextChoices):
    """How far a request for a password is."""

    WAITING = "WAITING", _("Waits for a second person")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    DECLINED = "DECLINED", _("Declined")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    ISSUED = "ISSUED", _("Password issued")
    EXPIRED = "EXPIRED", _("Expired")


OPEN_RESETS = (ResetState.WAITING, ResetState.CONFIRMED)


@track()
class ResetRequest(ScopedModel):
    """Somebody asks for another's one-time password; a second person answers for it first."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id", "person": "requester_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    requester = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    requester_hat = models.CharField(max_length=80)
    unit = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    """The units at which the account opens anything."""
    asked_of = ArrayField(models.BigIntegerField(), default=list)
    """The people who could confirm it when it was asked, and were told."""
    reason = models.CharField(max_length=200)
    receiver = models.CharField(
        max_length=9,
        choices=[("REQUESTER", _("Who asked")), ("CONFIRMER", _("Who confirmed"))],
    )
    state = models.CharField(max_length=9, choices=ResetState.choices, default=ResetState.WAITING)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmer = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmer_hat = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user",), name="reset_one_open", condition=Q(state__in=OPEN_RESETS)
            ),
            models.CheckConstraint(
                name="reset_two_persons",
                condition=Q(confirmer__isnull=True) | ~Q(confirmer=F("requester")),
            ),
            models.CheckConstraint(
                name="reset_not_for_oneself",
                condition=~Q(owner=F("requester"))
                & (Q(confirmer__isnull=True) | ~Q(confirmer=F("owner"))),
            ),
        )
        indexes = (models.Index(fields=("state", "expires_at"), name="reset_open"),)

    def __str__(self) -> str:
        return f"password of {self.user_id} for {self.requester_id}"


class Device(ScopedModel):
    """A browser in which somebody is signed in: one session. It goes when the session ends."""

    ANCHORS: ClassVar[Anchors] = {"person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    user_agent = models.CharField(max_length=300, blank=True)
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("person",), name="device_person"),)

    def __str__(self) -> str:
        return f"device of {self.person_id}"
