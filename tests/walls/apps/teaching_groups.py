"""Rows of the matrix for the pages of teaching groups."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.models import GroupPupil, TeachingGroup
from tests.factories import EVERYTHING, NOW, TODAY, make_year
from tests.walls.apps.curriculum import group, group_of, subject
from tests.walls.apps.staff import member
from tests.walls.shapes import DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of


def dissolved(world: World) -> TeachingGroup:
    """Make a group of 6B that is dissolved."""
    return actions.make_group(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        data=group_of(world, "Toán 9"),
        now=NOW,
    )


def _one(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(group))}


def _said(world: World) -> dict[str, Any]:
    row = world.once(subject)
    return {
        "name": "Toán nâng cao",
        "subject": f"{row.kind}|{row.subject_name}",
        "rooms": [str(world.cast.class_6b.pk)],
    }


ROUTES = {
    "curriculum:groups": Sample(code_a, also=SEE_SCHOOL),
    "curriculum:group_add": Sample(code_a, also=SEE_SCHOOL),
    "curriculum:group": Sample(_one, also=(*SEE_SCHOOL, "curriculum.plan:view")),
    "curriculum:group_pupils": Sample(_one, also=(*SEE_SCHOOL, "curriculum.plan:view")),
    "curriculum:group_teacher": Sample(
        _one, also=(*SEE_SCHOOL, "curriculum.load:view", "curriculum.plan:manage")
    ),
    "curriculum:group_end": Sample(lambda w: {**code_a(w), **uuid_of(w.once(dissolved))}),
}

DEEDS = {
    "curriculum:group_add": Deed(TeachingGroup, _said),
    "curriculum:group": Deed(TeachingGroup, _said),
    "curriculum:group_pupils": Deed(GroupPupil, lambda w: {"student": str(w.cast.student_6b.pk)}),
    "curriculum:group_teacher": Deed(
        TeachingGroup, lambda w: {"member": str(w.once(member).uuid), "starts_on": DAY}
    ),
    "curriculum:group_end": Deed(TeachingGroup),
}


def _pick(world: World, actor: Actor) -> int:
    return actions.pick_group_pupils(
        actor=actor,
        uuid=world.once(group).uuid,
        shown=[],
        picked=[world.cast.student_6b.pk],
        on=TODAY,
        now=NOW,
    )


ACTS = {"pick some pupils of a group": _pick}

MAKES = (dissolved,)
