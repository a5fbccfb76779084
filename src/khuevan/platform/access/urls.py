"""Addresses of the access app. The sign-in library's views keep its own route names.

Names its code reverses and that are here: account_login, account_logout, account_reauthenticate,
account_change_password, mfa_index, mfa_authenticate, mfa_reauthenticate, mfa_activate_totp,
mfa_deactivate_totp, mfa_view_recovery_codes. Not here, since nothing leads to them: sign-up, mail,
phone, reset by mail, login by code, passkeys, trusted browsers, account_inactive (answered like a
wrong password), account_set_password (an account without one is sent to its own page).
"""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from khuevan.platform.access.pages import (
    delegations,
    demo,
    devices,
    grants,
    library,
    own,
    resets,
    roles,
    support,
    users,
    why,
)

LIBRARY: list[URLPattern | URLResolver] = [
    path("accounts/login/", library.login, name="account_login"),
    path("accounts/logout/", library.logout, name="account_logout"),
    path("accounts/again/", library.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/", library.change_password, name="account_change_password"),
    path("accounts/2fa/", own.security, name="mfa_index"),
    path("accounts/2fa/code/", library.code, name="mfa_authenticate"),
    path("accounts/2fa/again/", library.code_again, name="mfa_reauthenticate"),
    path("accounts/2fa/app/", library.activate_totp, name="mfa_activate_totp"),
    path("accounts/2fa/app/remove/", library.deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/2fa/recovery/", library.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accounts/2fa/recovery/new/",
        library.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

OWN: list[URLPattern | URLResolver] = [
    path("account/", own.account, name="account"),
    path("account/devices/", devices.devices, name="devices"),
    path("account/devices/end-others/", devices.end_others, name="end_other_devices"),
    path("account/devices/<uuid:uuid>/end/", devices.end, name="end_device"),
    path("accounts/kept/", own.kept_form, name="kept"),
    path("accounts/kept/send/", own.send_kept, name="send_kept"),
    path("accounts/kept/drop/", own.drop_kept, name="drop_kept"),
    path("accounts/second-step/", own.second_factor, name="second_factor"),
    path("hat/<slug:key>/", own.wear_hat, name="hat"),
    path("language/", own.choose_language, name="language"),
    path("theme/", own.choose_theme, name="theme"),
]

KEEPING: list[URLPattern | URLResolver] = [
    path("users/", users.user_list, name="users"),
    path("users/new/", users.find_person, name="find_person"),
    path("users/new/<uuid:uuid>/", users.new_account, name="new_account"),
    path("users/<uuid:uuid>/", users.user, name="user"),
    path("users/<uuid:uuid>/password/", users.reset_password, name="reset_password"),
    path("users/<uuid:uuid>/password/ask/", resets.ask, name="ask_reset"),
    path("passwords/", resets.reset_list, name="resets"),
    path("passwords/<uuid:uuid>/", resets.reset, name="reset"),
    path("passwords/<uuid:uuid>/confirm/", resets.confirm, name="confirm_reset"),
    path("passwords/<uuid:uuid>/decline/", resets.decline, name="decline_reset"),
    path("passwords/<uuid:uuid>/show/", resets.collect, name="collect_reset"),
    path("users/<uuid:uuid>/deactivate/", users.deactivate, name="deactivate"),
    path("users/<uuid:uuid>/reactivate/", users.reactivate, name="reactivate"),
    path("users/<uuid:uuid>/second-step/", users.remove_second_factor, name="remove_second"),
    path("people/<uuid:uuid>/roles/new/", grants.give, name="give_grant"),
    path("grants/<uuid:uuid>/end/", grants.end, name="end_grant"),
    path("roles/", roles.role_list, name="roles"),
    path("roles/new/", roles.new_role, name="new_role"),
    path("roles/<slug:code>/", roles.role, name="role"),
    path("roles/<slug:code>/change/", roles.change_role, name="change_role"),
    path("delegations/", delegations.delegation_list, name="delegations"),
    path("delegations/new/", delegations.delegate, name="delegate"),
    path("delegations/<uuid:uuid>/end/", delegations.end, name="end_delegation"),
    path("support/", support.support_list, name="support"),
    path("support/new/", support.open_session, name="open_support"),
    path("support/<uuid:uuid>/close/", support.close_session, name="close_support"),
    path("access/why/", why.why, name="why"),
    path("access/why/<uuid:uuid>/", why.why_of, name="why_of"),
]


def demo_urls(*, is_demo: bool) -> list[URLPattern | URLResolver]:
    """Return the route of the demo's sign-in page, or nothing outside the demo."""
    return [path("demo/", demo.demo, name="demo")] if is_demo else []


urlpatterns = [
    *LIBRARY,
    path("", include(([*OWN, *KEEPING, *demo_urls(is_demo=settings.DEMO_MODE)], "access"))),
]
