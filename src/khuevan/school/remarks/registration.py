"""What comments hang into the shell and the pages of one school."""

from khuevan.school.remarks import audit_codes, permissions, reversal

__all__ = ["audit_codes", "permissions", "reversal"]
