"""The texts, what each one governs for whom and when, and who decides."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import FORWARD
from khuevan.ui.formats import day


class Confidence(models.TextChoices):
    """How far what we say about a text can be trusted."""

    TEXT_SEEN = "TEXT_SEEN", _("Text read")
    SECOND_HAND = "SECOND_HAND", _("Read in another's account")
    FROM_MEMORY = "FROM_MEMORY", _("To be checked")


class RegulationKind(models.TextChoices):
    """Kinds of legal texts, highest first."""

    LAW = "LAW", _("Law")
    RESOLUTION = "RESOLUTION", _("Resolution")
    DECREE = "DECREE", _("Decree")
    DECISION = "DECISION", _("Decision")
    CIRCULAR = "CIRCULAR", _("Circular")


class Level(models.TextChoices):
    """Levels of education that rules are written for; the same codes as a school's levels."""

    PRESCHOOL = "MN", _("Preschool")
    PRIMARY = "TH", _("Primary")
    LOWER_SECONDARY = "THCS", _("Lower secondary")
    UPPER_SECONDARY = "THPT", _("Upper secondary")
    CONTINUING = "GDTX", _("Continuing education")


class Office(models.TextChoices):
    """Who a law lets decide."""

    PROVINCIAL_COUNCIL = "PROVINCIAL_COUNCIL", _("Provincial people's council")
    PROVINCE_CHAIR = "PROVINCE_CHAIR", _("Chair of the provincial people's committee")
    DEPARTMENT = "DEPARTMENT", _("Department of education and training")
    DEPARTMENT_DIRECTOR = "DEPARTMENT_DIRECTOR", _("Director of the department")
    DISTRICT_COMMITTEE = "DISTRICT_COMMITTEE", _("District people's committee")
    DISTRICT_CHAIR = "DISTRICT_CHAIR", _("Chair of the district people's committee")
    DISTRICT_OFFICE = "DISTRICT_OFFICE", _("District education office")
    DISTRICT_OFFICE_HEAD = "DISTRICT_OFFICE_HEAD", _("Head of the district education office")
    COMMUNE_COMMITTEE = "COMMUNE_COMMITTEE", _("Commune people's committee")
    COMMUNE_CHAIR = "COMMUNE_CHAIR", _("Chair of the commune people's committee")
    PRINCIPAL = "PRINCIPAL", _("Principal")
    NOT_RECORDED = "NOT_RECORDED", _("Not recorded")
    """Nobody could be named for that time; the rule's note says why."""
    NOBODY = "NOBODY", _("Nobody")
    """The law leaves nothing to decide at that time; the rule's note says why."""


class Circumstance(models.TextChoices):
    """What else a decision may depend on, beside the school."""

    INSIDE_COMMUNE = "INSIDE_COMMUNE", _("Inside one commune")
    INSIDE_DISTRICT = "INSIDE_DISTRICT", _("From one commune to another of one district")
    """Until districts ended on 1/7/2025."""
    ACROSS_COMMUNES = "ACROSS_COMMUNES", _("From one commune to another")


def _period() -> Func:
    return Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField())


def _grades() -> Func:
    return Func(
        "grade_from",
        "grade_to",
        Value("[]"),
        function="int4range",
        output_field=IntegerRangeField(),
    )


class Regulation(models.Model):
    """A legal text. Its own dates inform; what governs a case is a `RuleSetting`."""

    code = models.CharField(_("code"), max_length=24, unique=True)
    number = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=RegulationKind)
    title = models.CharField(_("title"), max_length=300)
    issuer = models.CharField(_("issuer"), max_length=80)
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    supersedes = models.ManyToManyField("self", symmetrical=False, related_name="superseded_by")
    amends = models.ManyToManyField("self", symmetrical=False, related_name="amended_by")
    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        constraints = (
            models.CheckConstraint(
                name="regulation_period_forward",
                condition=FORWARD,
                violation_error_message=_("A period ends after it starts."),
            ),
        )

    def __str__(self) -> str:
        return self.number


class RuleSetting(models.Model):
    """For one topic, level and span of grades, the text that governs during a period.

    `value` holds what the text sets (a class size, a norm): rules read it, no code repeats it.
    """

    topic = models.CharField(_("topic"), max_length=40)
    level = models.CharField(_("level"), max_length=4, choices=Level)
    grade_from = models.PositiveSmallIntegerField(_("first grade"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("last grade"), null=True, blank=True)
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="settings")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    value = models.JSONField(_("value"), default=dict, blank=True)
    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence)

    class Meta:
        verbose_name = _("rule setting")
        verbose_name_plural = _("rule settings")
        constraints = (
            models.CheckConstraint(
                name="rule_setting_period_forward",
                condition=FORWARD,
                violation_error_message=_("A period ends after it starts."),
            ),
            models.CheckConstraint(
                name="rule_setting_grades_forward",
                condition=Q(grade_from__isnull=True, grade_to__isnull=True)
                | Q(grade_from__lte=F("grade_to")),
                violation_error_message=_("The last grade does not come before the first."),
            ),
            ExclusionConstraint(
                name="rule_setting_one_in_force",
                expressions=(
                    (F("topic"), RangeOperators.EQUAL),
                    (F("level"), RangeOperators.EQUAL),
                    (_grades(), RangeOperators.OVERLAPS),
                    (_period(), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Another text already governs this topic at that time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic} {self.level} {day(self.starts_on)}"


class AuthorityRule(models.Model):
    """Who decides in one matter during a period, or why nobody can be named.

    What it is said of is narrowed by the criteria that are filled in: the level of the matter, the
    highest level of the school, its type, its owner, a circumstance. Where several rules fit, the
    one for the owner, then the one for the type goes first (`rules.weight`).
    """

    power = models.CharField(_("power"), max_length=40)
    level = models.CharField(_("level"), max_length=4, choices=Level, blank=True, default="")
    highest_level = models.CharField(
        _("highest level of the school"), max_length=4, choices=Level, blank=True, default=""
    )
    school_type = models.CharField(_("type of school"), max_length=24, blank=True, default="")
    ownership = models.CharField(_("owner"), max_length=12, blank=True, default="")
    circumstance = models.CharField(
        _("circumstance"), max_length=20, choices=Circumstance, blank=True, default=""
    )
    decider = models.CharField(_("decider"), max_length=24, choices=Office)
    regulation = models.ForeignKey(
        Regulation, on_delete=models.PROTECT, null=True, blank=True, related_name="authorities"
    )
    article = models.CharField(_("article"), max_length=40, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence)

    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("authority rule")
        verbose_name_plural = _("authority rules")
        constraints = (
            models.CheckConstraint(
                name="authority_rule_period_forward",
                condition=FORWARD,
                violation_error_message=_("A period ends after it starts."),
            ),
            models.CheckConstraint(
                name="authority_rule_source_or_reason",
                condition=Q(regulation__isnull=False)
                | (Q(decider__in=("NOT_RECORDED", "NOBODY")) & ~Q(note="")),
                violation_error_message=_("Name the text, or say why nobody is recorded."),
            ),
            ExclusionConstraint(
                name="authority_rule_one_answer",
                expressions=(
                    (F("power"), RangeOperators.EQUAL),
                    (F("level"), RangeOperators.EQUAL),
                    (F("highest_level"), RangeOperators.EQUAL),
                    (F("school_type"), RangeOperators.EQUAL),
                    (F("ownership"), RangeOperators.EQUAL),
                    (F("circumstance"), RangeOperators.EQUAL),
                    (_period(), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Somebody else already decides this at that time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.power} {self.level or self.highest_level}: {self.decider}"
