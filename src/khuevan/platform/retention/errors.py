"""Why something is not destroyed: each sentence names the rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class KeptForEver(DomainError):
    """A permanent kind."""

    code = "retention.permanent"
    message = _("%(kind)s: kept for ever by %(source)s. It can't be destroyed.")


class TermNotLoaded(DomainError):
    """A limited kind whose term nobody has loaded yet."""

    code = "retention.term_not_loaded"
    message = _("%(kind)s: the term of %(source)s isn't loaded, so nothing can be destroyed yet.")


class DeletedBySystem(DomainError):
    """A kind that the system deletes by itself."""

    code = "retention.automatic"
    message = _("%(kind)s: kept for %(kept)s, then deleted by the system. No decision is needed.")


class StillInUse(DomainError):
    """What the file belongs to goes on."""

    code = "retention.in_use"
    message = _("%(whose)s: still in use. The time of %(kept)s counts from %(since)s.")


class TimeNotOver(DomainError):
    """The time is not over."""

    code = "retention.time_not_over"
    message = _("%(whose)s: kept until %(until)s, %(kept)s from %(since)s by %(source)s.")


class DecisionNeeded(DomainError):
    """No decision, or not a whole one."""

    code = "retention.decision_needed"
    message = _(
        "Destroying needs a decision, even when the time is over. "
        "Give its number, its day and who signed it."
    )
    status = 422


class NoSuchFiles(DomainError):
    """A kind of which nobody keeps files that are destroyed by decision."""

    code = "retention.no_such_files"
    message = _("%(kind)s: there are no files of it to destroy by a decision.")


class DecisionTooOld(DomainError):
    """A decision from before the end of the term of a file."""

    code = "retention.decision_too_old"
    message = _("%(whose)s: kept until %(until)s. The decision must be of a later day.")
    status = 422


class DecisionAhead(DomainError):
    """A decision of a day to come."""

    code = "retention.decision_ahead"
    message = _("The decision can't be of a day to come.")
    status = 422


class DestroyedAlready(DomainError):
    """Somebody else was quicker."""

    code = "retention.destroyed_already"
    message = _(
        "%(whose)s: destroyed already by decision %(number)s on %(on)s. "
        "Nothing was done; choose from the files that are left."
    )


class NothingChosen(DomainError):
    """No file was named."""

    code = "retention.nothing_chosen"
    message = _("Choose at least one file.")
    status = 422
