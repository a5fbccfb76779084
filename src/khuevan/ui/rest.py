"""The REST counterpart of `@page`: a router whose every endpoint names its permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import getdoc, signature
from typing import Annotated, Any, Self

from ninja import Router as NinjaRouter
from ninja import Schema
from pydantic import Field, model_validator

from khuevan.kernel.actor import PUBLIC, Permission
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.ui.page import has_null
from khuevan.ui.request import Request


class SignInNeeded(DomainError):
    """The endpoint is not public and nobody is signed in."""

    code = "rest.sign_in_needed"
    status = 401


LONGEST_TEXT = 20_000
MOST_ITEMS = 5_000
LARGEST_NUMBER = 2**31 - 1
Version = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
"""The version of a row that was read."""


class Document(Schema):
    """What is told of one row: each field by the row's own name, others given."""

    @classmethod
    def of(cls, row: object, **others: object) -> Self:
        """Return the document of a row; `others` are fields that the row calls otherwise."""
        own = {name: getattr(row, name) for name in cls.model_fields if name not in others}
        return cls(**own, **others)


class StrictSchema(Schema):
    """Input that refuses fields it does not know, and what no column could hold.

    A field's own bounds are narrower; these hold where none is written.
    """

    model_config = {"extra": "forbid"}

    @model_validator(mode="before")
    @classmethod
    def _bounded(cls, values: Any) -> Any:
        told = getattr(values, "_obj", values)
        if isinstance(told, dict):
            for name, value in told.items():
                if not is_bounded(value):
                    raise ValueError(f"{name}: too long or too large")
        return values


def is_bounded(value: Any) -> bool:
    """Return whether a value, and all within it, is of a size that some column holds."""
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_NUMBER
    if isinstance(value, dict):
        return len(value) <= MOST_ITEMS and all(
            is_bounded(part) for pair in value.items() for part in pair
        )
    if isinstance(value, list | tuple):
        return len(value) <= MOST_ITEMS and all(map(is_bounded, value))
    return True


class Router:
    """Endpoints of one app, mounted by `exchange.api` under /api/v1/."""

    def __init__(self, *, tags: list[str]) -> None:
        self.ninja = NinjaRouter(tags=tags)

    def get(self, path: str, *, permission: Permission, **options: Any) -> Callable[..., Any]:
        """Declare a reading endpoint."""
        return self._operation("GET", path, permission, options)

    def post(self, path: str, *, permission: Permission, **options: Any) -> Callable[..., Any]:
        """Declare a writing endpoint.

        `keeps_answer=False` where an answer must be asked for anew each time, whatever its key.
        """
        return self._operation("POST", path, permission, options)

    def _operation(
        self, method: str, path: str, permission: Permission, options: dict[str, Any]
    ) -> Callable[..., Any]:
        keeps_answer: bool = options.pop("keeps_answer", True)

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
                require(request, permission)
                return function(request, *args, **kwargs)

            # ninja would resolve the annotations in this module: they belong to the function's
            guarded.__signature__ = signature(function, eval_str=True)  # type: ignore[attr-defined]
            guarded.permission = permission  # type: ignore[attr-defined]
            guarded.keeps_answer = keeps_answer  # type: ignore[attr-defined]
            extra = {**options.pop("openapi_extra", {}), "x-permission": permission.code}
            told = {"summary": summary_of(function), **options}
            self.ninja.api_operation([method], path, openapi_extra=extra, **told)(guarded)
            return guarded

        return decorate


def summary_of(function: Callable[..., Any]) -> str:
    """Return what an endpoint does: the first line of its docstring."""
    return (getdoc(function) or "").partition("\n")[0].rstrip(".")


def require(request: Request, permission: Permission) -> None:
    """Refuse a request whose actor does not hold the permission on anything."""
    if has_null(request):
        raise NotFound
    if permission is PUBLIC:
        return
    actor = request.actor
    if not actor.is_signed_in:
        raise SignInNeeded
    if not actor.may(permission):
        raise NotFound
