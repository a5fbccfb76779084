"""The change feed in the matrix."""

from __future__ import annotations

from tests.walls.shapes import Sample

ROUTES = {
    "GET /api/v1/changes": Sample(query=lambda _w: "?purpose=REPORT", shared=True),
    "GET /api/v1/changes/snapshot": Sample(
        query=lambda _w: "?resource=units&purpose=REPORT", shared=True
    ),
}
