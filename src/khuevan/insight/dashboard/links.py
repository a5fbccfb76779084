"""Addresses of the registry's pages."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse


def class_address(school_code: str, uuid: UUID) -> str:
    """Return the page of a class."""
    return reverse("students:class", args=[school_code, uuid])


def student_address(uuid: UUID) -> str:
    """Return the page of a pupil's record."""
    return reverse("students:record", args=[uuid])


def lacking_address(school_code: str, what: str) -> str:
    """Return the list of a school's pupils whose record lacks something, for filling it in."""
    return f"{reverse('students:school', args=[school_code])}?{urlencode({'lacking': what})}"
