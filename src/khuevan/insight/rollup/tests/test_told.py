"""Two days compared by who may count pupils and not see them: no child's leaving is told."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY

from khuevan.insight.rollup.asked_two import BY, Compared
from khuevan.insight.rollup.moves import CAME, LEFT, THEN
from khuevan.insight.rollup.moves import NOW as ON_SECOND
from khuevan.insight.rollup.rules import TOTAL, blurred, census_day_until, is_census_day
from khuevan.insight.rollup.selectors.comparing import TwoDays
from khuevan.registry.students.api import Enrollment, end_enrollment

DAY_BEFORE = TODAY - timedelta(days=1)
COUNTED = (date(2026, 9, 30), date(2026, 12, 31))


def drop_out(cast: Cast) -> Enrollment:
    """Let one pupil drop out today: the only one between yesterday and today."""
    end_enrollment(
        actor=EVERYTHING, uuid=cast.minh_anh.uuid, exit_kind="DROPPED", on=TODAY, now=NOW
    )
    rows = Enrollment.objects.unscoped(because="a test")
    return rows.get(student=cast.minh_anh, is_primary=True)


def answers(client: Client, cast: Cast) -> list[str]:
    """Return all that the director is told of the two days, however it is divided and narrowed."""
    days = f"from={DAY_BEFORE}&to={TODAY}"
    school = cast.school_a.code
    saved = reverse("rollup:compare_file", args=["csv"])
    told: list[str] = []
    for rows in BY["pupils"]:
        for narrow in ("", f"&school={school}", "&sex=FEMALE", f"&school={school}&grade=6"):
            query = f"?{days}&rows={rows}{narrow}"
            told.append(client.get(f"/api/v1/counts/compare{query}").content.decode())
            told.append(client.get(f"{saved}{query}").content.decode())
            page = client.get(reverse("rollup:compare") + query).content.decode()
            told.append(page[page.index("<main") : page.index("</main")])
    return told


@pytest.mark.django_db
def test_between_two_near_days_one_child_is_told_the_same_whatever_the_reason(
    cast: Cast, client: Client
) -> None:
    enrollment = drop_out(cast)
    client.sign_in(cast.thanh)
    as_it_is = answers(client, cast)
    rows = Enrollment.objects.unscoped(because="a test").filter(pk=enrollment.pk)
    rows.update(exit_kind="TRANSFERRED_OUT", went_to="Tỉnh khác")
    assert answers(client, cast) == as_it_is
    assert not any("DROPPED" in one or "Bỏ học" in one for one in as_it_is)


@pytest.mark.django_db
def test_only_who_sees_the_pupils_is_told_who_left_between_near_days(cast: Cast) -> None:
    drop_out(cast)
    asked = Compared(DAY_BEFORE, TODAY, rows="school")
    found = TwoDays(actor_of(cast.hung), asked)
    assert (found.is_exact, found.tally.reasons(LEFT)) == (True, {"DROPPED": 1})
    told = TwoDays(actor_of(cast.thanh), asked)
    flows = told.tally.by_line()[TOTAL]
    assert not told.is_exact
    assert (flows[THEN] or 0) - (flows[ON_SECOND] or 0) == 1  # as any count says
    assert flows[CAME] is flows[LEFT] is None
    assert told.tally.reasons(LEFT) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["flow=left", "flow=left&why=DROPPED", "flow=now&why=SAME"])
def test_what_is_not_told_does_not_open(cast: Cast, client: Client, query: str) -> None:
    drop_out(cast)
    client.sign_in(cast.thanh)
    days = f"from={DAY_BEFORE}&to={TODAY}"
    assert client.get(f"{reverse('rollup:compare_rows')}?{days}&{query}").status_code == 404
    more = f"{days}&{query}&purpose=REPORT"
    assert client.get(f"/api/v1/counts/compare/rows?{more}").status_code == 404
    assert client.get(f"{reverse('rollup:compare_rows')}?{days}&flow=now").status_code == 200


@pytest.mark.django_db
def test_between_two_days_of_counting_it_is_told_about_and_always_the_same(cast: Cast) -> None:
    drop_out(cast)
    asked: dict[str, Any] = {"first": COUNTED[0], "second": COUNTED[1]}
    by_school = TwoDays(actor_of(cast.thanh), Compared(**asked, rows="school"))
    by_level = TwoDays(actor_of(cast.thanh), Compared(**asked, rows="level"))
    flows: dict[str, Any] = by_school.tally.by_line()[TOTAL]
    assert flows[LEFT] is not None
    assert flows[LEFT] % 5 == 0
    assert flows[LEFT] == by_level.tally.by_line()[TOTAL][LEFT]
    assert by_school.tally.reasons(LEFT) == by_level.tally.reasons(LEFT)
    assert all(number % 5 == 0 for number in by_school.tally.reasons(CAME).values())


def _answers(number: int) -> Counter[int]:
    drawn = (sha256(f"{number}:{key}".encode()).digest() for key in range(20_000))
    return Counter(blurred(number, one) for one in drawn)


def test_one_more_makes_no_answer_much_likelier_and_none_impossible() -> None:
    told = [_answers(number) for number in range(9)]
    for one, more in zip(told, told[1:], strict=False):
        for answer in (0, 5, 10):
            assert one[answer]
            assert more[answer]
            assert 1 / 1.75 < one[answer] / more[answer] < 1.75
    assert sum(answer * often for answer, often in told[8].items()) / 20_000 == pytest.approx(
        8, abs=0.4
    )


def test_days_of_counting() -> None:
    assert is_census_day(date(2025, 9, 30))
    assert not is_census_day(date(2025, 10, 1))
    assert census_day_until(date(2026, 1, 3)) == date(2025, 12, 31)
    assert census_day_until(date(2026, 5, 31)) == date(2026, 5, 31)
