"""What other apps may use of the accounts app."""

from khuevan.platform.accounts.models import Person, Sex, User

__all__ = ["Person", "Sex", "User"]
