"""Columns and filters of the list of users."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.platform.access.actor import Hat
from khuevan.platform.access.roles import ROLE_LABELS
from khuevan.platform.access.selectors import UserRow, holding, in_state, named_like, user_rows
from khuevan.platform.access.selectors.users import ACTIVE, INACTIVE, NEW
from khuevan.platform.accounts.api import User
from khuevan.platform.organizations.api import children_of
from khuevan.ui.tables import Cell, Choice, ChoiceFilter, Column, Filter, Pill, Table, TextFilter

KEEP = "nowrap"

STATES = {
    ACTIVE: Pill("ok", "circle-check", _("Active")),
    NEW: Pill("info", "clock", _("Waits for the first sign-in")),
    INACTIVE: Pill("neutral", "ban", _("Deactivated")),
}


class UserTable(Table[User]):
    """Accounts of the people in the actor's units."""

    name = "users"
    caption = _("Users")
    default_sort = "name"
    sticky = True

    def __init__(self, rows: QuerySet[User], query: QueryDict, *, actor: Actor, path: str) -> None:
        self.actor = actor
        self.lines: dict[int, UserRow] = {}
        super().__init__(rows, query, path=path)

    def prepare(self, rows: Sequence[User]) -> None:
        """Look up roles and units of this part: two queries."""
        found = user_rows(actor=self.actor, page=rows)
        self.lines = {line.user.pk: line for line in found}

    def build_columns(self) -> Sequence[Column[User]]:
        """Return name, username, roles, units and state."""
        return [
            Column(
                "name",
                _("Name"),
                lambda user: user.person.full_name,
                order=("person__sort_key", "id"),
                width=30,
            ),
            Column("username", _("Username"), lambda user: user.username, order=("username", "id")),
            Column("roles", _("Roles"), lambda user: _first(self.lines[user.pk].roles), css=KEEP),
            Column("units", _("Unit"), lambda user: _first(self.lines[user.pk].units), css=KEEP),
            Column("seen", _("Last sign-in"), lambda user: user.last_login, align="r"),
            Column("state", _("Account"), self._state_text, cell=self._state_cell),
        ]

    def build_filters(self) -> Sequence[Filter]:
        """Return name, role, unit below one's own, and state."""
        roles = [Choice(code, label) for code, label in ROLE_LABELS.items()]
        return [
            TextFilter(_("Name or username"), lambda rows, text: rows.filter(named_like(text))),
            ChoiceFilter("role", _("Role"), roles, self._of_roles),
            ChoiceFilter("unit", _("Unit"), self._units(), self._of_units),
            ChoiceFilter("state", _("Account"), _state_choices(), self._of_states),
        ]

    def url_of(self, row: User) -> str:
        """Return the page about the user."""
        return reverse("access:user", args=[row.uuid])

    def _state_text(self, user: User) -> str:
        return str(STATES[self.lines[user.pk].status].label)

    def _state_cell(self, user: User) -> Cell:
        return Cell(pill=STATES[self.lines[user.pk].status])

    def _units(self) -> list[Choice]:
        hat: Hat | None = getattr(self.actor, "hat", None)
        if hat is None or hat.unit_id is None or hat.is_of_a_school:
            return []
        below = children_of(hat.unit_id, on=self.actor.today)
        return [Choice(str(version.unit_id), version.short_name) for version in below]

    def _of_roles(self, rows: QuerySet[User], values: Sequence[str]) -> QuerySet[User]:
        return rows.filter(holding(actor=self.actor, roles=values))

    def _of_units(self, rows: QuerySet[User], values: Sequence[str]) -> QuerySet[User]:
        ids = [int(value) for value in values]
        return rows.filter(holding(actor=self.actor, unit_ids=ids))

    def _of_states(self, rows: QuerySet[User], values: Sequence[str]) -> QuerySet[User]:
        wanted = in_state(values[0])
        for value in values[1:]:
            wanted |= in_state(value)
        return rows.filter(wanted)


def _first(names: Sequence[str]) -> str:
    """Return the first of several names and how many more there are; the user's page has all."""
    return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else "".join(names)


def _state_choices() -> list[Choice]:
    return [Choice(code, pill.label) for code, pill in STATES.items()]
