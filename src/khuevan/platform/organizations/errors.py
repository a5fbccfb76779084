"""What the organizations app refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class MoveTooEarly(DomainError):
    """What was true before stays true: a unit changes after its latest change only."""

    code = "organizations.move_too_early"
    message = _("The unit changed on %(since)s; a new change must be after that day.")


class NotUnderItself(DomainError):
    """A unit can't stand under itself or under a unit below it."""

    code = "organizations.not_under_itself"
    message = _("A unit can't be moved under itself.")


class UnitHoldsOthers(DomainError):
    """A unit is closed once nothing stands under it any more."""

    code = "organizations.unit_holds_others"
    message = _("Other units still stand under %(unit)s. Move them first.")


class ManagerNotRecorded(DomainError):
    """Nobody knows who managed the unit on that day."""

    code = "organizations.manager_not_recorded"
    message = _("Who managed this unit on %(on)s is not recorded.")
    status = 404
