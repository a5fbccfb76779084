"""`khuevan user ...`, `khuevan role ...`: accounts and roles, as the operator or as a user."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor, Permission, permissions
from khuevan.kernel.errors import NotFound
from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.platform.access import actions
from khuevan.platform.access.actions.grants import Place
from khuevan.platform.access.consistency import grants_differing
from khuevan.platform.access.models import Role
from khuevan.platform.access.permissions import (
    GIVE_GRANTS,
    MANAGE_ROLES,
    MANAGE_USERS,
    VIEW_USERS,
)
from khuevan.platform.access.selectors import (
    get_person_for,
    named_like,
    role_named,
    roles,
    user_rows,
    users,
)
from khuevan.platform.accounts.api import IssuedSignIn, User
from khuevan.platform.organizations.api import unit_by_code
from khuevan.ui.commands import Answer, argument, command
from khuevan.ui.formats import day

USERNAME = argument("username", help=gettext_lazy("the username"))
REASON = argument("--reason", required=True, help=gettext_lazy("why, for the log"))


@command(
    "user list",
    VIEW_USERS,
    help=gettext_lazy("list accounts"),
    arguments=(
        argument("text", nargs="?", default="", help=gettext_lazy("part of a name or username")),
        argument("--limit", type=int, default=50, help=gettext_lazy("how many at most")),
    ),
)
def list_users(actor: Actor, arguments: Namespace) -> Answer:
    """List accounts with their roles."""
    rows = users(actor=actor)
    if arguments.text:
        rows = rows.filter(named_like(arguments.text))
    lines = user_rows(actor=actor, page=list(rows[: max(arguments.limit, 0)]))
    found = [
        {
            "username": line.user.username,
            "person": str(line.user.person.uuid),
            "name": line.user.person.full_name,
            "status": line.status,
            "roles": line.roles,
            "units": line.units,
        }
        for line in lines
    ]
    text = "\n".join(
        f"{one['username']:24}  {one['name']:32}  {', '.join(one['roles'])}" for one in found
    )
    return Answer(text or _("No accounts."), {"users": found})


@command(
    "user create",
    MANAGE_USERS,
    help=gettext_lazy("open an account for a person"),
    arguments=(
        argument("person", help=gettext_lazy("the person's uuid")),
        argument("--username", default="", help=gettext_lazy("instead of the usual one")),
    ),
)
def create(actor: Actor, arguments: Namespace) -> Answer:
    """Open an account and print its one-time password."""
    person = get_person_for(actor, arguments.person, MANAGE_USERS)
    return _slip(
        actions.open_account(
            actor=actor, person=person, username=arguments.username, now=clock.now()
        )
    )


@command(
    "user password",
    MANAGE_USERS,
    help=gettext_lazy("issue a one-time password"),
    arguments=(USERNAME,),
)
def password(actor: Actor, arguments: Namespace) -> Answer:
    """Issue a one-time password and print it."""
    user = _user(actor, arguments.username, MANAGE_USERS)
    return _slip(actions.reset_password(actor=actor, user=user, now=clock.now()))


@command(
    "user deactivate",
    MANAGE_USERS,
    help=gettext_lazy("switch an account off"),
    arguments=(USERNAME, REASON),
)
def deactivate(actor: Actor, arguments: Namespace) -> Answer:
    """Switch an account off."""
    user = _user(actor, arguments.username, MANAGE_USERS)
    actions.deactivate_account(actor=actor, user=user, reason=arguments.reason, now=clock.now())
    text = _("%(username)s is deactivated.") % {"username": user.username}
    return Answer(text, {"username": user.username})


@command(
    "user grant",
    GIVE_GRANTS,
    help=gettext_lazy("give a role on a unit"),
    arguments=(
        USERNAME,
        argument("role", help=gettext_lazy("the role's code, such as principal")),
        argument("unit", help=gettext_lazy("the unit's code")),
        argument(
            "--from",
            dest="starts_on",
            type=date.fromisoformat,
            default=None,
            help=gettext_lazy("first day, such as 2026-11-22; without it, today"),
        ),
        argument(
            "--until",
            dest="ends_on",
            type=date.fromisoformat,
            default=None,
            help=gettext_lazy("first day on which it no longer holds"),
        ),
        REASON,
    ),
)
def grant(actor: Actor, arguments: Namespace) -> Answer:
    """Give a role."""
    user = _user(actor, arguments.username, GIVE_GRANTS)
    given = actions.give_grant(
        actor=actor,
        person=user.person,
        role=role_named(arguments.role),
        place=Place(unit_by_code(arguments.unit).pk),
        starts_on=arguments.starts_on or actor.today,
        ends_on=arguments.ends_on,
        reason=arguments.reason,
        now=clock.now(),
    )
    facts: dict[str, Any] = {
        "username": user.username,
        "role": str(given.role),
        "unit": arguments.unit,
    }
    return Answer(_("%(username)s is now %(role)s in %(unit)s.") % facts, {"grant": given.uuid})


ROLE = argument("role", help=gettext_lazy("the role's code, such as principal"))
RIGHT = argument("right", help=gettext_lazy("the right's code, such as students.student:view"))


@command(
    "role list",
    MANAGE_ROLES,
    help=gettext_lazy("list roles, or what one role may do"),
    arguments=(argument("role", nargs="?", default="", help=gettext_lazy("a role's code")),),
)
def list_roles(actor: Actor, arguments: Namespace) -> Answer:
    """List the roles, or the rights of one."""
    if arguments.role:
        role = role_named(arguments.role)
        rights = [one for one in permissions if one.code in role.permissions]
        text = "\n".join(f"{one.code:32}  {one.label}" for one in rights)
        return Answer(text or _("This role may do nothing."), {"role": role_facts(role)})
    found = [role_facts(role) for role in roles()]
    lines = [f"{one['code']:28}  {one['name']}  ({len(one['rights'])})" for one in found]
    return Answer("\n".join(lines), {"roles": found})


@command(
    "role allow",
    MANAGE_ROLES,
    help=gettext_lazy("let a role hold a right, over pupils too"),
    arguments=(ROLE, RIGHT, REASON),
)
def allow(actor: Actor, arguments: Namespace) -> Answer:
    """Put a right into a role."""
    role = _set_right(actor, arguments, is_held=True)
    facts = {"role": str(role), "right": str(permissions.get(arguments.right).label)}
    return Answer(_("%(role)s may from now on: %(right)s") % facts, {"role": role_facts(role)})


@command(
    "role deny",
    MANAGE_ROLES,
    help=gettext_lazy("take a right from a role"),
    arguments=(ROLE, RIGHT, REASON),
)
def deny(actor: Actor, arguments: Namespace) -> Answer:
    """Take a right out of a role."""
    role = _set_right(actor, arguments, is_held=False)
    facts = {"role": str(role), "right": str(permissions.get(arguments.right).label)}
    return Answer(_("%(role)s may no longer: %(right)s") % facts, {"role": role_facts(role)})


def _set_right(actor: Actor, arguments: Namespace, *, is_held: bool) -> Role:
    return actions.set_right(
        actor=actor,
        code=arguments.role,
        right=arguments.right,
        is_held=is_held,
        reason=arguments.reason,
        now=clock.now(),
    )


def role_facts(role: Role) -> dict[str, Any]:
    """Return a role for programs."""
    return {"code": role.code, "name": str(role), "hat": role.hat, "rights": role.permissions}


def _user(actor: Actor, username: str, permission: Permission) -> User:
    found = users(actor=actor, permission=permission).filter(username__iexact=username).first()
    if found is None:
        raise NotFound
    return found


def _slip(issued: IssuedSignIn) -> Answer:
    facts = {"username": issued.user.username, "password": issued.password}
    text = _("%(username)s signs in once with %(password)s, then chooses a password.") % facts
    return Answer(text, facts)


@command(
    "role check",
    MANAGE_ROLES,
    help=gettext_lazy("check that what people may see is what the facts say"),
    arguments=(argument("--limit", type=int, default=100, help=gettext_lazy("how many at most")),),
)
def check_grants(_actor: Actor, arguments: Namespace) -> Answer:
    """List derived grants that are not what their facts say; none is the answer hoped for."""
    found = grants_differing(limit=max(arguments.limit, 1))
    lines = [
        _("%(fact)s: person %(person)s holds %(role)s, held %(held)s, should be %(wanted)s")
        % {
            "fact": one.source_key,
            "person": one.person_id,
            "role": one.role,
            "held": _spans(one.held),
            "wanted": _spans(one.wanted),
        }
        for one in found
    ]
    data = [{"fact": one.source_key, "person": one.person_id, "role": one.role} for one in found]
    text = "\n".join(lines) or _("Every derived grant is what its fact says.")
    return Answer(text, {"differences": data}, REFUSED if found else DONE)


def _spans(spans: tuple[tuple[date, date], ...]) -> str:
    return ", ".join(f"{day(first)}–{day(end)}" for first, end in spans) or "–"
