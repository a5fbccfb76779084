"""Routes of move-overs."""

from django.conf import settings
from django.urls import URLPattern, path

from khuevan.registry.cutover.pages import comparing, signing, way

app_name = "cutover"

_ONE = "cutovers/<uuid:uuid>/"
_RECORD = "cutovers/records/<uuid:uuid>/"


def demo_urls(*, is_demo: bool) -> list[URLPattern]:
    """Return the route of the files to practice on, or nothing outside the demo."""
    route = path(f"{_ONE}practice.zip", way.practice, name="practice")
    return [route] if is_demo else []


urlpatterns = [
    path("cutovers/", way.cutover_list, name="list"),
    path("cutovers/schools/<str:code>/", way.school, name="school"),
    path("cutovers/schools/<str:code>/begin/", way.begin, name="begin"),
    path(f"{_ONE}lists/in/", way.count_in, name="count_in"),
    path(f"{_ONE}lists/out/", way.leave_out, name="leave_out"),
    path(f"{_ONE}abandon/", way.abandon, name="abandon"),
    path(f"{_ONE}totals/", comparing.totals, name="totals"),
    path(f"{_ONE}comparison/", comparing.comparison, name="comparison"),
    path(f"{_ONE}comparison/explain/", comparing.explain, name="explain"),
    path(f"{_ONE}classes/<path:key>/", comparing.room, name="room"),
    path(f"{_ONE}submit/", signing.submit, name="submit"),
    path(f"{_ONE}sign/", signing.sign, name="sign"),
    path(f"{_ONE}withdraw/", signing.withdraw, name="withdraw"),
    path(_RECORD, signing.record, name="record"),
    path(f"{_RECORD}record.xlsx", signing.record_file, name="record_file"),
    *demo_urls(is_demo=settings.DEMO_MODE),
]
