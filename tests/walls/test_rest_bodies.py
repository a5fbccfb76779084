"""What programs may send: every body has a name of its own and bounds, and ends in no fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import RequestFactory
from ninja import Schema

from khuevan.exchange.api import root
from khuevan.ui.rest import LONGEST_TEXT, StrictSchema, is_bounded

BOUNDED = ("khuevan.registry.people", "khuevan.registry.students", "khuevan.registry.staff")
OF_ITSELF = {"date", "date-time", "uuid"}
"""Formats that bound a text."""


def _below(kind: type[Schema]) -> Iterator[type[Schema]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def test_no_two_bodies_have_one_name() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for one in _below(Schema):
        if one.__module__.startswith("khuevan."):
            homes[one.__name__].add(one.__module__)
    assert {name: sorted(found) for name, found in homes.items() if len(found) > 1} == {}


def _open_ends(told: dict[str, Any], path: str) -> Iterator[str]:
    for kind in ("anyOf", "allOf", "oneOf"):
        for part in told.get(kind, ()):
            yield from _open_ends(part, path)
    if {"$ref", "enum", "const"} & told.keys():
        return
    shape = told.get("type")
    if shape == "string" and not ("maxLength" in told or told.get("format") in OF_ITSELF):
        yield path
    if shape in ("integer", "number") and "maximum" not in told:
        yield path
    if shape == "array":
        if "maxItems" not in told:
            yield path
        yield from _open_ends(told.get("items", {}), f"{path}[]")
    for name, part in told.get("properties", {}).items():
        yield from _open_ends(part, f"{path}.{name}")
    if isinstance(told.get("additionalProperties"), dict):
        yield from _open_ends(told["additionalProperties"], f"{path}{{}}")


def test_whatever_is_sent_of_people_is_bounded() -> None:
    found = [
        end
        for one in _below(StrictSchema)
        if one.__module__.startswith(BOUNDED)
        for end in _open_ends(one.model_json_schema(), one.__name__)
    ]
    assert found == []


class Loose(StrictSchema):
    """A body whose fields name no bounds."""

    text: str = ""
    number: int = 0
    deep: dict[str, list[int]] = {}


@pytest.mark.parametrize(
    "told",
    [
        {"text": "a" * (LONGEST_TEXT + 1)},
        {"number": 2**40},
        {"deep": {"a": [1, -(2**40)]}},
        {"deep": {"a" * (LONGEST_TEXT + 1): []}},
    ],
)
def test_a_body_without_bounds_holds_no_more_than_a_column(told: dict[str, Any]) -> None:
    assert not is_bounded(told)
    with pytest.raises(ValueError, match="too long or too large"):
        Loose(**told)


@pytest.mark.parametrize(("state", "status"), [("23514", 422), ("23P01", 409), ("23505", 409)])
def test_what_a_constraint_denies_is_a_sentence(state: str, status: int) -> None:
    cause = type("Cause", (Exception,), {"sqlstate": state})()
    error = IntegrityError("violates")
    error.__cause__ = cause
    answer = root._denied(RequestFactory().post("/api/v1/people"), error)
    assert answer.status_code == status
    assert b"api.denied" in answer.content


def test_a_bug_stays_a_fault() -> None:
    error = IntegrityError("null value in column")
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": "23502"})()
    with pytest.raises(IntegrityError):
        root._denied(RequestFactory().post("/api/v1/people"), error)
