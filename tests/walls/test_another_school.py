"""Selectors and actions, called past every page by somebody who may do everything elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.actions import end_grant
from khuevan.platform.access.api import VIEW_USERS, GrantActor, OperatorActor
from khuevan.platform.access.selectors import delegable_grants, get_person_for, user_rows
from khuevan.platform.access.selectors.devices import own_devices
from khuevan.platform.access.selectors.users import holding
from khuevan.platform.accounts.api import User
from khuevan.platform.jobs.selectors import count_running, unit_jobs
from khuevan.platform.notifications.actions import mark_all_read
from khuevan.platform.sheets.actions.doors import lock_import
from khuevan.registry.schools.selectors import class_counts
from khuevan.registry.staff.api import StaffMember, duties_of, staff_counts
from khuevan.registry.staff.selectors import Duties, teacher_count
from khuevan.registry.students.actions import end_enrollment, undo_leaving
from tests.cast import Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_person
from tests.walls.world import World, undone


def _duties(world: World, actor: Actor) -> list[Duties]:
    """Return the duties of Ms Lan, who has class 6A and lessons in it."""
    lan = StaffMember.objects.unscoped(because="a test names her").get(person=world.cast.lan)
    return list(duties_of(actor=actor, member_ids=[lan.pk], on=TODAY).values())


def _holders(world: World, actor: Actor) -> list[User]:
    within = holding(actor=actor, unit_ids=[world.cast.school_a.pk])
    return list(User.objects.unscoped(because="a test narrows it next").filter(within))


def _roles(world: World, actor: Actor) -> list[str]:
    (row,) = user_rows(actor=actor, page=[world.clerk_user])
    return row.roles


READS: dict[str, Callable[[World, Actor], object]] = {
    "classes": lambda w, actor: class_counts(actor, [w.cast.school_a.pk], TODAY),
    "staff": lambda w, actor: staff_counts(actor, [w.cast.school_a.pk], TODAY),
    "teachers": lambda w, actor: teacher_count(actor=actor, unit_id=w.cast.school_a.pk, on=TODAY),
    "homerooms": lambda w, actor: [one for one in _duties(w, actor) if one.homerooms],
    "lessons": lambda w, actor: [one for one in _duties(w, actor) if one.lessons],
    "holders of a role": _holders,
    "roles of an account": _roles,
    "jobs": lambda _w, actor: list(unit_jobs(actor=actor)),
    "running jobs": lambda _w, actor: count_running(actor=actor),
    "devices": lambda _w, actor: list(own_devices(actor=actor, now=timezone.now())),
    "unread lines": lambda _w, actor: mark_all_read(actor=actor, now=NOW),
}
"""What school A has to read: an answer that is empty when nothing of it is in reach."""

ACTS: dict[str, Callable[[World, Actor], Any]] = {
    "end a role": lambda w, actor: end_grant(actor=actor, grant=w.grant, reason="Thử", now=NOW),
    "let a pupil leave": lambda w, actor: end_enrollment(
        actor=actor, uuid=w.cast.minh_anh.uuid, exit_kind="DROPPED", on=TODAY, now=NOW
    ),
    "take a pupil back": lambda w, actor: undo_leaving(
        actor=actor, enrollment_uuid=w.left.uuid, now=NOW
    ),
    "work on a list": lambda w, actor: lock_import(actor, w.sheet_import.uuid),
}
"""What can be done to something of school A."""


def stranger(world: World) -> GrantActor:
    """Return somebody who holds every permission at school B."""
    return actor_of(world.person(world.everything, at=world.cast.school_b.unit))


@pytest.mark.parametrize("name", READS)
def test_another_school_reads_nothing(world: World, name: str) -> None:
    with undone():
        assert not READS[name](world, stranger(world))
        assert READS[name](world, EVERYTHING)  # there is something to read


@pytest.mark.parametrize("name", ACTS)
def test_another_school_changes_nothing(world: World, name: str) -> None:
    """What cannot be reached is not there: no other refusal, which would tell that it is."""
    with undone(), pytest.raises(NotFound):
        ACTS[name](world, stranger(world))


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
