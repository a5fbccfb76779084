"""What the duplicates app refuses, each with a sentence that says what next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import Conflict, DomainError


class PairChanged(Conflict):
    """One of the two was changed, or the pair was settled, since it was read."""

    code = "duplicates.pair_changed"
    message = _("One of the two records changed meanwhile. Compare them again.")


class ReasonNeeded(DomainError):
    """Nobody said what was looked at."""

    code = "duplicates.reason_needed"
    message = _("Say which papers were compared.")


class TwoSchoolsAtOnce(DomainError):
    """Both records are in a main school on the same days."""

    code = "duplicates.two_schools_at_once"
    message = _(
        "On the same days one record is at %(here)s and the other at %(there)s. End the wrong one"
        " there first, or finish the transfer."
    )


class KeepTheLonger(DomainError):
    """The record to be given up was at the school before the other, or longer."""

    code = "duplicates.keep_the_longer"
    message = _("The other record is longer at %(school)s. Keep that one and give up this.")


class StandsInTheWay(DomainError):
    """Rows of both that can't be one person's."""

    code = "duplicates.stands_in_the_way"
    message = _("Both records have this on the same days: %(what)s. End one of them first.")


class OwnRecord(DomainError):
    """Nobody decides about their own record."""

    code = "duplicates.own_record"
    message = _("This is your own record. Ask a colleague to settle it.")
    status = 403


class TakenApart(DomainError):
    """The merging was undone before."""

    code = "duplicates.taken_apart"
    message = _("These two records were taken apart already.")


class NoWayBack(DomainError):
    """What came since holds the place of what would come back."""

    code = "duplicates.no_way_back"
    message = _(
        "What was recorded since stands in the way: %(what)s. Take that back first, then try again."
    )


class MayNotFill(DomainError):
    """The record to be given up holds a position that the actor may give to nobody."""

    code = "duplicates.may_not_fill"
    message = _(
        "The record to be given up holds a position that you may not fill: %(position)s. Keep"
        " that one, or ask whoever appoints there."
    )


class KeepTheColleague(DomainError):
    """The record to be given up holds roles of work, which no merge hands on."""

    code = "duplicates.keep_the_colleague"
    message = _(
        "The record to be given up is a colleague's or holds roles that were given by hand. Keep"
        " that one, or end the roles first."
    )
