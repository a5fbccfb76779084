"""Routes of the import wizard."""

from django.conf import settings
from django.urls import URLPattern, path

from khuevan.platform.sheets import (
    bundle_pages,
    name_pages,
    out_pages,
    package_pages,
    pages,
    undo_pages,
)

app_name = "sheets"


def demo_urls(*, is_demo: bool) -> list[URLPattern]:
    """Return the route of the list to practice on, or nothing outside the demo."""
    route = path("imports/new/<str:kind>/practice.xlsx", pages.practice, name="practice")
    return [route] if is_demo else []


urlpatterns = [
    path("imports/", pages.index, name="index"),
    path("imports/new/<str:kind>/", pages.upload, name="upload"),
    path("imports/new/<str:kind>/template.xlsx", pages.template, name="template"),
    path("imports/packages/<uuid:uuid>/", package_pages.show, name="package_made"),
    path("imports/packages/<str:kind>/", package_pages.package, name="package"),
    path("imports/many/", bundle_pages.new, name="bundle_new"),
    path("imports/many/<uuid:uuid>/", bundle_pages.show, name="bundle"),
    path("imports/many/<uuid:uuid>/go-on/", bundle_pages.go_on, name="bundle_go_on"),
    path("imports/many/<uuid:uuid>/write/", bundle_pages.write, name="bundle_write"),
    path("imports/many/<uuid:uuid>/undo/", bundle_pages.undo, name="bundle_undo"),
    path("imports/many/<uuid:uuid>/report.xlsx", bundle_pages.report, name="bundle_report"),
    path("imports/out/<str:kind>/", out_pages.take_out, name="out"),
    path("imports/<uuid:uuid>/", pages.show, name="import"),
    path("imports/<uuid:uuid>/columns/", pages.match, name="match"),
    path("imports/<uuid:uuid>/names/", name_pages.names, name="names"),
    path("imports/<uuid:uuid>/names/<int:match_id>/forget/", name_pages.forget, name="forget_name"),
    path("imports/<uuid:uuid>/confirm/", pages.confirm, name="confirm"),
    path("imports/<uuid:uuid>/check/", pages.recheck, name="recheck"),
    path("imports/<uuid:uuid>/reopen/", pages.reopen, name="reopen"),
    path("imports/<uuid:uuid>/undo/", undo_pages.undo, name="undo"),
    path("imports/<uuid:uuid>/drop/", pages.drop, name="drop"),
    path("imports/<uuid:uuid>/marked.xlsx", pages.marked, name="marked"),
    path("imports/<uuid:uuid>/remedies/<str:code>/", pages.remedy, name="remedy"),
    path("imports/<uuid:uuid>/rows/<int:number>/<int:column>/", pages.fix, name="fix"),
    path("imports/<uuid:uuid>/rows/<int:number>/leave-out/", pages.leave_out, name="leave_out"),
    path("imports/<uuid:uuid>/rows/<int:number>/take-back/", pages.take_back, name="take_back"),
    *demo_urls(is_demo=settings.DEMO_MODE),
]
