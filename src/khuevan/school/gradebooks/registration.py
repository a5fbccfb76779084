"""What gradebooks hang into the shell and the pages of one school."""

from khuevan.school.gradebooks import (
    audit_codes,
    notices,
    permissions,
    reversal,
    window_registration,
)

__all__ = ["audit_codes", "notices", "permissions", "reversal", "window_registration"]
