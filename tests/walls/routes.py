"""How each route is called in the matrix. A route without a row here fails the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.walls.world import World, uuid_of

ALL_CODES = "all"


@dataclass(frozen=True, slots=True)
class Sample:
    """One route: its arguments, what else a caller needs, and what it answers when all is right."""

    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
    query: Callable[[World], str] = field(default=lambda _world: "")
    data: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
    also: tuple[str, ...] = ()
    """Permissions the page needs besides the one it states."""
    at_province: bool = False
    """Whether the permission only makes sense on the whole province."""
    good: frozenset[int] = frozenset({200, 204, 302, 422})
    own: Callable[[World], Any] | None = None
    """Who may open it when nobody else may: a thing of one person alone."""
    shared: bool = False
    """Whether the thing named is public, so that a stranger with the permission may open it."""

    def prepare(self, world: World) -> None:
        """Make what the route names, before any caller comes and is undone."""
        self.kwargs(world)
        if self.own:
            self.own(world)


def code_a(world: World) -> dict[str, Any]:
    """Return the arguments of a route on school A."""
    return {"code": world.cast.school_a.code}


def of_import(world: World) -> dict[str, Any]:
    """Return the arguments of a route on an import of school A."""
    return uuid_of(world.sheet_import)


def of_row(world: World) -> dict[str, Any]:
    """Return the arguments of a route on the faulty row of that import."""
    return {**of_import(world), "number": 3}


IMPORT = ("students.student:import",)

ROUTES: dict[str, Sample] = {
    # --- everybody's own
    "dashboard:home": Sample(),
    "jobs:list": Sample(),
    "notifications:inbox": Sample(),
    "search:results": Sample(query=lambda _w: "?q=minh"),
    "search:dropdown": Sample(query=lambda _w: "?q=minh"),
    "access:account": Sample(),
    "access:delegations": Sample(),
    "access:roles": Sample(),
    "access:role": Sample(lambda _w: {"code": "principal"}, shared=True),
    "access:second_factor": Sample(),
    "access:why": Sample(),
    "access:kept": Sample(),
    "access:send_kept": Sample(),
    "access:drop_kept": Sample(),
    "access:hat": Sample(lambda w: {"key": f"clerk-{w.cast.school_a.pk}"}),
    "notifications:read_all": Sample(),
    "notifications:open": Sample(lambda w: uuid_of(w.notification), own=lambda w: w.cast.loan),
    "jobs:detail": Sample(lambda w: uuid_of(w.job), own=lambda w: w.cast.loan),
    "jobs:card": Sample(lambda w: uuid_of(w.job), own=lambda w: w.cast.loan),
    "jobs:stop": Sample(lambda w: uuid_of(w.job), own=lambda w: w.cast.loan),
    "files:download": Sample(lambda w: uuid_of(w.file), own=lambda w: w.cast.loan),
    # --- accounts and roles
    "access:users": Sample(),
    "access:user": Sample(lambda w: uuid_of(w.clerk_user)),
    "access:find_person": Sample(query=lambda _w: "?q=loan"),
    "access:new_account": Sample(lambda w: uuid_of(w.cast.hung)),
    "access:reset_password": Sample(lambda w: uuid_of(w.clerk_user)),
    "access:deactivate": Sample(lambda w: uuid_of(w.clerk_user)),
    "access:reactivate": Sample(lambda w: uuid_of(w.clerk_user)),
    "access:remove_second": Sample(lambda w: uuid_of(w.clerk_user)),
    "access:give_grant": Sample(lambda w: uuid_of(w.cast.loan)),
    "access:end_grant": Sample(lambda w: uuid_of(w.grant)),
    "access:why_of": Sample(lambda w: uuid_of(w.cast.loan)),
    "access:change_role": Sample(
        lambda _w: {"code": "school_clerk"}, at_province=True, shared=True
    ),
    "access:delegate": Sample(),
    "access:end_delegation": Sample(lambda w: uuid_of(w.delegation), own=lambda w: w.cast.hung),
    "access:support": Sample(),
    "access:open_support": Sample(),
    "access:close_support": Sample(lambda w: uuid_of(w.support_session), own=lambda w: w.engineer),
    # --- the logs
    "audit:list": Sample(),
    "audit:entry": Sample(lambda w: {"number": w.audit_entry.pk}),
    # --- import wizard
    "sheets:index": Sample(also=IMPORT),
    "sheets:upload": Sample(lambda _w: {"kind": "students.list"}, also=IMPORT, shared=True),
    "sheets:template": Sample(lambda _w: {"kind": "students.list"}, also=IMPORT, shared=True),
    "sheets:import": Sample(of_import, also=IMPORT),
    "sheets:match": Sample(of_import, also=IMPORT),
    "sheets:confirm": Sample(of_import, also=IMPORT),
    "sheets:recheck": Sample(of_import, also=IMPORT),
    "sheets:drop": Sample(of_import, also=IMPORT),
    "sheets:marked": Sample(of_import, also=IMPORT),
    "sheets:fix": Sample(lambda w: {**of_row(w), "column": 2}, also=IMPORT),
    "sheets:leave_out": Sample(of_row, also=IMPORT),
    "sheets:take_back": Sample(of_row, also=IMPORT),
    "sheets:remedy": Sample(
        lambda w: {**of_import(w), "code": "classes"}, also=(*IMPORT, "schools.class:manage")
    ),
    "sheets:reopen": Sample(of_import, also=IMPORT, good=frozenset({409})),
    # --- schools
    "schools:list": Sample(),
    "schools:file": Sample(lambda _w: {"kind": "xlsx"}, shared=True),
    "schools:school": Sample(code_a),
    "schools:history": Sample(code_a),
    # --- staff
    "staff:list": Sample(),
    "staff:file": Sample(lambda _w: {"kind": "xlsx"}, shared=True),
    "staff:school": Sample(code_a, also=("schools.school:view",)),
    # --- figures
    "dashboard:dashboard": Sample(also=("insight.figure:view",)),
    "dashboard:figures": Sample(),
    "dashboard:figure": Sample(lambda _w: {"code": "pupils"}, shared=True),
    "dashboard:figure_file": Sample(lambda _w: {"code": "pupils"}, shared=True),
    "dashboard:all_file": Sample(),
}
