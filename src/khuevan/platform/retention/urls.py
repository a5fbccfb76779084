"""Routes of retention."""

from django.urls import path

from khuevan.platform.retention import pages

app_name = "retention"

urlpatterns = [
    path("retention/", pages.kind_list, name="list"),
    path("retention/destructions/<uuid:uuid>/", pages.destruction, name="destruction"),
    path("retention/<slug:code>/", pages.kind, name="kind"),
    path("retention/<slug:code>/destroy/", pages.destroy, name="destroy"),
]
