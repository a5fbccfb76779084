"""Routes of the family's pages."""

from django.urls import path

from khuevan.community.family import choosing, pages, studying, taking, weeks

app_name = "family"

urlpatterns = [
    path("family/", pages.home, name="home"),
    path("family/record/", pages.record, name="record"),
    path("family/looks/", pages.looks, name="looks"),
    path("family/consent/", pages.consent, name="consent"),
    path("family/choices/", choosing.choices, name="choices_home"),
    path("family/<uuid:uuid>/choices/", choosing.child_choices, name="choices"),
    path("family/<uuid:uuid>/", pages.child, name="child"),
    path("family/<uuid:uuid>/study/", studying.study, name="study"),
    path("family/<uuid:uuid>/number/", pages.child_number, name="child_number"),
    path("family/<uuid:uuid>/file/", taking.child_file, name="child_file"),
    path("family/<uuid:uuid>/timetable/", weeks.child_week, name="week"),
    path("family/<uuid:uuid>/looks/", pages.child_looks, name="child_looks"),
]
