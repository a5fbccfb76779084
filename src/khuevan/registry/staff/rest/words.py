"""What the endpoints of staff share: the router, and how words are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from khuevan.kernel.personal_number import check_format
from khuevan.ui.rest import Router

router = Router(tags=["staff"])

Sex = Literal["MALE", "FEMALE"]
Text = Annotated[str, Field(max_length=20)]


def choice(kinds: Any, *, empty: bool = False) -> Callable[[str], str]:
    """Return what accepts the codes of a list, and nothing else."""
    codes = {*kinds.values, *([""] if empty else [])}

    def checked(code: str) -> str:
        if code not in codes:
            raise ValueError(_("One of: %(codes)s") % {"codes": ", ".join(sorted(codes))})
        return code

    return checked


def digits(text: str) -> str:
    """Return the digits of a personal number, or nothing for none."""
    checked = check_format(text)
    if text and not checked.is_valid:
        raise ValueError(_("A personal number has 12 digits."))
    return checked.digits if text else ""
