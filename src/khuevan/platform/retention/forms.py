"""The decision by which files are destroyed."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.organizations.api import NumberUnfit
from khuevan.platform.retention.actions import Decision
from khuevan.platform.retention.errors import DecisionAhead, DecisionTooOld
from khuevan.ui.forms import DayField, Form, LineField


class DecisionForm(Form):
    """Number, day and signer of the decision."""

    refused_fields: ClassVar = {
        DecisionAhead: "decided_on",
        DecisionTooOld: "decided_on",
        NumberUnfit: "number",
    }

    number = LineField(label=_("Number of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))
    signer = LineField(label=_("Who signed"), max_length=160)

    def refuse(self, error: DomainError) -> None:
        """Say what was refused; a file out of reach is absent, not refused."""
        if isinstance(error, NotFound):
            raise error
        super().refuse(error)

    @property
    def decision(self) -> Decision:
        """Return the decision as it was typed."""
        given = self.cleaned_data
        return Decision(given["number"], given["decided_on"], given["signer"])
