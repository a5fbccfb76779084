"""What is kept how long, and destroying what need be kept no longer, of school A."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.platform.files.api import StoredFile
from khuevan.platform.retention import selectors
from khuevan.platform.retention.api import Decision, Destruction, destroy_files
from khuevan.platform.retention.kinds import get_kind
from tests.factories import EVERYTHING, NOW, TODAY
from tests.retention.cases import ended_case
from tests.walls.shapes import DAY, Deed, Sample
from tests.walls.transfer_cases import third_school
from tests.walls.world import World

VIEW = ("retention.kind:view",)
SIGNED = {"number": "12/QĐ-THCS", "decided_on": DAY, "signer": "Trần Văn Hùng"}


def over(world: World) -> StoredFile:
    """Return a scan of school A whose time is over."""
    return ended_case(world.cast.class_6b, third_school(world))


def destroyed(world: World) -> Destruction:
    """Return what was destroyed at school A."""
    return _destroy(EVERYTHING, ended_case(world.cast.class_6b, third_school(world)))


def _destroy(actor: Actor, file: StoredFile) -> Destruction:
    (made,) = destroy_files(
        actor=actor,
        code="TRANSFER_FILE",
        files=[file.uuid],
        decision=Decision("9/QĐ-THCS", TODAY, "Trần Văn Hùng"),
        now=NOW,
    )
    return made


def _kind(_world: World) -> dict[str, Any]:
    return {"code": "TRANSFER_FILE"}


def _one(world: World) -> dict[str, Any]:
    return {"uuid": world.once(destroyed).uuid}


def _asked(world: World) -> dict[str, Any]:
    return {
        "files": [str(world.once(over).uuid)],
        "decision_number": "12/QĐ-THCS",
        "decided_on": TODAY.isoformat(),
        "signer": "Trần Văn Hùng",
    }


ROUTES = {
    "retention:list": Sample(),
    "retention:kind": Sample(_kind, shared=True),
    "retention:destroy": Sample(_kind, also=VIEW),
    "retention:destruction": Sample(_one),
    "GET /api/v1/retention/kinds": Sample(),
    "GET /api/v1/retention/kinds/<code>/over": Sample(_kind, shared=True),
    "POST /api/v1/retention/kinds/<code>/destructions": Sample(_kind),
    "GET /api/v1/retention/destructions": Sample(),
    "GET /api/v1/retention/destructions/<uuid>/files": Sample(_one),
}

DEEDS = {
    "retention:destroy": Deed(Destruction, lambda w: {**SIGNED, "file": str(w.once(over).uuid)}),
    "POST /api/v1/retention/kinds/<code>/destructions": Deed(Destruction, _asked, 200),
}


def _files_over(world: World, actor: Actor) -> Any:
    world.once(over)
    return selectors.files_over(actor, get_kind("TRANSFER_FILE"), on=TODAY)


READS = {"retention.files_over": _files_over}

ACTS = {
    "retention.destroy_files": lambda w, a: _destroy(a, w.once(over)),
}
