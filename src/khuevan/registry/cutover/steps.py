"""The kinds of lists a move-over takes, in their order."""

from __future__ import annotations

CLASSES, STAFF, STUDENTS = "schools.classes", "staff.list", "students.list"
KINDS = (CLASSES, STAFF, STUDENTS)
"""Codes of the importers: classes come before pupils, who sit in them."""
