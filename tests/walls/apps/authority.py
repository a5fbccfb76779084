"""Who decides a matter for a school."""

from __future__ import annotations

from tests.walls.shapes import SEE_SCHOOL, Sample, code_a
from tests.walls.world import World

POWER = "issue_lower_secondary_diploma"


def asked(world: World) -> str:
    """Return a question about school A."""
    return f"?power={POWER}&school={world.cast.school_a.code}&on=2026-01-05"


ROUTES = {
    "authority:ask": Sample(query=asked, shared=True),
    "authority:school": Sample(code_a, also=SEE_SCHOOL),
    "authority:power": Sample(lambda w: {**code_a(w), "power": POWER}, also=SEE_SCHOOL),
    "GET /api/v1/authority": Sample(query=asked),
    "GET /api/v1/powers": Sample(shared=True),
}
