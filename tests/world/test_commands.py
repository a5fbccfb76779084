"""`khuevan generate`: what it loads, and what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.world.conftest import NOW, TODAY

from khuevan.cli.world.eras import DayNotPlanned, former_communes
from khuevan.cli.world.load import WorldExists, WorldTooSmall, load_world
from khuevan.cli.world.plan import plan_world
from khuevan.kernel.errors import NotFound
from khuevan.kernel.exit_codes import REFUSED
from khuevan.platform.access.api import OperatorActor, nobody, operator_actor
from khuevan.platform.accounts.api import User
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.students.api import Enrollment, Student
from khuevan.ui.commands import CommandMistyped, CommandNotAllowed, discover, invoke

SMALL = ("--schools", "8", "--students", "600", "--today", "2026-11-22")
WHY = "a test looks at everything"

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> OperatorActor:
    discover()
    return operator_actor(on=TODAY, login="tests")


def test_a_world_is_loaded_and_counted(operator: OperatorActor) -> None:
    answer = invoke("generate", operator, SMALL)
    assert answer.data == {"schools": 8, "pupils": 600}
    assert Student.objects.unscoped(because=WHY).count() == 600


def test_outside_the_demo_nobody_gets_a_known_password(
    operator: OperatorActor, settings: Any
) -> None:
    settings.DEMO_MODE = False
    answer = invoke("generate", operator, SMALL)
    assert "khue-van-demo" not in str(answer.text)
    users = list(User.objects.for_sign_in())
    assert users
    assert not any(user.has_usable_password() for user in users)


def test_checking_writes_nothing(operator: OperatorActor, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        answer = invoke("generate", operator, (*SMALL, "--check"))
    assert answer.data == {"schools": 8, "pupils": 600}
    assert not School.objects.unscoped(because=WHY).exists()


def test_a_second_world_is_refused(operator: OperatorActor) -> None:
    invoke("generate", operator, SMALL)
    with pytest.raises(WorldExists):
        invoke("generate", operator, SMALL)
    checked = invoke("generate", operator, (*SMALL, "--check"))
    assert (checked.exit_code, checked.data["code"]) == (REFUSED, WorldExists.code)


@pytest.mark.parametrize("words", [("--schools", "3"), ("--schools", "100", "--students", "500")])
def test_too_small_a_world_is_refused(operator: OperatorActor, words: tuple[str, ...]) -> None:
    with pytest.raises(WorldTooSmall):
        invoke("generate", operator, words)


@pytest.mark.parametrize("words", [("--today", "soon"), ("--schools", "many")])
def test_words_without_sense_are_refused(operator: OperatorActor, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandMistyped):
        invoke("generate", operator, words)


def test_nobody_may_generate(operator: OperatorActor) -> None:
    with pytest.raises(CommandNotAllowed):
        invoke("generate", nobody(on=TODAY), SMALL)


def test_the_bulk_actions_ask_for_permission_too() -> None:
    plan = plan_world(today=TODAY, schools=8, pupils=600)
    with pytest.raises(NotFound):
        load_world(plan, actor=nobody(on=TODAY), now=NOW)


def test_a_world_of_june_2025_is_loaded_with_its_districts() -> None:
    day = date(2025, 6, 20)
    plan = plan_world(today=day, schools=8, pupils=600)
    loaded = load_world(plan, actor=operator_actor(on=TODAY, login="tests"), now=NOW)
    assert loaded.pupils == Enrollment.objects.unscoped(because=WHY).count() == 600
    years = HomeroomClass.objects.unscoped(because=WHY).values_list("academic_year__code")
    assert set(years) == {("2024-2025",)}
    houses = [house for _, some in plan.households() for house in some]
    assert {house.commune_code for house in houses} <= set(former_communes())
    assert all("huyện " in h.address or "thành phố " in h.address or "thị xã " in h.address
               for h in houses)  # fmt: skip
    assert plan.offices_on(day)["COMMUNE_OF_A"] == "42-436-PGDDT"


def test_the_cast_of_a_world_of_june_2025_has_its_sign_ins(operator: OperatorActor) -> None:
    answer = invoke("generate", operator, (*SMALL[:4], "--today", "2025-06-20"))
    assert answer.data == {"schools": 8, "pupils": 600}
    assert User.objects.for_sign_in().count() == 20


@pytest.mark.parametrize("day", ["2024-12-31", "1945-09-02", "2032-01-01", "9999-12-31"])
@pytest.mark.parametrize("check", [(), ("--check",)])
def test_a_day_nothing_is_known_of_is_refused(
    operator: OperatorActor, day: str, check: tuple[str, ...]
) -> None:
    with pytest.raises(DayNotPlanned, match="01/01/2025"):
        invoke("generate", operator, ("--today", day, *check))
