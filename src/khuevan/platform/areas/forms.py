"""What is asked of the areas: a name or a code, on a day or of all times."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.ui.forms import DayField, Form, LineField


class AreaForm(Form):
    """A name or code, and a day when only that one is meant."""

    q = LineField(label=_("Name or code of the area"), required=False, max_length=80)
    on = DayField(label=_("Only on the day"), required=False)
