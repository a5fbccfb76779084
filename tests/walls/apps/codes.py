"""The code lists, which are public to whoever works in or above a school."""

from tests.walls.shapes import Sample

ROUTES = {
    "codes:list": Sample(),
    "codes:one": Sample(lambda _w: {"key": "peoples"}, shared=True),
    "GET /api/v1/code-lists": Sample(),
    "GET /api/v1/code-lists/<key>": Sample(lambda _w: {"key": "peoples"}, shared=True),
}
