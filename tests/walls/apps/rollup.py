"""Rows of the matrix: counts on any day."""

from __future__ import annotations

from tests.walls.shapes import SEE_PUPIL, Deed, Sample

ROUTES: dict[str, Sample] = {
    "rollup:table": Sample(shared=True, also=("students.figure:view",)),
    "rollup:rows": Sample(shared=True, also=("students.figure:view", *SEE_PUPIL)),
    "rollup:file": Sample(lambda _w: {"kind": "xlsx"}, shared=True, also=("students.figure:view",)),
    "GET /api/v1/counts": Sample(also=("students.figure:view",)),
    "GET /api/v1/counts/rows": Sample(also=("students.figure:view", *SEE_PUPIL)),
}

DEEDS: dict[str, Deed] = {}
