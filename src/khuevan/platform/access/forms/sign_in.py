"""The sign-in library's forms in our words; what they check is the library's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.platform.access.selectors import holds_staff_role
from khuevan.platform.access.slips import is_void
from khuevan.platform.accounts.api import User, least_length

VOID = _(
    "This one-time password no longer works: more has been entrusted to this account since it was"
    " issued. Please ask your unit for a new one."
)


class OurWords:
    """Labels and hints of ours, no placeholders."""

    words: dict[str, tuple[str | Promise, str | Promise]] = {}  # noqa: RUF012
    fields: Any
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = self.words.get(name, (field.label, ""))
            field.error_messages["required"] = _("Please fill this in.")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(OurWords, LoginForm):  # type: ignore[misc]
    """Username and password."""

    words = {"login": (_("Username"), ""), "password": (_("Password"), "")}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")

    def clean(self) -> dict[str, Any]:
        """Refuse a one-time password that opens more by now than whoever issued it may know."""
        cleaned: dict[str, Any] = super().clean()
        user = getattr(self, "user", None)
        if isinstance(user, User) and is_void(user, on=clock.today(), now=clock.now()):
            raise ValidationError(VOID, code="slip_void")
        return cleaned


class PasswordAgainForm(OurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words = {"password": (_("Password"), "")}  # noqa: RUF012


class NewPasswordForm(OurWords, ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one, twice."""

    words = {  # noqa: RUF012
        "oldpassword": (_("Present password"), ""),
        "password1": (_("New password"), ""),
        "password2": (_("New password again"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_staff = holds_staff_role(self.user.person_id, on=clock.today())
        hint = _("At least %(least)d characters. Several words in a row are easy to remember.")
        self.fields["password1"].help_text = hint % {"least": least_length(is_staff=is_staff)}


class _CodeForm(OurWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", autofocus=True)


class CodeForm(_CodeForm, AuthenticateForm):  # type: ignore[misc]
    """The second step of a sign-in: a code of the app, or a recovery code."""

    words = {  # noqa: RUF012
        "code": (_("Code"), _("6 digits from the app on your phone, or a recovery code."))
    }


class CodeOnceMoreForm(_CodeForm, CodeAgainForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    words = CodeForm.words


class FirstCodeForm(_CodeForm, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app, which proves that it was set up right."""

    words = {"code": (_("Code"), _("The 6 digits that the app shows now."))}  # noqa: RUF012
