"""Routes of data quality."""

from django.urls import path

from khuevan.insight.quality.pages import findings, own, scores

app_name = "quality"

_RULE = "quality/schools/<str:code>/<str:rule>/"

urlpatterns = [
    path("quality/", scores.index, name="index"),
    path("quality/league.xlsx", scores.league_file, name="file"),
    path("quality/class/", own.own_class, name="own_class"),
    path("quality/rules/", scores.rules, name="rules"),
    path("quality/rules/<str:rule>/", scores.rule, name="rule"),
    path("quality/schools/<str:code>/", scores.school, name="school"),
    path("quality/schools/<str:code>/count/", scores.count_anew, name="count"),
    path(f"{_RULE}", findings.list_findings, name="findings"),
    path(f"{_RULE}pupils/<uuid:uuid>/", findings.fix_pupil, name="fix_pupil"),
    path(f"{_RULE}staff/<uuid:uuid>/", findings.fix_staff, name="fix_staff"),
    path(f"{_RULE}homerooms/<uuid:uuid>/", findings.fix_homeroom, name="fix_homeroom"),
    path(f"{_RULE}classes/<uuid:uuid>/", findings.fix_class, name="fix_class"),
    path(f"{_RULE}school/<uuid:uuid>/", findings.fix_school, name="fix_school"),
]
