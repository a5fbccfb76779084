"""Two days compared: the equation holds, and equals a slow and obvious model, whatever happened."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    TODAY,
    make_class,
    make_commune,
    make_school,
    make_staff,
    make_student,
)

from khuevan.insight.rollup.asked import Asked, DayToCome, NoSuchCount, NoSuchDay
from khuevan.insight.rollup.asked_two import Compared, DaysTurned, Opened
from khuevan.insight.rollup.moves import (
    CAME,
    FLOWS,
    IN,
    LEFT,
    NOW,
    OUT,
    REORGANIZED,
    STAYED,
    THEN,
    Differs,
    Trace,
    why,
)
from khuevan.insight.rollup.selectors import count
from khuevan.insight.rollup.selectors.comparing import TwoDays, equation_of
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import OrgUnitVersion
from khuevan.registry.schools.api import School
from khuevan.registry.students.api import ClassPlacement, Enrollment, Student

pytestmark = pytest.mark.django_db
WHY = "test"
FIRST_DAY = TODAY - timedelta(days=40)
LINES = ("unit", "school", "level", "grade", "sex")


class World:
    """Three schools under two communes, two classes each, six pupils; who was where is written."""

    def __init__(self) -> None:
        communes = [make_commune("UBND xã Đông"), make_commune("UBND xã Tây")]
        self.schools: list[School] = []
        self.rooms: list[list[Any]] = []
        for number, commune in enumerate((communes[0], communes[0], communes[1])):
            school = make_school(f"Trường số {number}", commune=commune)
            self.schools.append(school)
            self.rooms.append([make_class(name, school=school) for name in ("6A", "7A")])
        self.communes = communes
        self.pupils: list[Student] = []
        for number in range(6):
            sex = "MALE" if number % 2 else "FEMALE"
            name = f"Lê Văn {['An', 'Ba', 'Cam', 'Du', 'Em', 'Gia'][number]}"
            self.pupils.append(make_student(name, school=self.schools[0], sex=sex))
        Enrollment.objects.unscoped(because=WHY).delete()


Stay = tuple[int, int, int, int, str]
"""School, class of it (2 is none), days until it begins, how long it lasts (0 is open), exit."""


@pytest.fixture
def world() -> World:
    return World()


def write(world: World, histories: list[list[Stay]], moves: tuple[int, int, int]) -> None:
    """Write the stays of each pupil one after another, and put a school under the other commune."""
    for pupil, stays in zip(world.pupils, histories, strict=False):
        day = FIRST_DAY - timedelta(days=20)
        for school, room, wait, length, exit_kind in stays:
            starts_on = day + timedelta(days=wait)
            ends_on = starts_on + timedelta(days=length) if length else None
            Enrollment.objects.unscoped(because=WHY).bulk_create(
                [
                    Enrollment(
                        student=pupil,
                        person=pupil.person,
                        school=world.schools[school],
                        entry_kind="ADMITTED" if wait % 2 else "TRANSFERRED_IN",
                        exit_kind=exit_kind if ends_on else "",
                        sort_key="a",
                        starts_on=starts_on,
                        ends_on=ends_on,
                    )
                ]
            )
            if room < 2:
                ClassPlacement.objects.unscoped(because=WHY).bulk_create(
                    [
                        ClassPlacement(
                            student=pupil,
                            person=pupil.person,
                            school=world.schools[school],
                            homeroom_class=world.rooms[school][room],
                            sort_key="a",
                            starts_on=starts_on,
                            ends_on=ends_on,
                        )
                    ]
                )
            if ends_on is None:
                break
            day = ends_on
    school, commune, after = moves
    old = OrgUnitVersion.objects.get(unit_id=world.schools[school].pk, ends_on=None)
    on = FIRST_DAY + timedelta(days=after)
    OrgUnitVersion.objects.filter(pk=old.pk).update(ends_on=on)
    old.pk, old.parent_id, old.starts_on = None, world.communes[commune].pk, on
    old.save(force_insert=True)


def line_of(world: World, rows: Any, pupil: Student, by: str, on: date) -> str | None:
    """Say slowly in which line a pupil stands on a day."""
    stays = [one for one in rows[0] if one.student_id == pupil.pk and holds(one, on)]
    if not stays:
        return None
    seats = [one for one in rows[1] if one.student_id == pupil.pk and holds(one, on)]
    school = stays[0].school_id
    if by == "sex":
        return pupil.person.sex
    if by == "school":
        return next(one.code for one in world.schools if one.pk == school)
    if by == "unit":
        versions = OrgUnitVersion.objects.filter(unit_id=school).select_related("parent")
        return next(one.parent.code for one in versions if one.parent and holds(one, on))
    if not seats:
        return "-"
    grade = next(
        room.grade_level
        for rooms in world.rooms
        for room in rooms
        if room.pk == seats[0].homeroom_class_id
    )
    return str(grade.code if by == "grade" else grade.level)


def holds(row: Any, on: date) -> bool:
    return bool(row.starts_on <= on and (row.ends_on is None or row.ends_on > on))


def slow(world: World, by: str, first: date, second: date) -> Counter[tuple[str, str]]:
    """Count slowly who came, left and moved, pupil by pupil."""
    rows = (
        list(Enrollment.objects.unscoped(because=WHY).all()),
        list(ClassPlacement.objects.unscoped(because=WHY).all()),
    )
    found: Counter[tuple[str, str]] = Counter()
    for pupil in world.pupils:
        then = line_of(world, rows, pupil, by, first)
        now = line_of(world, rows, pupil, by, second)
        if then is not None:
            found[then, THEN] += 1
        if now is not None:
            found[now, NOW] += 1
        if then is None and now is not None:
            found[now, CAME] += 1
        if then is not None and now is None:
            found[then, LEFT] += 1
        if then is not None and now is not None and then != now:
            found[then, OUT] += 1
            found[now, IN] += 1
        if then is not None and then == now:
            found[then, STAYED] += 1
    return found


def adds_up(compared: TwoDays) -> None:
    """Require the equation of the total and of every line, and that the counts page agrees."""
    every: dict[str, Any] = compared.tally.by_line()
    for line, flows in every.items():
        came, left = flows[CAME] + flows[IN], flows[LEFT] + flows[OUT]
        assert flows[THEN] + came - left == flows[NOW], line
        assert flows[THEN] == flows[STAYED] + left
    told: Any = equation_of(compared)
    assert told.then + told.came - told.left == told.now
    asked = compared.asked
    for on, number in ((asked.first, told.then), (asked.second, told.now)):
        assert count(actor=EVERYTHING, asked=Asked(on, narrow=asked.narrow)).table.total == number


def opens(compared: TwoDays) -> None:
    """Open every number and require as many rows."""
    for (line, flow, reason), number in compared.tally.numbers.items():
        opened = Opened(line, (flow,), reason)
        traces = compared.behind(opened)
        assert sum(one.number for one in traces) == number
        assert compared.rows(opened, traces).count() == number, (line, flow, reason)


STAYS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 12),
        st.integers(0, 25),
        st.sampled_from(("TRANSFERRED_OUT", "COMPLETED", "DROPPED", "DECEASED", "")),
    ),
    max_size=4,
)
DAYS = st.tuples(st.integers(-25, 40), st.integers(1, 60))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    histories=st.lists(STAYS, min_size=6, max_size=6),
    moves=st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(-10, 30)),
    days=DAYS,
    narrow=st.sampled_from(((), (("sex", "MALE"),), (("grade", "6"),))),
)
def test_whatever_happened_it_adds_up_and_equals_the_slow_count(
    world: World,
    histories: list[list[Stay]],
    moves: tuple[int, int, int],
    days: tuple[int, int],
    narrow: tuple[tuple[str, str], ...],
) -> None:
    first = FIRST_DAY + timedelta(days=days[0])
    second = min(first + timedelta(days=days[1]), TODAY)
    if first >= second:
        return
    with transaction.atomic():
        write(world, histories, moves)
        for by in LINES:
            compared = TwoDays(EVERYTHING, Compared(first, second, rows=by, narrow=narrow))
            adds_up(compared)
            if narrow:
                continue
            expected = slow(world, by, first, second)
            told = {
                (line, flow): number
                for line, flows in compared.tally.by_line().items()
                for flow, number in flows.items()
                if line and number
            }
            assert told == dict(expected), by
            assert {key for key, _name in compared.lines} == {line for line, _flow in expected}
        opens(TwoDays(EVERYTHING, Compared(first, second, rows="school", narrow=narrow)))
        transaction.set_rollback(True)


def test_a_school_under_another_unit_takes_its_pupils_along_and_says_so(world: World) -> None:
    write(world, [[(0, 0, 0, 0, "")], [(2, 0, 0, 0, "")]], (0, 1, 5))
    asked = Compared(FIRST_DAY, TODAY, rows="unit")
    compared = TwoDays(EVERYTHING, asked)
    west = world.communes[1].code
    assert compared.tally.numbers[west, IN, REORGANIZED] == 1
    assert compared.reorganized == 1
    assert equation_of(compared).within == 1
    schools = TwoDays(EVERYTHING, Compared(FIRST_DAY, TODAY, of="schools", rows="unit"))
    opened = Opened("", (IN, STAYED), REORGANIZED)
    assert list(schools.rows(opened, schools.behind(opened))) == [world.schools[0]]
    inside = TwoDays(EVERYTHING, asked.narrowed(unit=west))
    assert equation_of(inside).came == 1
    assert inside.tally.reasons(CAME) == {REORGANIZED: 1}


def test_why_somebody_left_is_the_last_thing_that_was_recorded(world: World) -> None:
    write(
        world,
        [
            [(0, 0, 0, 25, "COMPLETED"), (1, 0, 0, 5, "ABROAD")],
            [(0, 0, 0, 25, "COMPLETED"), (1, 0, 0, 0, "")],
        ],
        (2, 1, 0),
    )
    compared = TwoDays(EVERYTHING, Compared(FIRST_DAY, TODAY, rows="school"))
    assert compared.tally.reasons(LEFT) == {"ABROAD": 1}
    assert compared.tally.reasons(IN) == {"WENT_ON": 1}


@pytest.mark.parametrize("of", ["classes", "staff", "schools"])
def test_classes_staff_and_schools_add_up_and_open_too(of: str, world: World) -> None:
    make_staff(school=world.schools[0])
    for by in ("unit", "school") if of != "schools" else ("unit", "type", "ownership"):
        compared = TwoDays(
            EVERYTHING, Compared(FIRST_DAY - timedelta(days=400), TODAY, of=of, rows=by)
        )
        told: Any = equation_of(compared)
        assert told.now > 0
        assert told.then + told.came - told.left == told.now
        opens(compared)


def test_an_officer_compares_the_schools_of_the_commune_alone(cast: Cast) -> None:
    hung = actor_of(cast.hung)
    compared = TwoDays(hung, Compared(TODAY - timedelta(days=1), TODAY, rows="school"))
    assert {key for key, _name in compared.lines} == {cast.school_a.code}
    opened = Opened("", (NOW,))
    rows = compared.rows(opened, compared.behind(opened))
    assert {row.school_id for row in rows} == {cast.school_a.pk}
    assert rows.count() == equation_of(compared).now


def test_the_page_opens_names_to_who_may_and_notes_it(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    page = client.get("/counts/compare/", {"from": "2026-08-01"})
    assert page.status_code == 200
    assert 'name="from" value="01/08/2026"' in page.content.decode()
    assert 'type="date"' not in page.content.decode()
    days = {"from": "2026-08-01", "to": TODAY.isoformat(), "flow": CAME}
    opened = client.get("/counts/compare/rows/", days)
    assert "Phạm Minh Anh" in opened.content.decode()
    log = AuditEntry.objects.unscoped(because=WHY).filter(code="rollup.moves_opened")
    assert log.count() == 1
    assert client.get("/counts/compare/rows/", {**days, "flow": "shoe"}).status_code == 404
    assert client.get("/counts/compare/", {"from": "2031-01-01"}).status_code == 422
    for kind, status in (("xlsx", 200), ("csv", 200), ("doc", 404)):
        assert client.get(f"/counts/compare/table.{kind}").status_code == status


def test_programs_get_the_same_comparison(cast: Cast, client: Client) -> None:
    days = {"from": "2026-08-01", "to": TODAY.isoformat(), "rows": "grade"}
    found = client.sign_in(cast.hung).get("/api/v1/counts/compare", days).json()
    assert found["then"] + found["came"] - found["left"] == found["now"] > 0
    rows = client.get("/api/v1/counts/compare/rows", {**days, "flow": CAME}).json()
    assert rows["total"] == found["came"] == len(rows["items"])
    assert client.get("/api/v1/counts/compare", {"rows": "shoe"}).status_code in (409, 422)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"from": "2026-02-31"}, NoSuchDay),
        ({"to": "2030-01-01"}, DayToCome),
        ({"from": "2026-09-30", "to": "2026-09-30"}, DaysTurned),
        ({"from": "2026-09-30", "to": "2026-09-01"}, DaysTurned),
        ({"rows": "ethnicity"}, NoSuchCount),
        ({"of": "shoes"}, NoSuchCount),
    ],
)
def test_what_makes_no_sense_is_refused(query: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        Compared.from_query(query, today=TODAY, rows="unit")


FLAG = st.booleans()


@given(
    then=st.none() | st.tuples(st.integers(1, 3), st.none() | st.just("6")),
    now=st.none() | st.tuples(st.integers(1, 3), st.none() | st.just("6")),
    flags=st.tuples(FLAG, FLAG, FLAG, FLAG, FLAG),
)
def test_every_move_has_one_reason(then: Any, now: Any, flags: tuple[bool, ...]) -> None:
    trace = Trace(then, now, is_other_class=flags[0], is_other_year=flags[1])
    differs = Differs(school=flags[2], unit=flags[3], grade=int(flags[4]))
    assert why(trace, differs, by_unit=True)
    if then and now and not differs.school and differs.unit:
        assert why(trace, differs, by_unit=True) == REORGANIZED
    assert set(FLOWS) == {THEN, CAME, IN, LEFT, OUT, NOW, STAYED}
