"""What gradebooks hang into the shell and the pages of one school."""

from khuevan.school.gradebooks import audit_codes, permissions, reversal

__all__ = ["audit_codes", "permissions", "reversal"]
