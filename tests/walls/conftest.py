"""One world for all tests of the walls, since making it is the dear part; each caller is undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.factories import TODAY
from tests.walls.apps import make_all
from tests.walls.world import World, make_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Give the world, inside a transaction that is never committed."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # as around every test with a database
    with django_db_blocker.unblock(), override_settings(PINNED_TODAY=TODAY), outer:
        made = make_world()
        make_all(made)
        yield made
        transaction.set_rollback(True)
