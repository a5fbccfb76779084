"""What the authority app refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError, NotFound


class PowerUnknown(NotFound):
    """Nothing is recorded under that name."""

    code = "authority.power_unknown"
    message = _("No power is called %(power)s. Known are: %(known)s.")


class SchoolNotThere(NotFound):
    """The school did not exist on that day."""

    code = "authority.school_not_there"
    message = _("%(school)s did not exist on %(on)s. %(reason)s")


class LevelNotTaught(DomainError):
    """The power is about a level that the school does not teach."""

    code = "authority.level_not_taught"
    message = _("%(power)s is about %(needed)s; on %(on)s the school taught %(taught)s.")
    status = 404


class ContinuingNotRecorded(DomainError):
    """The power is recorded for general schools; what holds for continuing education is not."""

    code = "authority.continuing_not_recorded"
    message = _(
        "%(power)s: the texts recorded speak of %(needed)s in general schools. What holds for"
        " learners of continuing education is not recorded yet."
    )
    status = 404


class SeveralAnswers(DomainError):
    """Who decides differs by level or circumstance, and none was named."""

    code = "authority.several_answers"
    message = _("Who decides depends on the level or circumstance. Name one.")


class DayUnreadable(DomainError):
    """The day is not one of the calendar."""

    code = "authority.day_unreadable"
    message = _("%(day)s is not a day. Write it like 2025-07-01 or 01/07/2025.")
    status = 400
