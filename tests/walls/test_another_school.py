"""Selectors and actions, called past every page by somebody who may do everything elsewhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import VIEW_USERS, GrantActor, OperatorActor
from khuevan.platform.access.selectors import delegable_grants, get_person_for
from khuevan.platform.sheets.actions import promise_remedy
from khuevan.platform.sheets.selectors import importer_for
from khuevan.registry.students.actions import (
    correct_student,
    correct_students,
    register_student,
    undo_moves,
)
from khuevan.registry.students.api import VIEW_GUARDIANS, VIEW_STUDENTS, NewStudent
from khuevan.registry.students.coming import known_pupil
from khuevan.registry.students.data import Correction
from khuevan.registry.students.errors import NothingToUndo, RecordChanged, SensitiveNotYours
from khuevan.registry.students.identity import Facts
from khuevan.registry.students.pages.lists import _one_school
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.selectors import siblings_of
from tests.cast import Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, build_student_data, make_person
from tests.walls.school_a import ACTS, READS, school_id
from tests.walls.test_doors import Reaching
from tests.walls.world import World, undone


def stranger(world: World) -> GrantActor:
    """Return somebody who holds every permission at school B."""
    return actor_of(world.person(world.everything, at=world.cast.school_b.unit))


def insider(world: World) -> GrantActor:
    """Return somebody who holds every permission in the whole province."""
    return actor_of(world.person(world.everything, at=world.province))


@pytest.mark.parametrize("name", READS)
def test_another_school_reads_nothing(world: World, name: str) -> None:
    with undone():
        assert not READS[name](world, stranger(world))
        assert READS[name](world, EVERYTHING)  # there is something to read


@pytest.mark.parametrize("name", ACTS)
def test_another_school_changes_nothing(world: World, name: str) -> None:
    """What cannot be reached is not there: no other refusal, which would tell that it is."""
    with undone():
        with pytest.raises(NotFound):
            ACTS[name](world, stranger(world))
        ACTS[name](world, insider(world))  # there is something to change


@pytest.mark.parametrize(
    ("families", "pupils", "count"),
    [("both", "both", 1), ("own", "both", 0), ("sibling", "both", 0), ("both", "own", 0)],
)
def test_a_sibling_shows_where_both_families_and_the_pupil_do(
    world: World, families: str, pupils: str, count: int
) -> None:
    own, sibling = world.cast.minh_anh.person_id, world.cast.duc_minh.person_id
    seen = {"own": [own], "sibling": [sibling], "both": [own, sibling]}
    held = {VIEW_GUARDIANS: seen[families], VIEW_STUDENTS: seen[pupils]}
    actor = Reaching(on={(one.code, "person"): ids for one, ids in held.items()})
    assert len(siblings_of(actor=actor, student=world.cast.minh_anh, on=TODAY)) == count


def test_a_record_is_corrected_where_one_may_and_no_further(world: World) -> None:
    """Not many at once out of reach, nor what of a record in reach is closed."""
    pupil = world.cast.minh_anh
    one = Correction(pupil.pk, pupil.person.version, {"phone": "0912000111"})
    with undone(), pytest.raises(RecordChanged):
        correct_students(actor=stranger(world), corrections=[one], now=NOW)
    edits = Reaching(on={(EDIT_STUDENTS.code, "person"): [pupil.person_id]})
    with undone(), pytest.raises(SensitiveNotYours):
        correct_student(
            actor=edits,
            uuid=pupil.uuid,
            version=pupil.person.version,
            changes={"personal_number": "042315000490"},
            now=NOW,
        )


def test_a_number_is_written_by_those_who_may_see_it(world: World) -> None:
    edits = Reaching(on={(EDIT_STUDENTS.code, "school"): [school_id(world)]})
    data = build_student_data("Võ Thị Mới", personal_number="042315000490")
    with undone(), pytest.raises(SensitiveNotYours):
        register_student(
            actor=edits,
            school_id=school_id(world),
            new=NewStudent(data, None, TODAY),
            entry_kind="ADMITTED",
            now=NOW,
        )
    with pytest.raises(SensitiveNotYours):
        known_pupil(
            actor=edits,
            school_id=school_id(world),
            told=Facts(data.full_name, data.birth_date),
            personal_number=data.personal_number,
            answer="",
            on=TODAY,
        )


def test_a_list_is_worked_on_with_the_permissions_it_takes(world: World) -> None:
    """To open classes with it one must be who opens classes; to load one, who loads."""
    loads = Reaching(on={("students.student:import", "school"): [school_id(world)]})
    with undone(), pytest.raises(NotFound):
        promise_remedy(actor=loads, uuid=world.second_list.uuid, code="classes", now=NOW)
    with pytest.raises(NotFound):
        importer_for(Reaching(), "students.list")


def test_the_office_of_one_school_has_that_school_at_hand(world: World) -> None:
    with undone():
        assert _one_school(stranger(world)) == world.cast.school_b


def test_what_one_reaches_no_more_is_not_moved_back(world: World) -> None:
    with undone():
        actor = Reaching(person_id=world.cast.loan.pk)
        with pytest.raises(NothingToUndo):
            undo_moves(actor=actor, request_id=world.move, now=clock.now())


def test_only_ones_own_roles_are_delegated(world: World) -> None:
    """Even in a hat that names the roles of somebody else."""
    hat = actor_of(world.cast.hung).hat
    for person, count in ((world.cast.hung, 1), (world.cast.mai, 0)):
        actor = GrantActor(person_id=person.pk, label="", today=TODAY, hat=hat)
        assert len(delegable_grants(actor=actor)) == count


def test_a_role_is_given_on_ones_own_units_only(world: World) -> None:
    with undone():
        client = world.caller(world.everything, at=world.cast.school_b.unit)
        address = reverse("access:give_grant", kwargs={"uuid": world.cast.mai.uuid})
        assert _status(client, f"{address}?unit={world.cast.school_b.code}") == 200
        assert _status(client, f"{address}?unit={world.cast.school_a.code}") == 404


def _status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_the_operator_helps_those_too_who_hold_nothing(world: World) -> None:
    operator = OperatorActor("operator", TODAY, frozenset({VIEW_USERS.code}))
    with undone():
        person = make_person("Phùng Văn Không")
        assert get_person_for(operator, person.uuid, VIEW_USERS) == person
        with pytest.raises(NotFound):
            get_person_for(actor_of(world.cast.thanh), person.uuid, VIEW_USERS)
