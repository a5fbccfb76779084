"""A small loaded world with its cast, shared by the tests of one module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from khuevan.cli.world.demo import connect_cast
from khuevan.cli.world.load import Loaded, load_world
from khuevan.cli.world.plan import WorldPlan, plan_world
from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import actor_for_username, operator_actor

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


@dataclass
class SmallWorld:
    """What was planned and what was loaded."""

    plan: WorldPlan
    loaded: Loaded

    def actor(self, username: str) -> Actor:
        """Return a member of the cast as an actor."""
        found = actor_for_username(username, on=TODAY, now=NOW)
        assert found is not None, username
        return found


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallWorld]:
    """Load eight schools and 600 pupils once; everything is rolled back after the module."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock():
        outer.__enter__()
        operator = operator_actor(on=TODAY, login="tests")
        plan = plan_world(today=TODAY, schools=8, pupils=600, years=3)
        loaded = load_world(plan, actor=operator, now=NOW)
        connect_cast(plan, actor=operator, now=NOW, password="khue-van-demo")
        yield SmallWorld(plan, loaded)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
