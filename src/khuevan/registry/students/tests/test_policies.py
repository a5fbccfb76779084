"""Policy groups and disabilities: dated, in by list, form and program, seen by who may."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY

from khuevan.registry.students.actions import correct_student
from khuevan.registry.students.actions.policies import period_of
from khuevan.registry.students.errors import UnknownPolicyGroup
from khuevan.registry.students.imports.tests.lists import a_pupil, outcomes, planned, written
from khuevan.registry.students.models import PolicyGroup, Student
from khuevan.registry.students.policies import policies_of

WHY = "a test looks"
NEXT_YEAR = date(TODAY.year + 1, 1, 1)


def groups_of(student: Student) -> set[tuple[str, date | None]]:
    rows = PolicyGroup.objects.unscoped(because=WHY).filter(student=student)
    return set(rows.values_list("code", "ends_on"))


def corrected(cast: Cast, student: Student, *codes: str) -> Student:
    """Let Ms Loan correct the policy groups of a pupil."""
    student = Student.objects.unscoped(because=WHY).select_related("person").get(pk=student.pk)
    return correct_student(
        actor=actor_of(cast.loan),
        uuid=student.uuid,
        version=student.person.version,
        changes={"policy_codes": codes},
        now=NOW,
    )


def test_the_poor_are_counted_for_a_calendar_year() -> None:
    assert period_of("POOR", TODAY) == (TODAY, NEXT_YEAR)
    assert period_of("ORPHAN", TODAY) == (TODAY, None)


def test_a_list_brings_both_and_says_what_changes(cast: Cast) -> None:
    loan, school_id = actor_of(cast.loan), cast.school_a.pk
    row = a_pupil(**{"Đối tượng chính sách": "Hộ nghèo; mồ côi", "Khuyết tật": "Nghe, nói"})
    assert outcomes(written(loan, school_id, [row])) == ["NEW"]
    assert outcomes(planned(loan, school_id, [row])) == ["UNCHANGED"]
    number = row["Số định danh cá nhân"]
    student = Student.objects.unscoped(because=WHY).get(person__personal_number=number)
    assert student.disability_code == "HEARING_SPEECH"
    assert groups_of(student) == {("POOR", NEXT_YEAR), ("ORPHAN", None)}
    (plan,) = planned(loan, school_id, [row | {"Đối tượng chính sách": "Mồ côi, DTTS"}])
    assert plan.changes == {"policy_groups": ("Mồ côi; Hộ nghèo", "Người dân tộc thiểu số; Mồ côi")}
    assert outcomes(planned(loan, school_id, [row | {"Đối tượng chính sách": ""}])) == ["UNCHANGED"]
    assert outcomes(planned(loan, school_id, [row | {"Đối tượng chính sách": "Không"}])) == [
        "CHANGED"
    ]
    assert outcomes(planned(loan, school_id, [row | {"Khuyết tật": "Không"}])) == ["UNCHANGED"]
    (plan,) = planned(loan, school_id, [row | {"Đối tượng chính sách": "Không thuộc diện"}])
    assert plan.changes == {"policy_groups": ("Mồ côi; Hộ nghèo", "")}
    (plan,) = planned(loan, school_id, [row | {"Đối tượng chính sách": "Con TB 1/4; Con TB 4/4"}])
    assert plan.changes["policy_groups"][1].count("Con thương binh, bệnh binh") == 2
    odd = planned(loan, school_id, [row | {"Đối tượng chính sách": "Hộ nghèo; Con ông cháu cha"}])
    assert outcomes(odd) == ["REFUSED"]


def test_what_ends_is_kept_and_a_slip_of_the_same_day_is_not(cast: Cast) -> None:
    student = cast.student_6b
    corrected(cast, student, "ORPHAN")
    corrected(cast, student, "POOR")
    assert groups_of(student) == {("POOR", NEXT_YEAR)}
    PolicyGroup.objects.unscoped(because=WHY).update(starts_on=date(TODAY.year, 1, 1))
    corrected(cast, student)
    assert groups_of(student) == {("POOR", TODAY)}
    assert policies_of(student=student, on=TODAY) == []


def test_an_unknown_code_is_refused(cast: Cast) -> None:
    with pytest.raises(UnknownPolicyGroup):
        corrected(cast, cast.student_6b, "RICH")


def test_the_form_ticks_and_keeps_them(cast: Cast, client: Client) -> None:
    student = corrected(cast, cast.student_6b, "ORPHAN")
    client.sign_in(cast.loan)
    url = reverse("students:edit", args=[student.uuid])
    page = client.get(url)
    form = page.context["form"]
    assert form["policy_codes"].value() == ["ORPHAN"]
    data = {
        name: "" if (value := form[name].value()) is None else value for name in form.fields
    } | {"policy_codes": ["ORPHAN", "BORDER_AREA"], "disability_code": "VISION"}
    assert client.post(url, data).status_code == 302
    assert groups_of(student) == {("ORPHAN", None), ("BORDER_AREA", None)}
    assert Student.objects.unscoped(because=WHY).get(pk=student.pk).disability_code == "VISION"
