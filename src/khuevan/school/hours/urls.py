"""Routes of overtime."""

from django.urls import path

from khuevan.school.hours.pages import closing, make_up, own, statement

app_name = "hours"

_SCHOOL = "schools/<str:code>/hours/"

urlpatterns = [
    path(_SCHOOL, statement.statement, name="statement"),
    path(f"{_SCHOOL}statement.xlsx", statement.workbook, name="workbook"),
    path(f"{_SCHOOL}print/", statement.printed, name="print"),
    path(f"{_SCHOOL}close/", closing.close, name="close"),
    path(f"{_SCHOOL}open/", closing.reopen, name="open"),
    path(f"{_SCHOOL}rule/", closing.rule, name="rule"),
    path(f"{_SCHOOL}make-up/", make_up.make_up, name="make_up"),
    path(f"{_SCHOOL}make-up/day/", make_up.make_up_whole, name="make_up_whole"),
    path(f"{_SCHOOL}<uuid:uuid>/", statement.teacher, name="teacher"),
    path("my/hours/", own.own, name="own"),
]
