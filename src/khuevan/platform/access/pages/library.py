"""The sign-in library's views in our shell: each passes through `@page` like every other route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpResponseBase, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from khuevan.kernel.actor import PUBLIC, SIGNED_IN, Permission
from khuevan.platform.access import kept
from khuevan.platform.access.forms import sign_in as forms
from khuevan.platform.access.middleware import WHILE_SIGNING_IN
from khuevan.platform.access.sign_in import note_second_factor
from khuevan.platform.accounts.api import User, sign_in_library
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.shell import build_shell

LIMITED = {"too_many_login_attempts", "rate_limited"}
AnyView = Callable[..., HttpResponseBase]


def library_page(permission: Permission, view: AnyView) -> AnyView:
    """Route one view of the library: with our shell, honest status codes and the users it needs."""

    def shown(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with sign_in_library():
            response = view(request, *args, **kwargs)
        return dress(request, response)

    shown.__doc__ = view.__doc__
    return while_signing_in(page(permission)(shown))


def while_signing_in(view: AnyView) -> AnyView:
    """Let a view be opened by somebody whose sign-in is not complete."""
    setattr(view, WHILE_SIGNING_IN, True)
    return view


def dress(request: Request, response: HttpResponseBase) -> HttpResponseBase:
    """Give a response of the library our shell, and the status that says what happened."""
    if response.status_code == 429:
        return render_page(request, "ui/errors/429.html", status=429)
    if not isinstance(response, SimpleTemplateResponse):
        return response
    context = dict(response.context_data or {})
    form = context.get("form")
    if request.method == "POST" and isinstance(form, BaseForm) and form.errors:
        response.status_code = 429 if _is_limited(form) else 422
    context["shell"] = build_shell(request)
    context["demo"] = settings.DEMO_MODE
    response.context_data = context
    return response


def _is_limited(form: BaseForm) -> bool:
    return any(
        error.code in LIMITED for errors in form.errors.as_data().values() for error in errors
    )


def _sign_in(request: Request) -> HttpResponseBase:
    """Sign in, carrying along a form that was posted after a session had ended."""
    sealed = request.POST.get("kept", "")
    is_ours = bool(sealed) and kept.unseal(sealed) is not None
    response: HttpResponseBase = _login_view(request)
    if is_ours and isinstance(response, HttpResponseRedirect):
        request.session[kept.SESSION_KEY] = sealed
    elif is_ours and isinstance(response, SimpleTemplateResponse):
        response.context_data = {**(response.context_data or {}), "kept": sealed}
    return response


def _change_password(request: Request) -> HttpResponseBase:
    """Change one's password; an account without one, as in the demo, has nothing to change."""
    if isinstance(request.user, User) and not request.user.has_usable_password():
        return HttpResponseRedirect(reverse("access:account"))
    response: HttpResponseBase = _password_view(request)
    return response


class _ActivateView(ActivateTOTPView):  # type: ignore[misc]
    """Setting up the app; its first code proves it, so the second step counts as done."""

    def form_valid(self, form: BaseForm) -> HttpResponseBase:
        """Store the app and remember that a code of it was shown in this session."""
        response: HttpResponseBase = super().form_valid(form)
        note_second_factor(self.request, self.request.user.pk)
        return response


_login_view = LoginView.as_view(form_class=forms.SignInForm, template_name="access/sign_in.html")
_password_view = PasswordChangeView.as_view(
    form_class=forms.NewPasswordForm, template_name="access/password.html"
)

login = library_page(PUBLIC, _sign_in)
logout = library_page(PUBLIC, LogoutView.as_view(template_name="access/sign_out.html"))
change_password = library_page(SIGNED_IN, _change_password)
reauthenticate = library_page(
    SIGNED_IN,
    ReauthenticateView.as_view(
        form_class=forms.PasswordAgainForm, template_name="access/again.html"
    ),
)
code_again = library_page(
    SIGNED_IN,
    CodeReauthenticateView.as_view(
        form_class=forms.CodeOnceMoreForm, template_name="access/again.html"
    ),
)
code = library_page(
    PUBLIC,
    AuthenticateView.as_view(form_class=forms.CodeForm, template_name="access/code.html"),
)
activate_totp = library_page(
    SIGNED_IN,
    _ActivateView.as_view(
        form_class=forms.FirstCodeForm, template_name="access/totp_activate.html"
    ),
)
deactivate_totp = library_page(
    SIGNED_IN, DeactivateTOTPView.as_view(template_name="access/totp_deactivate.html")
)
recovery_codes = library_page(
    SIGNED_IN, ViewRecoveryCodesView.as_view(template_name="access/recovery_codes.html")
)
new_recovery_codes = library_page(
    SIGNED_IN, GenerateRecoveryCodesView.as_view(template_name="access/recovery_codes_new.html")
)
