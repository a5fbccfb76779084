"""Which office knows the accounts of a pupil's family: the school's, while the pupil is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, make_guardian_data, make_staff, make_student, make_user

from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions as accounts
from khuevan.platform.access.errors import SeesPupils
from khuevan.platform.access.permissions import MANAGE_USERS
from khuevan.platform.access.selectors import users
from khuevan.platform.accounts.api import Person, User
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import Position
from khuevan.registry.students import actions
from khuevan.registry.students.models import Enrollment, ExitKind, Guardianship, Student


def seen_by(person: Person, *, days: int = 0) -> set[str]:
    """Return the usernames that somebody keeps, in some days."""
    actor = actor_of(person)
    actor.today = TODAY + timedelta(days=days)
    rows = users(actor=actor, permission=MANAGE_USERS)
    return set(rows.values_list("username", flat=True))


def family(cast: Cast, school: School) -> tuple[Student, User]:
    """Return a pupil of a school without a class, and the sign-in of the only guardian."""
    child = make_student(
        "Vũ Gia Hân",
        school=school,
        guardians=[make_guardian_data("Vũ Văn Nam", relation="FATHER", phone="0912000777")],
    )
    row = Guardianship.objects.unscoped(because="test").get(student=child)
    return child, make_user(row.guardian, "nam")


def leave(cast: Cast, child: Student, *, days: int = 0) -> Enrollment:
    return actions.end_enrollment(
        actor=actor_of(cast.loan),
        uuid=child.uuid,
        exit_kind=ExitKind.ABROAD,
        on=TODAY + timedelta(days=days),
        now=NOW,
    )


def test_the_office_helps_the_family_of_its_pupil_and_no_other_does(cast: Cast) -> None:
    _child, father = family(cast, cast.school_a)
    clerk_b = make_staff("Đặng Thị Thư", school=cast.school_b, position=Position.CLERK).person
    assert "nam" in seen_by(cast.loan)
    assert "nam" in seen_by(cast.hung)
    assert "nam" not in seen_by(clerk_b)
    issued = accounts.reset_password(actor=actor_of(cast.loan), user=father, now=NOW)
    assert issued.user == father
    with pytest.raises(NotFound):
        accounts.reset_password(actor=actor_of(clerk_b), user=father, now=NOW)


def test_a_teacher_lists_no_families(cast: Cast) -> None:
    family(cast, cast.school_a)
    assert seen_by(cast.lan) == set()


def test_two_schools_see_a_mother_of_two_and_neither_opens_her_account_alone(cast: Cast) -> None:
    mother = make_user(cast.huong, "huong")
    clerk = make_staff("Đặng Thị Thư", school=cast.primary, position=Position.CLERK).person
    for office in (cast.loan, clerk):
        assert "huong" in seen_by(office)
        with pytest.raises(SeesPupils):
            accounts.reset_password(actor=actor_of(office), user=mother, now=NOW)


def test_the_office_forgets_a_family_whose_child_left(cast: Cast) -> None:
    child, father = family(cast, cast.school_a)
    make_user(child.person, "han")
    leave(cast, child)
    assert not {"nam", "han"} & seen_by(cast.loan)
    with pytest.raises(NotFound):
        accounts.reset_password(actor=actor_of(cast.loan), user=father, now=NOW)
    assert actor_of(father.person).hats


def test_on_the_day_of_leaving_not_before(cast: Cast) -> None:
    child, _father = family(cast, cast.school_a)
    leave(cast, child, days=7)
    assert "nam" in seen_by(cast.loan, days=6)
    assert "nam" not in seen_by(cast.loan, days=7)


@pytest.mark.parametrize("days", [0, 7])
def test_taking_back_a_leaving_leaves_the_grants_as_they_were(cast: Cast, days: int) -> None:
    child, father = family(cast, cast.school_a)

    def grants() -> list[tuple[object, ...]]:
        held = father.person.grants.unscoped(because="test")
        return list(held.values_list("pk", "home_unit_id", "starts_on", "ends_on"))

    before = grants()
    gone = leave(cast, child, days=days)
    assert grants() != before
    actions.undo_leaving(actor=actor_of(cast.loan), enrollment_uuid=gone.uuid, now=NOW)
    assert grants() == before
