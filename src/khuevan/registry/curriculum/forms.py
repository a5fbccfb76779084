"""The forms of plans, of who teaches them, and of duties."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.curriculum import errors
from khuevan.registry.curriculum.languages import language_choices
from khuevan.registry.curriculum.models import MOST_A_WEEK, MOST_OFF, Pace, PlanKind
from khuevan.registry.curriculum.norms import POOL, SET, SUBJECT, DutyRow
from khuevan.registry.curriculum.plan_rules import from_week_on, of_terms
from khuevan.registry.staff.api import DayTooEarly, subject_choices
from khuevan.ui.forms import DayField, Form, LineField

EMPTY = ("", "–")
Choices = Sequence[tuple[str, Any]]


class WeekList(forms.CharField):
    """Periods of each week, apart by blanks: 4 4 4 3."""

    def to_python(self, value: Any) -> Any:
        """Return the numbers, or nothing."""
        text = super().to_python(value) or ""
        try:
            return [int(part) for part in text.replace(",", " ").split()]
        except ValueError as error:
            raise ValidationError(
                _("Please give a number for each week, apart by blanks.")
            ) from error


class WeeksForm(Form):
    """How many periods of a subject a class has: a week in each term, or each week by itself."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.WeeksUnfit: "weeks",
        errors.PeriodsUnfit: "weeks",
    }

    first = forms.IntegerField(
        label=_("Periods a week, term I"), min_value=0, max_value=MOST_A_WEEK, required=False
    )
    second = forms.IntegerField(
        label=_("Periods a week, term II"), min_value=0, max_value=MOST_A_WEEK, required=False
    )
    weeks = WeekList(
        label=_("Or week by week"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A number for each week of the year, apart by blanks. It counts where you change it."
        ),
    )
    before = WeekList(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, terms: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms

    @property
    def planned_weeks(self) -> list[int]:
        """Return the periods of each week: by term where both were given and changed."""
        values = self.cleaned_data
        per_term = (values.get("first"), values.get("second"))
        said: list[int] = values.get("weeks") or []
        was: list[int] = values.get("before") or []
        if None not in per_term and (not said or said == was):
            return list(of_terms([int(one or 0) for one in per_term], self.terms))
        return said


class ChangeWeeksForm(WeeksForm):
    """Periods of a subject changed, all the year or from a week on, and why."""

    field_order = ("language", "first", "second", "from_week", "weeks", "reason", "before")

    language = forms.ChoiceField(label=_("Which language"), required=False)

    from_week = forms.IntegerField(
        label=_("From week"),
        min_value=1,
        required=False,
        help_text=_("The weeks before it stay as they are. Empty: the whole year."),
    )
    reason = LineField(label=_("Why"), max_length=160, required=False)

    def __init__(self, *args: Any, is_minority: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_minority:
            self.offer("language", [EMPTY, *language_choices()])
        else:
            del self.fields["language"]

    def clean_from_week(self) -> int | None:
        """Refuse a week that the year doesn't have."""
        week: int | None = self.cleaned_data["from_week"]
        if week is not None and week > sum(self.terms):
            raise ValidationError(
                _("The year has %(count)s weeks of teaching.") % {"count": sum(self.terms)}
            )
        return week

    @property
    def planned_weeks(self) -> list[int]:
        """Return the periods of each week, those before the chosen week as they were."""
        week = self.cleaned_data.get("from_week")
        was: list[int] = self.cleaned_data.get("before") or []
        told = super().planned_weeks
        return list(from_week_on(was, told, week)) if week and was else told


class IntegratedForm(Form):
    """In which subjects of a class is learnt what has no subject of its own, how many periods."""

    all_classes = forms.BooleanField(
        label=_("The same in all classes of this grade"), required=False
    )

    def __init__(
        self, *args: Any, subjects: Sequence[tuple[str, str, int, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for key, label, annual, count in subjects:
            self.fields[key] = forms.IntegerField(
                label=label, min_value=0, max_value=annual, required=False, initial=count or None
            )
        self.subjects = [key for key, *_told in subjects]
        self.order_fields([*self.subjects, "all_classes"])

    @property
    def counts(self) -> dict[str, int]:
        """Return the periods by the subject's uuid."""
        return {key: int(self.cleaned_data[key] or 0) for key in self.subjects}


class NewSubjectForm(WeeksForm):
    """A further subject of a class."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **WeeksForm.refused_fields,
        errors.SubjectPlanned: "subject_name",
    }
    field_order = ("subject_name", "kind", "first", "second", "weeks")

    subject_name = forms.ChoiceField(label=_("Subject"))
    kind = forms.ChoiceField(label=_("Learnt as"), choices=PlanKind.choices)

    def __init__(self, *args: Any, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("subject_name", [EMPTY, *subject_choices([level])])
        self.fields["first"].required = self.fields["second"].required = True


class GivenForm(Form):
    """How many periods of a subject one of its teachers gives in each term."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.MoreThanPlanned: "first",
        errors.WeeksUnfit: "first",
    }

    first = forms.IntegerField(
        label=_("Periods a week, term I"),
        min_value=0,
        max_value=MOST_A_WEEK,
        required=False,
        help_text=_("Leave empty to give all periods that are left."),
    )
    second = forms.IntegerField(
        label=_("Periods a week, term II"), min_value=0, max_value=MOST_A_WEEK, required=False
    )

    def __init__(self, *args: Any, terms: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms

    @property
    def said_weeks(self) -> list[int] | None:
        """Return the periods of each week; None for all that is left."""
        values = self.cleaned_data
        if values.get("first") is None and values.get("second") is None:
            return None
        per_term = [int(values.get("first") or 0), int(values.get("second") or 0)]
        return list(of_terms(per_term, self.terms))


class GiveForm(GivenForm):
    """Who gives a subject of a class, how many periods, from which day."""

    field_order = ("member", "first", "second", "starts_on", "takes_over")

    member = forms.ChoiceField(
        label=_("Teacher"),
        help_text=_(
            "With each the periods that count now, of those owed. Who is trained for the subject "
            "stands first."
        ),
    )
    starts_on = DayField(label=_("From"))
    takes_over = forms.BooleanField(
        label=_("Take over from whoever teaches it now"), required=False
    )

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("member", [EMPTY, *members])


class DutyForm(Form):
    """A duty of a kind that takes periods off somebody: what the kind asks for, and from when."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.DutyHeld: "starts_on",
        errors.DutyWhatNeeded: "what",
        errors.InformaticsRoom: "what",
        errors.DutyPeriodsNeeded: "periods",
        errors.DecisionNeeded: "agreement",
        errors.PoolSpent: "periods",
    }

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    what = LineField(label=_("Which duty"), max_length=60)
    periods = forms.IntegerField(
        label=_("Periods a week it takes off"), min_value=1, max_value=MOST_OFF
    )
    agreement = LineField(label=_("By which decision"), max_length=160)
    starts_on = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"), required=False)
    is_paid = forms.BooleanField(
        label=_("Paid with an allowance: takes no periods off"), required=False
    )
    note = LineField(label=_("Note"), max_length=160, required=False)

    def __init__(
        self, *args: Any, kind: DutyRow, left: int, subjects: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = {"most": kind.periods, "left": left}
        if kind.per == SUBJECT:
            self.fields["what"] = forms.ChoiceField(label=_("Subject of the room"))
            self.offer("what", [EMPTY, *subjects])
        if kind.way == POOL:
            self.fields["periods"].help_text = (
                _("The school may use %(most)s periods a week for this; %(left)s are left.") % words
            )
        if kind.way == SET and not kind.per:
            self.fields["periods"].help_text = _(
                "No text at hand gives a number: write what the decision says."
            )
        if kind.code == "OTHER":
            self.fields["agreement"].label = _("Agreed by the school council")
        asked = {
            "what": bool(kind.per),
            "periods": kind.is_chosen,
            "agreement": kind.way == SET,
            "is_paid": not kind.though_paid,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        return _in_order(self, super().clean() or {})


class WorkForm(Form):
    """Work of somebody that counts as periods times a factor."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.FactorUnfit: "factor",
        errors.UnknownWork: "code",
        errors.AgreementNeeded: "agreement",
    }

    code = forms.ChoiceField(label=_("Kind of work"))
    what = LineField(
        label=_("Of what"),
        max_length=120,
        required=False,
        help_text=_("Such as: team of grade 9, class 7B"),
    )
    periods = forms.DecimalField(
        label=_("Periods"),
        min_value=Decimal("0.5"),
        max_value=99,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    pace = forms.ChoiceField(label=_("How often"), choices=Pace.choices)
    factor = forms.DecimalField(
        label=_("Factor"),
        min_value=Decimal("0.1"),
        max_value=9,
        max_digits=2,
        decimal_places=1,
        localize=True,
        help_text=_("What one period counts for; the law says how much it may be."),
    )
    agreement = LineField(
        label=_("Agreed by the school council"),
        max_length=160,
        required=False,
        help_text=_("Minutes or resolution, where the principal chooses the factor"),
    )
    starts_on = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("code", [EMPTY, *kinds])

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        return _in_order(self, super().clean() or {})


def _in_order(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    first, last = values.get("starts_on"), values.get("last_day")
    if first and last and last < first:
        form.add_error("last_day", _("The last day is before the first."))
    return values


class EndWorkForm(Form):
    """The last day of some work."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        DayTooEarly: "last_day",
    }

    last_day = DayField(label=_("Last day"))


ZONES = (
    (1, _("Zone 1: communes of areas II and III, coast, islands, border, safe zones")),
    (2, _("Zone 2: communes of area I")),
    (3, _("Zone 3: wards, towns and the rest")),
)


class ZoneForm(Form):
    """In which zone of Circular 20/2023 a school lies."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.ZoneKnown: "zone"}

    zone = forms.TypedChoiceField(label=_("Zone"), choices=ZONES, coerce=int)
    basis = LineField(
        label=_("By which decision"),
        max_length=160,
        required=False,
        help_text=_("The list or decision by which the commune is of that kind"),
    )
    starts_on = DayField(label=_("From"))
