"""Rows of the matrix for gradebooks and the marks in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum.api import plan_subject
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.actions import open_books
from khuevan.school.gradebooks.models import Gradebook, Mark
from khuevan.school.gradebooks.selectors.books import books_of_school, get_book_for
from khuevan.school.gradebooks.slots import MIDTERM, slot
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_staff, make_student, make_year
from tests.walls.apps.gradebook_windows import settled
from tests.walls.shapes import SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

GK = slot(2, MIDTERM)


def room(world: World) -> Any:
    """Open a class of school A that has a plan, and a pupil."""
    found = _planned("6Đ", world)
    make_student("Hồ Thị Sổ", homeroom_class=found)
    return found


def book(world: World) -> Gradebook:
    """Open its gradebook of mathematics."""
    own = world.once(room)
    open_books(actor=EVERYTHING, school=world.cast.school_a, year=make_year(), now=NOW)
    rows = Gradebook.objects.unscoped(because="the matrix names a gradebook")
    return rows.get(homeroom_class=own)


def planned(world: World) -> Any:
    """Open a class of school A whose plan has no gradebooks yet."""
    world.once(book)
    return _planned("6E", world)


def _planned(name: str, world: World) -> Any:
    found = make_class(name, school=world.cast.school_a)
    plan_subject(
        actor=EVERYTHING,
        class_uuid=found.uuid,
        subject_name="Toán",
        kind="COMPULSORY",
        weeks=[4] * 35,
        now=NOW,
    )
    return found


def teacher(world: World) -> Any:
    """Let somebody teach mathematics in that class, with more days than the school has."""
    world.once(settled)
    actions.extend_window(
        actor=EVERYTHING,
        book=world.once(book).uuid,
        period=2,
        until=TODAY + timedelta(days=5),
        reason="Ốm",
        now=NOW,
    )
    return make_staff(
        "Lê Thị Điểm", school=world.cast.school_a, teaches=[world.once(room)], subject="Toán"
    ).person


def _pupil(world: World) -> Any:
    world.once(book)
    rows = ClassPlacement.objects.unscoped(because="the matrix names a pupil")
    return rows.get(homeroom_class=world.once(room)).student


def _book(world: World) -> dict[str, Any]:
    return uuid_of(world.once(book))


def _to_open(world: World) -> dict[str, Any]:
    world.once(planned)
    return code_a(world)


def _cell(world: World) -> dict[str, Any]:
    pupil = str(_pupil(world).uuid)
    return {
        "how": "typed",
        "cells": [{"op": "a", "student": pupil, "slot": GK, "typed": "75", "base": 0}],
    }


ROUTES = {
    "gradebooks:own": Sample(shared=True),
    "gradebooks:start": Sample(also=SEE_SCHOOL, status=302, shared=True),
    "gradebooks:school": Sample(code_a, also=SEE_SCHOOL),
    "gradebooks:open": Sample(_to_open, also=SEE_SCHOOL),
    "gradebooks:sheet": Sample(_book),
    "gradebooks:print": Sample(_book),
    "gradebooks:workbook": Sample(_book),
    "gradebooks:marks": Sample(_book),
}
DEEDS = {
    "gradebooks:open": Deed(Gradebook),
    "gradebooks:marks": Deed(Mark, _cell, status=200, by=lambda w: w.once(teacher), is_json=True),
}


def _books(world: World, actor: Actor) -> list[Any]:
    world.once(book)
    return books_of_school(actor=actor, school=world.cast.school_a, year=make_year())


def _one(world: World, actor: Actor) -> list[Any]:
    try:
        return [get_book_for(actor, world.once(book).uuid)]
    except NotFound:
        return []


READS = {"gradebooks of a school": _books, "one gradebook": _one}
ACTS = {
    "open gradebooks": lambda w, actor: open_books(
        actor=actor, school=w.once(planned).school, year=make_year(), now=NOW
    ),
}
MAKES = (room, book, planned, teacher)
