"""One's own sign-in: the account page, hat, language, theme, the second step, a kept form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from khuevan.kernel.actor import PUBLIC, SIGNED_IN
from khuevan.platform.access import kept
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.forms.sign_in import SignInForm
from khuevan.platform.access.middleware import HAT_KEY, LANGUAGE_COOKIE
from khuevan.platform.access.pages.library import while_signing_in
from khuevan.platform.access.selectors import actor_in_hat, grant_lines, own_grants
from khuevan.platform.accounts.api import User, set_language, set_theme
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

THEMES = ("", "light", "dark")
YEAR = timedelta(days=365)


def ask_to_sign_in(request: Request) -> HttpResponseBase:
    """Answer a request that needs a sign-in: the sign-in page, with what was posted kept in it.

    401, but for htmx, which would show nothing of it.
    """
    if request.method in {"GET", "HEAD"}:
        return _to_sign_in(request)
    form = kept.keep(request)
    context: dict[str, Any] = {
        "form": SignInForm(request=request),
        "ended": True,
        "kept": kept.seal(form) if form else "",
        "next": reverse("access:kept") if form else "/",
        "demo": settings.DEMO_MODE,
    }
    is_htmx = bool(getattr(request, "htmx", None))
    response = render_page(request, "access/sign_in.html", context, status=200 if is_htmx else 401)
    if is_htmx:
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


@page(SIGNED_IN, methods=("GET",))
def kept_form(request: Request) -> HttpResponseBase:
    """Show what was kept of a form, to send it again by one's own click."""
    form = _own_kept(request)
    if form is None:
        return redirect("/")
    return render_page(request, "access/kept.html", {"kept": form, "rows": _readable(form)})


@page(SIGNED_IN, methods=("POST",))
def send_kept(request: Request) -> HttpResponseBase:
    """Send a kept form where it was going; every check there runs as on the first time."""
    form = _own_kept(request)
    if form is None:
        return redirect("/")
    del request.session[kept.SESSION_KEY]
    # 307 keeps method and body: the browser posts the same fields to the page they were for.
    return HttpResponse(status=307, headers={"Location": form.path})


@page(SIGNED_IN, methods=("POST",))
def drop_kept(request: Request) -> HttpResponseBase:
    """Forget a kept form."""
    request.session.pop(kept.SESSION_KEY, None)
    return redirect("/")


@while_signing_in
@page(SIGNED_IN, methods=("GET",))
def second_factor(request: Request) -> HttpResponseBase:
    """Say why the second step is needed, and lead to it or to another hat."""
    if "next" in request.GET:
        request.session["continue_to"] = _safe(request, request.GET["next"])
    waiting = getattr(request.actor, "waiting", None)
    if waiting is None:
        return redirect(request.session.pop("continue_to", "/"))
    has_app = Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.TOTP
    ).exists()
    if has_app:
        back = urlencode({"next": reverse("access:second_factor")})
        return redirect(f"{reverse('mfa_reauthenticate')}?{back}")
    others = [h for h in request.actor.hats if not h.needs_second_factor]
    return render_page(request, "access/second_factor.html", {"hat": waiting, "others": others})


@while_signing_in
@page(SIGNED_IN, methods=("POST",))
def wear_hat(request: Request, key: str) -> HttpResponseBase:
    """Act in another of one's roles; the session gets a new key."""
    actor = request.actor
    if not isinstance(actor, GrantActor) or key not in {hat.key for hat in actor.hats}:
        raise Http404
    request.session[HAT_KEY] = key
    request.session.cycle_key()
    return redirect(
        _page_for(actor_in_hat(actor, key), _safe(request, request.POST.get("next", "")))
    )


@while_signing_in
@page(PUBLIC, methods=("POST",))
def choose_language(request: Request) -> HttpResponseBase:
    """Read everything in another language from now on."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    if isinstance(request.user, User):
        set_language(user=request.user, language=language)
    response = redirect(_safe(request, request.POST.get("next", "")))
    _set_cookie(response, LANGUAGE_COOKIE, language)
    return response


@while_signing_in
@page(PUBLIC, methods=("POST",))
def choose_theme(request: Request) -> HttpResponseBase:
    """Choose light, dark or the system's appearance."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        raise Http404
    if isinstance(request.user, User):
        set_theme(user=request.user, theme=theme)
    response = redirect(_safe(request, request.POST.get("next", "")))
    _set_cookie(response, "theme", theme)
    return response


@while_signing_in
@page(SIGNED_IN, methods=("GET",))
def account(request: Request) -> HttpResponse:
    """Show one's own account: how to sign in, and which roles one holds why."""
    kinds = set(
        Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True)
    )
    context = {
        "account": request.user,
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "has_password": isinstance(request.user, User) and request.user.has_usable_password(),
        "grants": grant_lines(own_grants(actor=request.actor), actor=request.actor),
        "languages": settings.LANGUAGES,
    }
    return render_page(request, "access/account.html", context)


@while_signing_in
@page(SIGNED_IN, methods=("GET",))
def security(request: Request) -> HttpResponseBase:
    """Lead the library's own overview to the account page."""
    return redirect("access:account")


def _own_kept(request: Request) -> kept.KeptForm | None:
    sealed = request.session.get(kept.SESSION_KEY)
    form = kept.unseal(sealed) if sealed else None
    if form is None or not kept.is_ours(form.path) or not form.is_for(int(request.user.pk or 0)):
        request.session.pop(kept.SESSION_KEY, None)
        return None
    return form


def _readable(form: kept.KeptForm) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), value) for name, value in form.fields if value.strip()]


def _to_sign_in(request: Request) -> HttpResponseBase:
    htmx = getattr(request, "htmx", None)
    back = request.get_full_path()
    if htmx:
        back = htmx.current_url_abs_path or "/"
    query = {"next": back}
    if getattr(request, "ended_for", None):
        query["ended"] = "1"
    url = f"{reverse('account_login')}?{urlencode(query)}"
    if htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _safe(request: Request, path: str) -> str:
    """Return a path of this site, or the home page."""
    is_safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_safe and not path.startswith("//") else "/"


def _page_for(actor: GrantActor, path: str) -> str:
    """Return the path when the new hat may open that page, else the home page."""
    try:
        view = resolve(path.split("?")[0]).func
    except Resolver404:
        return "/"
    permission = getattr(view, "permission", None)
    return path if permission is not None and actor.may(permission) else "/"


def _set_cookie(response: HttpResponse, name: str, value: str) -> None:
    if not value:
        response.delete_cookie(name)
        return
    response.set_cookie(
        name,
        value,
        max_age=int(YEAR.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
