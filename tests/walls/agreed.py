"""Which permission each route and command needs, as agreed: a table beside the code."""

from __future__ import annotations

import json
import os
from pathlib import Path

from khuevan.ui.commands import discover
from tests.walls.enumerate import all_routes

PATH = Path(__file__).with_name("permissions.json")
WRITE = "KHUEVAN_WRITE_PERMISSIONS"


def stated_by_the_code() -> dict[str, str]:
    """Return what routes and commands need now."""
    routes = {r.line: r.permission.code for r in all_routes() if r.permission is not None}
    return routes | {f"khuevan {one.name}": one.permission.code for one in discover()}


if os.environ.get(WRITE):
    PATH.write_text(json.dumps(stated_by_the_code(), indent=1, sort_keys=True) + "\n", "utf-8")

STATED: dict[str, str] = json.loads(PATH.read_text("utf-8"))
