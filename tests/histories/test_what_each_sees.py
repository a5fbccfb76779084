"""What each person may see, on each day, is what the facts say: whatever happened before."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from khuevan.platform.access.api import actor_for_person, grants_differing
from khuevan.platform.access.selectors import actor_in_hat
from khuevan.registry.schools.api import VIEW_CLASSES, HomeroomClass
from khuevan.registry.staff import facts
from khuevan.registry.staff.actions import ending, leave
from khuevan.registry.staff.api import VIEW_STAFF, Appointment, Post, appoint_to
from khuevan.registry.students.api import VIEW_STUDENTS, Student
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    UNITS_START,
    YEAR_STARTS,
    make_class,
    make_commune,
    make_grant,
    make_guardian_data,
    make_person,
    make_school,
    make_student,
)
from tests.histories.acting import DEEDS, Province
from tests.histories.model import FOREVER, LONG_AGO, Fact

NUMBER = st.integers(0, 11)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(DEEDS), NUMBER, NUMBER, NUMBER, NUMBER), min_size=12, max_size=40
)


@pytest.fixture
def province(db: None) -> Province:
    """Make two communes, three schools with two classes each, four pupils and five workers."""
    world = Province(TODAY)
    for name in ("east", "west"):
        world.communes[name] = make_commune(f"UBND xã {name}")
        officer = make_person(f"Officer {name}")
        make_grant(officer, "commune_officer", unit=world.communes[name])
        world.people[f"officer {name}"] = officer
        world.model.officers.append(Fact(f"officer {name}", name, UNITS_START))
    for name, commune in (("a", "east"), ("b", "east"), ("c", "west")):
        school = make_school(f"Trường {name}", commune=world.communes[commune])
        world.schools[name] = school
        world.model.managers.append(Fact(name, commune, UNITS_START))
        for room in ("6A", "6B"):
            world.rooms[f"{room} of {name}"] = make_class(room, school=school)
            world.model.school_of[f"{room} of {name}"] = name
    for number in range(5):
        world.people[f"worker {number}"] = make_person(f"Worker {'abcde'[number]}")
    for number, room in enumerate(("6A of a", "6A of a", "6B of b", "6A of c")):
        _pupil(world, f"pupil {number}", room)
    _workers(world)
    return world


def _pupil(world: Province, name: str, room: str) -> None:
    letter = "ABCD"[int(name[-1])]
    mother = make_guardian_data(f"Mother {letter}", phone=f"091234500{name[-1]}")
    student = make_student(f"Pupil {letter}", homeroom_class=world.rooms[room], guardians=(mother,))
    world.pupils[name], world.people[name] = student, student.person
    school = world.model.school_of[room]
    world.model.enrolled.append(Fact(name, school, YEAR_STARTS))
    world.model.seats.append(Fact(name, room, YEAR_STARTS))
    row = student.guardianships.unscoped(because="a test").select_related("guardian").get()
    guardian = f"guardian {row.guardian_id}"
    world.people[guardian] = row.guardian
    world.model.guardians.append(Fact(guardian, name, LONG_AGO, row=row.pk))


def _workers(world: Province) -> None:
    """Let three of the workers begin with a position."""
    for number, (school, position) in enumerate(
        (("a", "TEACHER"), ("a", "CLERK"), ("c", "TEACHER"))
    ):
        person = f"worker {number}"
        row = appoint_to(
            actor=EVERYTHING,
            person=world.people[person],
            unit_id=world.schools[school].pk,
            post=Post(position, UNITS_START),
            now=NOW,
        )
        world.model.jobs.append(Fact(person, school, UNITS_START, FOREVER, position, row.pk))


def seen(world: Province, person: str, on: date) -> tuple[set[str], set[str], set[int]]:
    """Return the pupils, classes and appointments that somebody's hats open on a day."""
    pupils = {student.pk: name for name, student in world.pupils.items()}
    rooms = {room.pk: name for name, room in world.rooms.items()}
    jobs = {job.row for job in world.model.jobs}
    found: tuple[set[str], set[str], set[int]] = (set(), set(), set())
    wearer = actor_for_person(world.people[person], on=on, now=world.now)
    for hat in wearer.hats:
        actor = actor_in_hat(wearer, hat.key)
        found[0].update(pupils[pk] for pk in _ids(Student, actor, VIEW_STUDENTS) if pk in pupils)
        found[1].update(rooms[pk] for pk in _ids(HomeroomClass, actor, VIEW_CLASSES) if pk in rooms)
        found[2].update(pk for pk in _ids(Appointment, actor, VIEW_STAFF) if pk in jobs)
    return found


def _ids(model: Any, actor: Any, permission: Any) -> list[int]:
    return list(model.objects.visible_to(actor, permission).values_list("pk", flat=True))


def compare(world: Province) -> None:
    """Compare what the program lets each see with what the model says, on several days."""
    model = world.model
    for ahead in (-2, 0, 1, 4, 12):
        on = world.today + timedelta(days=ahead)
        for person in world.people:
            told = model.pupils_seen(person, on), model.classes_seen(person, on)
            got = seen(world, person, on)
            assert got == (*told, model.staff_seen(person, on)), f"{person} on {on}"


RUNS = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def live_through(province: Province, history: list[tuple[str, int, int, int, int]]) -> None:
    """Let a history happen, compare, and leave the province as it was."""
    model, people, today = deepcopy(province.model), dict(province.people), province.today
    point = transaction.savepoint()
    try:
        for deed, *numbers in history:
            province.deed = deed
            getattr(province, deed)(*numbers)
        compare(province)
        assert grants_differing() == []
    finally:
        transaction.savepoint_rollback(point)
        province.model, province.people, province.today = model, people, today


SELDOM = frozenset({"gain_custody", "new_mother"})
"""Deeds that a few histories do without."""


def live_through_many(province: Province, *, count: int, but: frozenset[str] = frozenset()) -> None:
    """Let so many histories happen; each other kind of deed must have succeeded in one of them."""

    @settings(RUNS, max_examples=count)
    @given(history=HISTORIES)
    def histories(history: Any) -> None:
        live_through(province, history)

    histories()
    assert set(DEEDS) - set(province.done) <= but


def test_everybody_sees_what_the_facts_say(province: Province) -> None:
    live_through_many(province, count=4, but=SELDOM)


@pytest.mark.slow
def test_everybody_sees_what_the_facts_say_after_many_histories(province: Province) -> None:
    live_through_many(province, count=40)


def _leave_opens_classes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(facts, "without", lambda span, _gaps: [span])


def _lessons_outlive_the_work(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ending, "_end_duties", lambda _member, _on: ([], []))


def _back_early_unnoticed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(leave, "refresh_grants", lambda _members, *, gone=(): None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault", [_leave_opens_classes, _lessons_outlive_the_work, _back_early_unnoticed]
)
def test_a_fault_is_found(province: Province, fault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: each of these faults shows within the histories."""
    fault(monkeypatch)

    @settings(RUNS, max_examples=120, phases=[Phase.generate], report_multiple_bugs=False)
    @given(history=HISTORIES)
    def histories(history: Any) -> None:
        live_through(province, history)

    with pytest.raises(AssertionError):
        histories()
