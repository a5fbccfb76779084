"""The kinds of lists a move-over takes, in their order."""

from __future__ import annotations

from khuevan.platform.sheets.api import ImportState

CLASSES, STAFF, STUDENTS = "schools.classes", "staff.ministry_list", "students.list"
KINDS = (CLASSES, STAFF, STUDENTS)
"""Codes of the importers: classes come before pupils, who sit in them."""
GONE = (ImportState.DROPPED, ImportState.UNDONE)
"""States in which a list says nothing about the records: given up, or taken back."""
