"""Why a census is refused."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class CensusTaken(DomainError):
    """There is a census of that day and level."""

    code = "rollup.census_taken"
    message = _("There is a census of %(day)s for this level already.")


class CensusTooEarly(DomainError):
    """The day has not come."""

    code = "rollup.census_too_early"
    message = _("The figures of %(day)s can be frozen from that day on.")


class CensusFrozen(DomainError):
    """The census is frozen already."""

    code = "rollup.census_frozen"
    message = _("This census is frozen. To freeze it anew, open it again first and say why.")


class CensusBusy(DomainError):
    """Somebody records pupils without a pause, so no moment can be taken."""

    code = "rollup.census_busy"
    message = _("Pupils are being recorded right now. Please freeze the figures in a few minutes.")


class CensusOpen(DomainError):
    """The census is not frozen."""

    code = "rollup.census_open"
    message = _("This census is open: there is nothing to open again.")


class CensusNotUnderstood(DomainError):
    """A program sent what a form would refuse."""

    code = "rollup.census_not_understood"
    message = _("Please look at these fields again: %(fields)s.")
    status = 422
