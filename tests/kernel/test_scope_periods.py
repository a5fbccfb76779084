"""A row reached over a dated table is reached on the days that a slow model says."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, actor_of
from tests.factories import TODAY

from khuevan.platform.access.api import GrantActor
from khuevan.registry.students.api import VIEW_STUDENTS, ClassPlacement, Enrollment, Student
from khuevan.registry.students.selectors import standing_of

Period = tuple[int, int | None]

PERIODS = st.tuples(st.integers(-5, 5), st.none() | st.integers(1, 6)).map(
    lambda both: (both[0], both[1] and both[0] + both[1])
)


def is_reached(period: Period, on: int, *, ahead: bool) -> bool:
    """Return what the words say: not over yet, and begun unless the holder keeps it before."""
    starts, ends = period
    return (ends is None or on < ends) and (ahead or starts <= on)


def days(period: Period) -> dict[str, date | None]:
    starts, ends = period
    return {
        "starts_on": TODAY + timedelta(days=starts),
        "ends_on": None if ends is None else TODAY + timedelta(days=ends),
    }


def sees(actor: GrantActor, student: Student) -> bool:
    return Student.objects.visible_to(actor, VIEW_STUDENTS).filter(pk=student.pk).exists()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(placed=PERIODS, enrolled=PERIODS, on=st.integers(-6, 12))
def test_teachers_from_the_first_day_schools_from_admission(
    cast: Cast, placed: Period, enrolled: Period, on: int
) -> None:
    pupil = cast.minh_anh
    for model, period in ((ClassPlacement, placed), (Enrollment, enrolled)):
        model.objects.unscoped(because="test").filter(student=pupil).update(**days(period))
    teacher, clerk = actor_of(cast.lan), actor_of(cast.loan)
    teacher.today = clerk.today = TODAY + timedelta(days=on)
    by_class = is_reached(placed, on, ahead=False)
    by_school = is_reached(enrolled, on, ahead=True)
    assert sees(teacher, pupil) == by_class
    assert sees(clerk, pupil) == by_school
    standing = standing_of(pupil, on=teacher.today)
    assert standing.allows(teacher, VIEW_STUDENTS) == by_class
    assert standing.allows(clerk, VIEW_STUDENTS) == by_school
