"""What a school saw of a record on the pupil's last day: its form, taking it, keeping it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pydantic import BaseModel, ConfigDict

from khuevan.kernel.periods import not_over
from khuevan.registry.people.api import Address
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    LastView,
)
from khuevan.registry.students.policies import codes_of

_WHY = "what the pupil's own school sees, kept for it as the pupil leaves"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FrozenGuardian(_Strict):
    """A guardian as the school knew them."""

    relation: str
    full_name: str
    birth_year: int | None
    occupation: str
    phone: str


class FrozenSeat(_Strict):
    """A time in a class of the school."""

    class_name: str
    grade: str
    academic_year: str
    starts_on: date
    ends_on: date | None


class Frozen(_Strict):
    """A record as a school saw it; `form` says which version of this form it follows."""

    form: int = 1
    full_name: str
    sex: str
    birth_date: date | None
    moet_code: str
    personal_number: str
    ethnicity_code: str
    phone: str
    policy_codes: tuple[str, ...]
    disability_code: str
    disability_degree: str = ""
    registry_number: str
    entry_kind: str
    came_from: str
    entered_on: date
    addresses: dict[str, str]
    guardians: tuple[FrozenGuardian, ...]
    seats: tuple[FrozenSeat, ...]


def freeze(enrollment: Enrollment) -> LastView:
    """Keep for a school what it sees of a record, as the pupil leaves; a step.

    Where the last day is still to come, `refreeze` takes in what is corrected up to it.
    """
    left_on = enrollment.ends_on or enrollment.starts_on
    view = LastView(
        enrollment=enrollment,
        school_id=enrollment.school_id,
        person_id=enrollment.person_id,
        left_on=left_on,
        data=_frozen(enrollment, left_on).model_dump(mode="json"),
    )
    view.save()
    return view


def refreeze(student_ids: Collection[int], *, on: date) -> None:
    """Take what changed into the views of schools whose last day is still to come; a step."""
    rows = LastView.objects.unscoped(because=_WHY).filter(
        enrollment__student_id__in=student_ids, left_on__gt=on
    )
    for view in rows.select_related("enrollment"):
        view.data = _frozen(view.enrollment, view.left_on).model_dump(mode="json")
        view.save(update_fields=["data"])


def thaw(enrollment: Enrollment) -> None:
    """Forget the last view of a leaving that is taken back; a step."""
    LastView.objects.unscoped(because=_WHY).filter(enrollment=enrollment).delete()


def _frozen(enrollment: Enrollment, left_on: date) -> Frozen:
    student = enrollment.student
    person = student.person
    person.refresh_from_db()
    rows = Address.objects.unscoped(because=_WHY).filter(person_id=person.pk, ends_on__isnull=True)
    return Frozen(
        full_name=person.full_name,
        sex=person.sex,
        birth_date=person.birth_date,
        moet_code=student.moet_code or "",
        personal_number=person.personal_number or "",
        ethnicity_code=person.ethnicity_code,
        phone=person.phone,
        policy_codes=codes_of([student.pk], on=left_on).get(student.pk, ()),
        disability_code=student.disability_code,
        disability_degree=student.disability_degree,
        registry_number=enrollment.registry_number,
        entry_kind=enrollment.entry_kind,
        came_from=enrollment.came_from,
        entered_on=enrollment.starts_on,
        addresses={row.kind: row.detail for row in rows.order_by("pk") if row.detail},
        guardians=_guardians(student.pk, left_on),
        seats=_seats(enrollment),
    )


def _guardians(student_id: int, left_on: date) -> tuple[FrozenGuardian, ...]:
    rows = Guardianship.objects.unscoped(because=_WHY).filter(
        not_over(left_on), student_id=student_id
    )
    return tuple(
        FrozenGuardian(
            relation=row.relation,
            full_name=row.full_name,
            birth_year=row.birth_year,
            occupation=row.occupation,
            phone=row.phone,
        )
        for row in rows.select_related("guardian").order_by("contact_order", "pk")
    )


def _seats(enrollment: Enrollment) -> tuple[FrozenSeat, ...]:
    rows = ClassPlacement.objects.unscoped(because=_WHY).filter(
        student_id=enrollment.student_id, school_id=enrollment.school_id
    )
    return tuple(
        FrozenSeat(
            class_name=row.homeroom_class.name,
            grade=row.own_grade.name,
            academic_year=str(row.homeroom_class.academic_year),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows.select_related(
            "homeroom_class__academic_year", "homeroom_class__grade_level", "grade_level"
        ).order_by("starts_on", "pk")
    )
