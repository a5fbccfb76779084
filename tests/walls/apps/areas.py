"""The areas of any day."""

from __future__ import annotations

from tests.walls.shapes import Sample

ROUTES = {
    "areas:list": Sample(query=lambda _w: "?q=Thành", shared=True),
    "GET /api/v1/areas": Sample(query=lambda _w: "?q=18073", shared=True),
    "GET /api/v1/areas/all": Sample(shared=True),
}
