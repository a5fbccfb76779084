"""Addresses that are asked for again and again: worked out once a process."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

_NIL = "00000000-0000-0000-0000-000000000000"


@cache
def address(route: str) -> str:
    """Return the address of a route that takes nothing."""
    return reverse(route)


def address_with(route: str, uuid: str) -> str:
    """Return the address of a route that takes one uuid and nothing else."""
    return _pattern(route).replace(_NIL, uuid)


@cache
def _pattern(route: str) -> str:
    return reverse(route, args=[_NIL])
