"""What this app refuses, in sentences."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class StillIncomplete(DomainError):
    """Results are settled or approved while something is missing (ASM-15)."""

    code = "results_incomplete"
    message = _("Still missing: %(what)s")


class AlreadyApproved(DomainError):
    """What the principal approved is changed."""

    code = "results_approved"
    message = _("The principal has approved these results. They open again when given back.")


class NotSettled(DomainError):
    """Results are approved that the homeroom teacher has not settled."""

    code = "results_not_settled"
    message = _("The homeroom teacher has not settled these results yet.")


class NotEligible(DomainError):
    """A subject is sat again that may not be."""

    code = "not_eligible"
    message = _("%(name)s may not sit these subjects again.")


class ChangedMeanwhile(DomainError):
    """Somebody else decided on the same pupil since the page was opened."""

    code = "result_changed"
    message = _("Somebody changed what you see for %(names)s. Look at it again, then save.")


class NothingSettledBy(DomainError):
    """A year's results are not settled here: they are kept as they were stored."""

    code = "results_stored"
    message = _("The results of this year are kept as they were stored.")


class NotSigned(DomainError):
    """Conduct is assessed again before the tasks are done and the parents signed (ASM-12)."""

    code = "training_not_finished"
    message = _("Conduct of %(name)s is assessed again once the tasks are done and signed for.")
