"""What the staff app refuses."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class AlreadyAppointed(DomainError):
    """The person has a main position for that time."""

    code = "staff.already_appointed"
    message = _("This person already has a main position for that time.")
