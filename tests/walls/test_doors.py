"""Checks inside actions that the pages before them make too: called past the page, they hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from khuevan.community.family.permissions import VIEW_CHILD
from khuevan.community.family.selectors import children
from khuevan.exchange.api.actions import create_token
from khuevan.exchange.api.permissions import MANAGE_TOKENS
from khuevan.kernel.actor import AnchorKind, Permission, Reach
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.actions import reset_password
from khuevan.platform.access.actions.grants import Place, may_give
from khuevan.platform.access.api import OperatorActor, Role
from khuevan.platform.access.errors import MoreThanYou
from khuevan.platform.access.permissions import GIVE_GRANTS, MANAGE_USERS, VIEW_USERS
from khuevan.platform.access.roles import NEVER_BY_HAND
from khuevan.platform.sheets.pages import practice
from khuevan.registry.students.api import VIEW_STUDENTS
from tests.cast import actor_of
from tests.factories import NOW, TODAY, Everything, make_user
from tests.walls.world import World, undone


def test_only_whoever_may_have_tokens_gets_one(world: World) -> None:
    held = "students.student:view"
    with undone():
        may = actor_of(world.person({MANAGE_TOKENS.code, held}))
        may_not = actor_of(world.person({held}))
        expires_at = NOW + timedelta(days=1)
        create_token(actor=may, name="a", permissions=[held], expires_at=expires_at, now=NOW)
        with pytest.raises(NotFound):
            create_token(
                actor=may_not, name="a", permissions=[held], expires_at=expires_at, now=NOW
            )


def test_an_operator_who_gives_no_roles_gives_no_passwords_of_their_holders(world: World) -> None:
    """A password is as much as the roles behind it, so it takes the right to give them."""
    operator = OperatorActor("operator", TODAY, frozenset({MANAGE_USERS.code, VIEW_USERS.code}))
    with undone(), pytest.raises(MoreThanYou):
        reset_password(actor=operator, user=make_user(world.cast.hung), now=NOW)


@dataclass(frozen=True, slots=True)
class Reaching(Everything):
    """Holds a permission only on what is named."""

    on: Mapping[tuple[str, str], Collection[int]] = field(default_factory=dict)

    def may(self, permission: Permission) -> bool:
        """Return whether the permission is held on anything."""
        return any(code == permission.code for code, _kind in self.on)

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return the anchors named."""
        return Reach(ids=frozenset(self.on.get((permission.code, kind), ())))


def test_a_child_shows_only_to_whoever_may_see_the_pupil_too(world: World) -> None:
    child = world.cast.minh_anh.person_id
    family = {(VIEW_CHILD.code, "person"): [child]}
    sees = {(VIEW_STUDENTS.code, "person"): [child]}
    both = children(actor=Reaching(on=family | sees), on=TODAY)
    assert [one.student.person_id for one in both] == [child]
    assert children(actor=Reaching(on=family), on=TODAY) == []
    assert children(actor=Reaching(on=sees), on=TODAY) == []


@pytest.mark.parametrize("code", sorted(NEVER_BY_HAND))
def test_what_follows_from_facts_is_given_by_nobody(world: World, code: str) -> None:
    """Not even by a role that lists it, nor where the role to give holds nothing."""
    with undone():
        giver = world.person({GIVE_GRANTS.code})
        Role.objects.filter(permissions=[GIVE_GRANTS.code]).update(gives=[code])
        place = Place(world.cast.school_a.pk)
        assert not may_give(actor_of(giver), Role.objects.get(code=code), place)


def test_practice_which_only_the_demo_has_states_its_permission_too() -> None:
    """It is in no list of routes outside the demo, so the matrix does not call it."""
    assert practice.permission.code == "sheets.import:record"  # type: ignore[attr-defined]
