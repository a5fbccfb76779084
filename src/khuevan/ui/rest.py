"""The REST counterpart of `@page`: a router whose every endpoint names its permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest
from ninja import Router as NinjaRouter
from ninja import Schema

from khuevan.kernel.actor import PUBLIC, Permission
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.ui.page import has_null


class SignInNeeded(DomainError):
    """The endpoint is not public and nobody is signed in."""

    code = "rest.sign_in_needed"
    status = 401


class StrictSchema(Schema):
    """Input that refuses fields it does not know."""

    model_config = {"extra": "forbid"}


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
            def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
                require(request, permission)
                return function(request, *args, **kwargs)

            # ninja would resolve the annotations in this module: they belong to the function's
            guarded.__signature__ = signature(function, eval_str=True)  # type: ignore[attr-defined]
            guarded.permission = permission  # type: ignore[attr-defined]
            guarded.keeps_answer = keeps_answer  # type: ignore[attr-defined]
            extra = {**options.pop("openapi_extra", {}), "x-permission": permission.code}
            self.ninja.api_operation([method], path, openapi_extra=extra, **options)(guarded)
            return guarded

        return decorate


def require(request: HttpRequest, permission: Permission) -> None:
    """Refuse a request whose actor does not hold the permission on anything."""
    if has_null(request):
        raise NotFound
    if permission is PUBLIC:
        return
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in:
        raise SignInNeeded
    if not actor.may(permission):
        raise NotFound
