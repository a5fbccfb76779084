"""The base of every form: words that say what to do next, refusals beside their field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.kernel.personal_number import LENGTH, CheckedNumber, FormatFault, check_format
from khuevan.kernel.phone import is_phone, phone_digits
from khuevan.kernel.vietnamese import normalize, title_name
from khuevan.ui.formats import day

DATE_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d")


def typed_day(text: str) -> date | None:
    """Return the day that somebody typed, 2025-07-01 or 01/07/2025; None where it is none."""
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    return None


TWO_DAYS = {"first": "from", "second": "to"}
"""What two days are called in every address."""


def _as_named(data: QueryDict, named: Mapping[str, str]) -> QueryDict:
    """Return an address's values under the names of today."""
    found = data.copy()
    for field, name in named.items():
        if field in found:
            found.setlistdefault(name, found.getlist(field))
    return found


class Form(forms.Form):
    """A form whose messages are ours, in the reader's language; the browser adds none."""

    use_required_attribute = False
    refused_fields: ClassVar[Mapping[type[DomainError], str]] = {}
    """Which field a refusal of the action belongs to; the others stand above the form."""
    named: ClassVar[Mapping[str, str]] = {}
    """What fields are called in the address, such as `from`; read under their own name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        if self.named and args and args[0]:
            args = (_as_named(args[0], self.named), *args[1:])
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")
            field.error_messages["invalid_choice"] = _("Please choose one from the list.")
            if isinstance(field, forms.IntegerField):
                field.error_messages["min_value"] = _("Please write %(limit_value)s or more.")
                field.error_messages["max_value"] = _("Please write %(limit_value)s or less.")
                if type(field) is forms.IntegerField:
                    field.error_messages["invalid"] = _("Please write a whole number.")

    def add_prefix(self, field_name: str) -> str:
        """Return what a field is called in the address."""
        return super().add_prefix(self.named.get(field_name, field_name))

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Say what may be chosen in a field."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a field of choices

    def domain_errors(self) -> Refusals:
        """Turn a refusal inside the block into an error of the form, so that it comes back kept."""
        return Refusals(self)

    def refuse(self, error: DomainError) -> None:
        """Say beside its field, or above the form, what the action refused."""
        field = next(
            (name for kind, name in self.refused_fields.items() if isinstance(error, kind)), None
        )
        self.add_error(field if field in self.fields else None, str(error))


@dataclass(frozen=True, slots=True)
class Refusals:
    """The block in which an action may refuse what a form asks for."""

    form: Form

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: object
    ) -> bool:
        """Hand a refusal to the form; let everything else pass."""
        if isinstance(error, DomainError):
            self.form.refuse(error)
            return True
        return False


class LineField(forms.CharField):
    """One line of words in its stored form."""

    def to_python(self, value: Any) -> str:
        """Return the text in one encoding, with single blanks."""
        return normalize(super().to_python(value) or "")


class NameField(LineField):
    """A person's full name; one typed in capitals is repaired."""

    def to_python(self, value: Any) -> str:
        """Return the name as it will be stored."""
        return title_name(super().to_python(value))

    def validate(self, value: Any) -> None:
        """Refuse what can't be a name."""
        super().validate(value)
        if any(char.isdigit() for char in value):
            raise ValidationError(_("A name has no digits."), code="digits")


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""What a date lies between where nothing narrower is known."""


class DayField(forms.DateField):
    """A date as people here write it: 09/02/2015."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
    )
    default_error_messages: ClassVar = {
        "invalid": _("%(value)s is not in the calendar. Write it like 09/02/2015."),
        "early": _("This date is before %(limit)s."),
        "late": _("This date is after %(limit)s."),
    }

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(input_formats=DATE_FORMATS, **kwargs)
        self.earliest, self.latest = earliest or FIRST_DAY, latest or LAST_DAY

    def to_python(self, value: Any) -> date | None:
        """Return the date, or say that no such day exists."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            message = self.error_messages["invalid"]
            raise ValidationError(message, code="invalid", params={"value": value}) from error

    def validate(self, value: Any) -> None:
        """Refuse a day outside the limits."""
        super().validate(value)
        if value is None:
            return
        if value < self.earliest:
            raise self._outside("early", self.earliest)
        if value > self.latest:
            raise self._outside("late", self.latest)

    def _outside(self, code: str, limit: date) -> ValidationError:
        return ValidationError(self.error_messages[code], code, {"limit": day(limit)})


class PersonalNumberField(forms.CharField):
    """The 12-digit personal number; says how many digits there are and what was likely meant."""

    messages: ClassVar = {
        FormatFault.NOT_DIGITS: _("A personal number has digits only."),
        FormatFault.LOST_ZERO: _("%(count)s digits, %(needed)s needed. Is it %(suggestion)s?"),
        FormatFault.OLD_CARD: _(
            "%(count)s digits: this is an old identity card. %(needed)s needed."
        ),
        FormatFault.TOO_SHORT: _("%(count)s digits, %(needed)s needed."),
        FormatFault.TOO_LONG: _("%(count)s digits, only %(needed)s needed."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the digits alone.

        :raises ValidationError: when they are not twelve
        """
        text = super().to_python(value) or ""
        checked = check_format(text)
        if checked.fault and checked.fault is not FormatFault.EMPTY:
            raise self._refusal(checked, checked.fault)
        return checked.digits if checked.is_valid else ""

    def _refusal(self, checked: CheckedNumber, fault: FormatFault) -> ValidationError:
        found = {"count": len(checked.digits), "needed": LENGTH, "suggestion": checked.suggestion}
        return ValidationError(self.messages[fault], code=fault.value, params=found)


class PhoneField(forms.CharField):
    """A phone number: ten digits beginning with 0, or an international one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the digits without blanks, dots and dashes; +84 becomes 0."""
        return phone_digits(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Refuse what nobody can call."""
        super().validate(value)
        if value and not is_phone(value):
            message = _("A phone number has 10 digits and begins with 0.")
            raise ValidationError(message, code="invalid")
