"""All routes: every app of ours that has a urls.py, at the paths it states itself."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{app.name}.urls"))
    for app in apps.get_app_configs()
    if app.name.startswith("khuevan.")
    and app.name != "khuevan.config"
    and module_has_submodule(app.module, "urls")
]

handler400 = "khuevan.ui.errors.bad_request"
handler403 = "khuevan.ui.errors.permission_denied"
handler404 = "khuevan.ui.errors.not_found"
handler500 = "khuevan.ui.errors.server_error"
