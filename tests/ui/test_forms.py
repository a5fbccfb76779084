"""Fields: what people type, how it is stored, what a fault says."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from khuevan.kernel.errors import Conflict, DomainError
from khuevan.ui.forms import DayField, Form, LineField, NameField, PersonalNumberField, PhoneField


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn   Thị  Lan ", "Nguyễn Thị Lan"),
        ("NGUYỄN THỊ LAN", "Nguyễn Thị Lan"),
        ("nguyễn thị lan", "Nguyễn Thị Lan"),
        ("H'Mông Y Thảo", "H'Mông Y Thảo"),
    ],
)
def test_name_has_one_form(typed: str, stored: str) -> None:
    assert NameField().clean(typed) == stored


@pytest.mark.parametrize("typed", ["09/02/2015", "9/2/2015", "09-02-2015", "9.2.2015", "09022015"])
def test_day_is_read_as_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == date(2015, 2, 9)


def test_day_that_is_in_no_calendar_is_named() -> None:
    with translation.override("vi"), pytest.raises(ValidationError, match="31/02/2015"):
        DayField().clean("31/02/2015")


@pytest.mark.parametrize("typed", ["01/01/1930", "24/11/2026"])
def test_day_outside_its_limits_is_refused(typed: str) -> None:
    field = DayField(earliest=date(1940, 1, 1), latest=date(2026, 11, 23))
    with pytest.raises(ValidationError):
        field.clean(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("042315000482", "042315000482"), ("042 315 000 482", "042315000482"), ("", "")],
)
def test_personal_number_keeps_its_digits(typed: str, stored: str) -> None:
    assert PersonalNumberField(required=False).clean(typed) == stored


@pytest.mark.parametrize(
    ("typed", "says"), [("42315000482", "11"), ("0423150004821", "13"), ("04231500048x", "")]
)
def test_personal_number_says_how_many_digits_there_are(typed: str, says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        PersonalNumberField(required=False).clean(typed)
    assert says in caught.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0912 345 678", "0912345678"), ("+84 912.345.678", "0912345678"), ("+4915112345678", None)],
)
def test_phone_has_one_form(typed: str, stored: str | None) -> None:
    assert PhoneField().clean(typed) == (stored or typed)


@pytest.mark.parametrize("typed", ["912345678", "09123", "call me"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        PhoneField().clean(typed)


class Taken(DomainError):
    """The name is taken."""

    message = "Taken."


class NameForm(Form):
    """A form with one refusal that belongs to a field."""

    refused_fields = {Taken: "name"}  # noqa: RUF012
    name = LineField()


def test_refusal_stands_at_its_field_or_above_the_form() -> None:
    form = NameForm({"name": "x"})
    assert form.is_valid()
    with form.domain_errors():
        raise Taken
    with form.domain_errors():
        raise Conflict
    assert form.errors["name"] == ["Taken."]
    assert len(form.non_field_errors()) == 1


def test_bug_passes_through() -> None:
    form = NameForm({"name": "x"})
    with pytest.raises(ZeroDivisionError), form.domain_errors():
        raise ZeroDivisionError
