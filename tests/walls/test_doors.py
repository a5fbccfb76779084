"""Checks inside actions that the pages before them make too: called past the page, they hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from khuevan.exchange.api.actions import create_token
from khuevan.exchange.api.permissions import MANAGE_TOKENS
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.actions import reset_password
from khuevan.platform.access.api import OperatorActor
from khuevan.platform.access.errors import MoreThanYou
from khuevan.platform.access.permissions import MANAGE_USERS, VIEW_USERS
from tests.cast import actor_of
from tests.factories import NOW, TODAY, make_user
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
