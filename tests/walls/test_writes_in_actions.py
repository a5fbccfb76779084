"""Rows of the records are written in `actions` alone, where permission and audit stand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "khuevan"
LAYERS = ("kernel", "ui", "platform", "registry", "school", "community", "insight", "exchange")
WRITES = {
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
    "save",
}  # fmt: skip
NO_ROWS = {"image", "plain"}
"""What is saved or deleted elsewhere and is no row."""
NOT_YET = {
    "platform/audit/copying.py": "the one way to write many rows, which actions call",
    "registry/people/bulk.py": "COPY, for the actions that load many at once",
    "registry/staff/roles.py": "steps of people's actions: a code or name that stands here too",
    "registry/students/roles.py": "the same",
    "registry/schools/bulk.py": "provinces that are invented",
    "registry/students/lastview.py": "a step of leaving and of taking that back",
    "insight/rollup/upkeep.py": "counts, which follow from the records",
    "insight/staffing/upkeep.py": "the same",
    "kernel/scoping.py": "the rows' own ways, which everything else goes through",
    "platform/access/sign_in.py": "a picture of the second factor's code",
    "platform/papers/codes.py": "pictures of codes",
    "platform/jobs/runner.py": "how far a job has come",
    "platform/sheets/checking.py": "rows of a file in the waiting room, which are no records yet",
}
"""Steps that stand outside and are called by actions; nothing may be added."""


def _writes(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func
        if isinstance(name, ast.Name) and name.id in {"copy_rows", "write_new"}:
            yield name.id
        if not isinstance(name, ast.Attribute):
            continue
        if isinstance(name.value, ast.Name) and name.value.id in NO_ROWS:
            continue
        of_rows = "objects" in ast.dump(name.value) or (
            isinstance(name.value, ast.Name) and name.value.id == "rows"
        )
        if name.attr in WRITES or (name.attr == "update" and of_rows):
            yield name.attr


def _outside() -> dict[str, list[str]]:
    found = {}
    for path in sorted(one for layer in LAYERS for one in (SOURCE / layer).rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if {"migrations", "tests", "actions", "actions.py"} & set(parts):
            continue
        if written := sorted(set(_writes(path.read_text("utf-8")))):
            found["/".join(parts)] = written
    return found


def test_nothing_is_written_outside_actions() -> None:
    assert set(_outside()) - set(NOT_YET) == set()


def test_what_is_excused_is_still_there() -> None:
    assert set(NOT_YET) <= set(_outside())


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("Row.objects.unscoped(because=why).filter(a=1).update(b=2)", ["update"]),
        ("Row.objects.create(a=1)", ["create"]),
        ("row.delete()", ["delete"]),
        ("row.save(update_fields=['a'])", ["save"]),
        ("rows.update(a=1)", ["update"]),
        ("image.save(target)", []),
        ("query.update(page=1)", []),
    ],
)
def test_writes_are_recognized(code: str, kinds: list[str]) -> None:
    assert list(_writes(code)) == kinds
