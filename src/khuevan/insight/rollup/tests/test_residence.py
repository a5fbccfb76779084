"""Pupils counted by where they live: on any day, under the areas of that day, down to the rows."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, TODAY, make_class, make_school, make_student

from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.dimensions import DIMENSIONS
from khuevan.insight.rollup.selectors import count, frame_of, pupil_rows
from khuevan.insight.rollup.selectors.counting import schools_asked
from khuevan.insight.rollup.tests.test_counts import every_number_opens
from khuevan.platform.areas.api import Area, AreaSuccession
from khuevan.registry.people.api import Address
from khuevan.registry.schools.api import HomeroomClass

pytestmark = pytest.mark.django_db
RESIDENCE = Asked(TODAY, rows="residence", cols="sex")
LAST_DAY = date(2025, 6, 30)


@pytest.fixture
def room() -> HomeroomClass:
    return make_class("6A", school=make_school("Trường THCS Đông Khê", code="42000501"))


def former(*, parts: int) -> Area:
    """Return a commune of before that went into so many communes."""
    pairs = AreaSuccession.objects.filter(on=date(2025, 7, 1)).order_by("former_code", "code")
    times = Counter(pairs.values_list("former_code", flat=True))
    communes = Area.objects.filter(kind="COMMUNE", ends_on=date(2025, 7, 1)).order_by("code")
    return next(one for one in communes if times[one.code] == parts)


def became(area: Area) -> Area:
    """Return the commune that a former one went into."""
    pair = AreaSuccession.objects.get(former_code=area.code, on=date(2025, 7, 1))
    return Area.objects.get(code=pair.code, ends_on=None)


def lives(
    name: str,
    room: HomeroomClass,
    area: Area | None,
    *,
    kind: str = "CURRENT",
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Make a pupil with an address."""
    student = make_student(name, homeroom_class=room)
    Address.objects.create(
        person=student.person, kind=kind, area=area, detail="Thôn 1", starts_on=since, ends_on=until
    )


def numbers(asked: Asked = RESIDENCE) -> dict[str, int]:
    """Return how many pupils live where, by the words of the line."""
    counted = count(actor=EVERYTHING, asked=asked)
    return {name: counted.table.at(key, "") for key, name in counted.row_names.items()}


def test_a_former_commune_is_the_one_it_went_into_and_what_is_not_known_a_line(
    room: HomeroomClass,
) -> None:
    whole, divided = former(parts=1), former(parts=2)
    now = became(whole)
    lives("Lê Văn An", room, whole)
    lives("Lê Văn Ba", room, now, kind="PERMANENT")
    lives("Lê Văn Cam", room, divided)
    lives("Lê Văn Du", room, None)
    make_student("Lê Văn Em", homeroom_class=room)
    found = numbers()
    assert found.pop(now.full_name) == 2
    assert found.pop(str(DIMENSIONS["residence"].unknown)) == 2
    ((name, number),) = found.items()
    assert number == 1
    assert name.startswith(divided.full_name)
    assert "30/06/2025" in name
    assert every_number_opens(EVERYTHING, RESIDENCE) == 5


def test_the_address_of_the_day_counts_the_current_before_the_permanent_one(
    room: HomeroomClass,
) -> None:
    first, second = Area.objects.filter(kind="COMMUNE", ends_on=None).order_by("code")[:2]
    student = make_student("Lê Văn An", homeroom_class=room)
    moved = TODAY - timedelta(days=3)
    for kind, area, since, until in (
        ("PERMANENT", first, None, None),
        ("CURRENT", first, None, moved),
        ("CURRENT", second, moved, None),
    ):
        Address.objects.create(
            person=student.person, kind=kind, area=area, starts_on=since, ends_on=until
        )
    before = Asked(moved - timedelta(days=1), rows="residence", cols="")
    assert list(numbers(before).values()) == [1]
    assert first.full_name in next(iter(numbers(before)))
    assert second.full_name in next(iter(numbers()))
    every_number_opens(EVERYTHING, before)


def test_who_may_not_see_addresses_gets_numbers_about_right_and_no_names(
    cast: Cast, client: Client
) -> None:
    area = Area.objects.filter(kind="COMMUNE", ends_on=None).order_by("code")[0]
    Address.objects.unscoped(because="a test").filter(person=cast.minh_anh.person).update(area=area)
    asked = RESIDENCE.narrowed(school=cast.school_a.code)
    exact = count(actor=actor_of(cast.hung), asked=asked)
    assert not exact.table.is_rounded
    assert exact.table.at(area.code, "") == 1
    for officer in (cast.binh, cast.thanh, cast.hoa):
        told = count(actor=actor_of(officer), asked=asked)
        assert told.table.is_rounded
        assert all(number % 5 == 0 for number in told.table.numbers.values())
    client.sign_in(cast.binh)
    query = asked.narrowed(residence=area.code).query(without_table=True)
    page = client.get(f"{reverse('rollup:rows')}?{query}").content.decode()
    assert cast.minh_anh.person.full_name not in page
    path = f"/api/v1/counts/rows?on={TODAY}&residence={area.code}&purpose=REPORT"
    assert client.get(path).status_code == 404
    table = client.get(f"/api/v1/counts?on={TODAY}&rows=residence&cols=").json()
    assert table["rounded_to"] == 5


def test_a_principal_opens_who_lives_in_a_commune(cast: Cast, client: Client) -> None:
    area = Area.objects.filter(kind="COMMUNE", ends_on=None).order_by("code")[0]
    Address.objects.unscoped(because="a test").filter(person=cast.minh_anh.person).update(area=area)
    client.sign_in(cast.hung)
    table = client.get(f"{reverse('rollup:table')}?rows=residence&cols=").content.decode()
    assert area.full_name in table
    rows = client.get(f"{reverse('rollup:rows')}?residence={area.code}").content.decode()
    assert cast.minh_anh.person.full_name in rows
    assert cast.others_6a[0].person.full_name not in rows
    saved = client.get(f"{reverse('rollup:file', args=['csv'])}?rows=residence&cols=")
    assert area.full_name in saved.content.decode("utf-8-sig")


def test_the_same_people_are_told_alike_with_and_without_where_they_live(cast: Cast) -> None:
    """An ethnic group's number over all communes is that of the table without communes."""
    actor = actor_of(cast.thanh)
    by_home = count(actor=actor, asked=Asked(TODAY, rows="ethnicity", cols="residence"))
    alone = count(actor=actor, asked=Asked(TODAY, rows="ethnicity", cols=""))
    for key in alone.row_names:
        assert by_home.table.at(key, "") == alone.table.at(key, "")


def test_rows_of_nobody_known_are_those_without_an_area(cast: Cast) -> None:
    actor = actor_of(cast.hung)
    asked = Asked(TODAY, rows="grade", cols="").narrowed(residence="-")
    frame = frame_of(actor=actor, asked=asked)
    rows = pupil_rows(actor=actor, asked=asked, frame=frame, schools=schools_asked(asked, frame))
    assert rows.count() == count(actor=actor, asked=asked).table.total
