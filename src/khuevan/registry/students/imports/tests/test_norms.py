"""What a list would make unusual is a warning with its reason, and keeps nobody out (CUR-08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import Cast, actor_of
from tests.factories import TODAY, YEAR_STARTS

from khuevan.platform.access.api import GrantActor
from khuevan.registry.students.imports.context import remark
from khuevan.registry.students.imports.tests.lists import (
    a_pupil,
    faults,
    outcomes,
    planned,
    some_pupils,
    written,
)
from khuevan.registry.students.models import ClassPlacement, Enrollment

WHY = "a test looks"


@pytest.fixture
def clerk(cast: Cast) -> GrantActor:
    return actor_of(cast.loan)


def test_a_class_over_its_norm_is_told_once(cast: Cast, clerk: GrantActor) -> None:
    """CUR-08: treat over-size as a warning with a reason."""
    here = ClassPlacement.objects.unscoped(because=WHY).filter(
        homeroom_class=cast.class_6a, ends_on=None
    )
    rows = some_pupils(46 - here.count())
    plans = planned(clerk, cast.school_a.pk, rows)
    assert set(outcomes(plans)) == {"NEW"}
    assert [code for _row, code in faults(plans)].count("students.class_over_norm") == 1
    fewer = planned(clerk, cast.school_a.pk, rows[1:])
    assert "students.class_over_norm" not in [code for _row, code in faults(fewer)]


@pytest.mark.parametrize(("year", "is_told"), [(2015, False), (2013, False), (2017, True)])
def test_an_age_far_from_the_grades_is_told(
    cast: Cast,
    clerk: GrantActor,
    year: int,
    is_told: bool,  # noqa: FBT001
) -> None:
    row = a_pupil(**{"Ngày sinh": f"01/02/{year}", "Số định danh cá nhân": ""})
    plans = planned(clerk, cast.school_a.pk, [row])
    assert outcomes(plans) == ["NEW"]
    assert ("students.unusual_age" in [code for _row, code in faults(plans)]) == is_told


def test_a_blank_sex_is_told(cast: Cast, clerk: GrantActor) -> None:
    row = a_pupil(**{"Giới tính": ""})
    plans = planned(clerk, cast.school_a.pk, [row])
    assert (outcomes(plans), faults(plans)) == (["NEW"], [(2, "students.blank_sex")])


def test_the_first_day_is_read_or_said_where_it_comes_from(cast: Cast, clerk: GrantActor) -> None:
    """REC-04: "ngày vào trường" stands in the registry book."""
    row = a_pupil(**{"Ngày vào trường": "05/09/2025"})
    assert outcomes(written(clerk, cast.school_a.pk, [row])) == ["NEW"]
    key = row["Mã định danh Bộ GD&ĐT"]
    entry = Enrollment.objects.unscoped(because=WHY).get(student__moet_code=key)
    seat = ClassPlacement.objects.unscoped(because=WHY).get(student__moet_code=key)
    assert (entry.starts_on, seat.starts_on) == (date(2025, 9, 5), YEAR_STARTS)
    assert outcomes(planned(clerk, cast.school_a.pk, [row])) == ["UNCHANGED"]
    later = f"{TODAY + timedelta(days=1):%d/%m/%Y}"
    plans = planned(clerk, cast.school_a.pk, [a_pupil(**{"Ngày vào trường": later})])
    assert (2, "students.entered_in_future") in faults(plans)
    assert f"{YEAR_STARTS:%d/%m/%Y}" in remark((), TODAY)
    assert remark({"entered_on"}, TODAY) == ""
