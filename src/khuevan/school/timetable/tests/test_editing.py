"""A timetable made and changed by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, make_class, make_staff, make_year

from khuevan.registry.curriculum import api as curriculum
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions import Move
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.core.values import (
    Constraint,
    Grid,
    Lesson,
    On,
    Parameter,
    Placement,
    Problem,
    StudentSet,
    Teacher,
)
from khuevan.school.timetable.errors import (
    AlreadyPublished,
    ClashesLeft,
    FileRefused,
    LessonLocked,
    NoSuchSpot,
    NotAMonday,
    NothingToRedo,
    NothingToTakeBack,
    NothingToTeach,
    OutsideTheYear,
    PublishedStays,
    StartsTaken,
)
from khuevan.school.timetable.exchange import problem_file
from khuevan.school.timetable.fet.reading import read_problem
from khuevan.school.timetable.fet.solution import entries_of
from khuevan.school.timetable.filling import fill
from khuevan.school.timetable.grids import Spot
from khuevan.school.timetable.models import Half, ScheduledLesson, Timetable
from khuevan.school.timetable.problems import setting_of
from khuevan.school.timetable.selectors.versions import timetable_on
from khuevan.ui.errors import ChangedMeanwhile

MONDAY = date(2026, 11, 30)
FIRST = Spot(2, "MORNING", 1)
PLACES = ("weekday", "half", "period", "room_id", "is_locked")
spots = st.builds(
    Spot, st.integers(1, 6), st.sampled_from([one.value for one in Half]), st.integers(1, 5)
)


def taught(cast: Cast, name: str, teacher: Any, periods: int = 2) -> Any:
    """Open a class of school A in which a teacher gives so many periods of literature."""
    room = make_class(name, school=cast.school_a)
    curriculum.plan_subject(
        actor=EVERYTHING,
        class_uuid=room.uuid,
        subject_name="Ngữ văn",
        kind="COMPULSORY",
        weeks=[periods] * 35,
        now=NOW,
    )
    rows = curriculum.ClassSubject.objects.unscoped(because="a test")
    curriculum.assign_subject(
        actor=EVERYTHING,
        uuid=rows.get(homeroom_class=room).uuid,
        member=teacher,
        starts_on=date(2026, 11, 23),
        weeks=None,
        takes_over=False,
        now=NOW,
    )
    return room


def draft(cast: Cast, **changes: Any) -> Timetable:
    """Make a draft of school A as its principal."""
    values: dict[str, Any] = {
        "actor": actor_of(cast.hung),
        "school": cast.school_a,
        "year": make_year(),
        "name": "Bản nháp",
        "starts_on": MONDAY,
        "days": 6,
        "now": NOW,
    }
    return actions.make_timetable(**{**values, **changes})


@pytest.fixture
def made(cast: Cast) -> Timetable:
    """Return a draft with two classes of one teacher."""
    teacher = make_staff("Lê Thị Thời", school=cast.school_a)
    for name in ("6Y", "6Z"):
        taught(cast, name, teacher)
    return draft(cast)


def lessons(timetable: Timetable) -> list[ScheduledLesson]:
    """Return the lessons of a timetable."""
    rows = ScheduledLesson.objects.unscoped(because="a test")
    return list(rows.filter(timetable=timetable).order_by("pk"))


def state(timetable: Timetable) -> list[tuple[Any, ...]]:
    """Return where all lessons stand."""
    return [tuple(getattr(one, name) for name in PLACES) for one in lessons(timetable)]


def move(
    cast: Cast, timetable: Timetable, lesson: ScheduledLesson, spot: Spot | None, **more: Any
) -> None:
    """Move a lesson as the principal."""
    actions.move_lesson(
        actor=actor_of(cast.hung),
        uuid=timetable.uuid,
        lesson=lesson.uuid,
        to=Move(spot),
        now=NOW,
        **more,
    )


def fresh(timetable: Timetable) -> Timetable:
    """Return a timetable as it is now."""
    return Timetable.objects.unscoped(because="a test").get(pk=timetable.pk)


def test_a_draft_holds_the_lessons_of_plans_and_assignments(cast: Cast, made: Timetable) -> None:
    rows = [one for one in lessons(made) if one.homeroom_class.name in {"6Y", "6Z"}]
    assert [one.subject_name for one in rows] == ["Ngữ văn"] * 4
    assert {one.person.full_name for one in rows if one.person} == {"Lê Thị Thời"}
    assert not any(one.is_placed for one in rows)


def test_one_teacher_in_two_classes_at_once_is_told_and_not_refused(
    cast: Cast, made: Timetable
) -> None:
    one, other = (
        next(row for row in lessons(made) if row.homeroom_class.name == name)
        for name in ("6Y", "6Z")
    )
    move(cast, made, one, FIRST)
    move(cast, made, other, FIRST)
    clashes = [str(found.message) for found in desk_of(fresh(made)).board.findings().hard]
    assert any("Lê Thị Thời" in told for told in clashes)
    before = desk_of(fresh(made)).board.check_move(other.pk)
    assert before[1, 0].is_clash
    assert before[1, 1].is_clash, "the first period of that day would be a hole"
    assert not before[2, 0].is_clash


@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.none() | spots), min_size=1, max_size=8))
def test_whatever_was_done_is_taken_back_and_done_again(
    cast: Cast, made: Timetable, steps: list[tuple[int, Spot | None]]
) -> None:
    rows = lessons(made)
    begun = fresh(made).position
    states = [state(made)]
    for number, spot in steps:
        move(cast, made, rows[number], spot)
        if state(made) != states[-1]:
            states.append(state(made))
    for was in reversed(states[:-1]):
        actions.undo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
        assert state(made) == was
    assert fresh(made).position == begun
    for then in states[1:]:
        actions.redo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
        assert state(made) == then
    with pytest.raises(NothingToRedo):
        actions.redo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)


def test_nothing_is_taken_back_before_the_first_step(cast: Cast, made: Timetable) -> None:
    with pytest.raises(NothingToTakeBack):
        actions.undo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)


def greyed(cast: Cast, made: Timetable) -> list[str]:
    """Return which of undo and redo can't be pressed in the editor."""
    answer = Client().sign_in(cast.hung).get(reverse("timetable:editor", args=[made.uuid]))
    page = answer.content.decode()
    forms = {deed: page.rpartition(f"/{deed}/")[2].split("</form>")[0] for deed in ("undo", "redo")}
    return [deed for deed, form in forms.items() if " disabled>" in form]


def test_what_has_nothing_to_take_back_or_do_again_is_greyed(cast: Cast, made: Timetable) -> None:
    assert greyed(cast, made) == ["undo", "redo"]
    move(cast, made, lessons(made)[0], FIRST)
    assert greyed(cast, made) == ["redo"]
    actions.undo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
    assert greyed(cast, made) == ["undo"]


def test_two_people_move_different_lessons_side_by_side_and_never_one(
    cast: Cast, made: Timetable
) -> None:
    one, other = lessons(made)[:2]
    seen = fresh(made).revision
    move(cast, made, one, FIRST, revision=seen)
    move(cast, made, other, Spot(3, "MORNING", 1), revision=seen)
    with pytest.raises(ChangedMeanwhile):
        move(cast, made, one, Spot(4, "MORNING", 1), revision=seen)


def test_a_pinned_lesson_stays(cast: Cast, made: Timetable) -> None:
    one = lessons(made)[0]
    move(cast, made, one, FIRST)
    pin: dict[str, Any] = {
        "actor": actor_of(cast.hung),
        "uuid": made.uuid,
        "lesson": one.uuid,
        "now": NOW,
    }
    actions.lock_lesson(**pin, is_locked=True)
    with pytest.raises(LessonLocked):
        move(cast, made, one, None)
    actions.lock_lesson(**pin, is_locked=False)
    move(cast, made, one, None)
    assert not lessons(made)[0].is_placed


def test_a_spot_that_the_week_has_not_is_refused(cast: Cast, made: Timetable) -> None:
    for spot in (Spot(7, "MORNING", 1), Spot(1, "MORNING", 6)):
        with pytest.raises(NoSuchSpot):
            move(cast, made, lessons(made)[0], spot)


def test_what_fits_is_placed_without_a_clash(cast: Cast, made: Timetable) -> None:
    count = actions.place_rest(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
    assert count
    findings = desk_of(fresh(made)).board.findings()
    assert findings.quality.placed == findings.quality.lessons
    assert not findings.hard
    actions.undo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
    assert not any(one.is_placed for one in lessons(made) if not one.is_locked)


def test_a_published_one_holds_from_its_monday_and_stays(cast: Cast, made: Timetable) -> None:
    publish: dict[str, Any] = {"actor": actor_of(cast.hung), "now": NOW}
    actions.publish_timetable(uuid=made.uuid, **publish)
    assert timetable_on(cast.school_a.pk, MONDAY) == made
    assert timetable_on(cast.school_a.pk, date(2026, 11, 29)) is None
    with pytest.raises(PublishedStays):
        move(cast, made, lessons(made)[0], FIRST)
    with pytest.raises(AlreadyPublished):
        actions.remove_timetable(uuid=made.uuid, **publish)
    second = draft(cast, copy_of=made.uuid)
    with pytest.raises(StartsTaken):
        actions.publish_timetable(uuid=second.uuid, **publish)
    later = draft(cast, copy_of=made.uuid, starts_on=date(2026, 12, 7))
    assert state(later) == state(made)
    actions.publish_timetable(uuid=later.uuid, **publish)
    assert timetable_on(cast.school_a.pk, date(2026, 12, 6)) == made
    assert timetable_on(cast.school_a.pk, date(2026, 12, 7)) == later


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"starts_on": date(2026, 12, 1)}, NotAMonday),
        ({"starts_on": date(2027, 9, 6)}, OutsideTheYear),
    ],
)
def test_a_draft_begins_on_a_monday_of_the_year(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        draft(cast, **changes)


def test_a_school_without_plans_is_told(cast: Cast) -> None:
    with pytest.raises(NothingToTeach):
        draft(cast, actor=EVERYTHING, school=cast.school_b)


def test_what_fet_made_comes_back_as_one_step(cast: Cast, made: Timetable) -> None:
    actions.place_rest(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
    wanted = state(made)
    with translation.override("vi"):
        setting = setting_of(fresh(made))
        entries = entries_of(setting.problem, setting.placements)
    actions.undo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
    assert state(made) != wanted
    content = json.dumps({"placements": entries}).encode()
    count, faults = actions.take_places(
        actor=actor_of(cast.hung), uuid=made.uuid, content=content, name="x.json", now=NOW
    )
    assert (count, faults) == (sum(not one.is_locked for one in lessons(made)), [])
    assert state(made) == wanted


def test_a_problem_for_fet_reads_back_with_every_lesson(
    cast: Cast, made: Timetable, tmp_path: Path
) -> None:
    move(cast, made, lessons(made)[0], FIRST)
    pin = lessons(made)[0]
    actions.lock_lesson(
        actor=actor_of(cast.hung), uuid=made.uuid, lesson=pin.uuid, is_locked=True, now=NOW
    )
    written = problem_file(fresh(made), school_name="Trường THCS Đông Khê")
    path = tmp_path / "school.fet"
    path.write_text(written.text, encoding="utf-8")
    problem = read_problem(path).problem
    assert {one.id for one in problem.lessons} == {one.pk for one in lessons(made)}
    held = [one for one in problem.constraints if one.kind == "preferred_starts"]
    assert [one.numbers("lessons") for one in held] == [(pin.pk,)]
    # A soft wish about gaps, which FET takes as hard alone, would keep it from beginning.
    left_out = {one.source for one in written.left_out}
    assert left_out == {"TT-S01", "TT-S04", "TT-S07", "TT-S09"}


def test_a_result_that_is_none_is_told_with_its_place(cast: Cast, made: Timetable) -> None:
    with pytest.raises(FileRefused):
        actions.take_places(
            actor=actor_of(cast.hung),
            uuid=made.uuid,
            content=b"<html></html>",
            name="x.xml",
            now=NOW,
        )


def test_clashes_are_asked_about_before_publishing(cast: Cast, made: Timetable) -> None:
    for name in ("6Y", "6Z"):
        row = next(one for one in lessons(made) if one.homeroom_class.name == name)
        move(cast, made, row, FIRST)
    publish: dict[str, Any] = {"actor": actor_of(cast.hung), "uuid": made.uuid, "now": NOW}
    with pytest.raises(ClashesLeft, match="1"):
        actions.publish_timetable(**publish)
    assert actions.publish_timetable(**publish, accepts_clashes=True).is_published


def test_what_is_not_whole_is_told_once_more_and_published_all_the_same(
    cast: Cast, made: Timetable, client: Client
) -> None:
    client.sign_in(cast.hung)
    path = reverse("timetable:publish", args=[made.uuid])
    assert client.post(path).headers["Location"] == path, "a page that one can go back to"
    asked = client.get(path).content.decode()
    assert f"Còn {len(lessons(made))} tiết chưa xếp" in asked
    assert not fresh(made).is_published
    client.post(path, {"anyway": "1", "reason": "Vì bão"})
    assert fresh(made).is_published
    editor = reverse("timetable:editor", args=[made.uuid])
    assert client.get(path).headers["Location"] == editor, "what is published isn't asked about"


def test_room_is_made_by_one_move() -> None:
    grid = Grid(("T2",), ("1", "2"))
    lessons_of_two = (
        Lesson(1, ("An",), "Toán", ("6A",)),
        Lesson(2, ("An",), "Toán", ("6B",)),
    )
    away = Constraint("not_available", On.STUDENTS, ("6B",), parameters={"slots": ((0, 1),)})
    problem = Problem(
        grid,
        teachers=(Teacher("An"),),
        students=(StudentSet("6A"), StudentSet("6B")),
        lessons=lessons_of_two,
        constraints=(Constraint("lessons_in_time"), away),
    )
    board = Board(problem, [Placement(1, 0, 0)])
    assert sorted(fill(board)) == [1, 2]
    assert not board.findings().hard
    stuck = Board(problem, [Placement(1, 0, 0)])
    assert fill(stuck, pinned=[1]) == []
    assert stuck.placements == {1: Placement(1, 0, 0)}


def test_the_rest_keeps_a_fixed_time_for_one_that_must_stand_there() -> None:
    grid = Grid(("T2",), ("1", "2", "3"))
    flag: dict[str, Parameter] = {
        "slots": ((0, 0),),
        "lessons": (3, 4),
        "subject": "HĐTN",
        "students": "6A",
    }
    problem = Problem(
        grid,
        teachers=(Teacher("An"), Teacher("Bình")),
        students=(StudentSet("6A"), StudentSet("6B")),
        lessons=(
            *(Lesson(pk, ("An",), "Toán", (room,)) for pk, room in ((1, "6A"), (2, "6B"))),
            *(Lesson(pk, ("Bình",), "HĐTN", ("6A",)) for pk in (3, 4)),
        ),
        constraints=(
            Constraint("lessons_in_time"),
            Constraint("one_stands", parameters=flag),
            Constraint("not_available", On.TEACHERS, ("An",), parameters={"slots": ((0, 2),)}),
        ),
    )
    board = Board(problem)
    assert sorted(fill(board)) == [1, 2, 3, 4]
    assert not board.findings().hard
