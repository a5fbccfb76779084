"""What results hang into the shell, the pages of one school and a pupil's record."""

from khuevan.school.results import audit_codes, permissions, reversal

__all__ = ["audit_codes", "permissions", "reversal"]
