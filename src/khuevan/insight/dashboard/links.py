"""Addresses of the registry's pages."""

from __future__ import annotations

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def class_address(school_code: str, uuid: UUID) -> str:
    """Return the page of a class."""
    return _address("students:class", school_code, uuid)


def student_address(uuid: UUID) -> str:
    """Return the page of a pupil's record."""
    return _address("students:student", uuid)


def _address(route: str, *parts: object) -> str:
    try:
        return reverse(route, args=parts)
    except NoReverseMatch:
        return ""
