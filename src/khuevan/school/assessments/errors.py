"""What is refused here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class CasesRefused(DomainError):
    """A file of cases that can't be read at all."""

    code = "assessments.cases_refused"
    message = _("%(file)s: %(reason)s.")
    status = 400
