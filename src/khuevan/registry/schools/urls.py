"""Routes of schools. Classes and their pupils stand under a school too, but are not this app's."""

from django.urls import path

from khuevan.registry.schools.pages import (
    campuses,
    classes,
    decisions,
    legal,
    opening,
    overview,
    years,
)

app_name = "schools"

_SCHOOL = "schools/<str:code>/"
_CAMPUS = f"{_SCHOOL}campuses/<uuid:uuid>/"
_DECISION = f"{_SCHOOL}decisions/<uuid:uuid>/"
_ROOM = f"{_SCHOOL}rooms/<uuid:uuid>/"

urlpatterns = [
    path("years/", years.years, name="years"),
    path("years/<str:year>/<str:level>/", years.year_level, name="year_level"),
    path("closures/", years.closures, name="closures"),
    path("closures/new/", years.closure_new, name="closure_new"),
    path("closures/<uuid:uuid>/make-up/", years.make_up, name="make_up"),
    path("closures/<uuid:uuid>/make-up/withdraw/", years.make_up_withdraw, name="make_up_withdraw"),
    path("closures/<uuid:uuid>/withdraw/", years.closure_withdraw, name="closure_withdraw"),
    path("schools/", overview.school_list, name="list"),
    path("schools/new/", opening.school_new, name="new"),
    path("schools/found/", opening.school_found, name="found"),
    path("schools/facilities/", overview.facility_list, name="facilities"),
    path("schools/facilities/facilities.<str:kind>", overview.facility_file, name="facility_file"),
    path("schools/facilities/new/", opening.facility_new, name="facility_new"),
    path("schools/schools.<str:kind>", overview.school_file, name="file"),
    path(_SCHOOL, overview.school, name="school"),
    path(f"{_SCHOOL}history/", overview.school_history, name="history"),
    path(f"{_SCHOOL}calendar/", years.school_calendar, name="calendar"),
    path(f"{_SCHOOL}contact/", campuses.contact, name="contact"),
    path(f"{_SCHOOL}facts/", legal.facts, name="facts"),
    path(f"{_SCHOOL}facts/change/", legal.facts_change, name="facts_change"),
    path(f"{_SCHOOL}facts/correct/", legal.facts_correct, name="facts_correct"),
    path(f"{_SCHOOL}code/", legal.code_change, name="code_change"),
    path(f"{_SCHOOL}close/", decisions.close, name="close"),
    path(f"{_SCHOOL}permit/", decisions.permit, name="permit"),
    path(f"{_DECISION}correct/", decisions.decision_correct, name="decision_correct"),
    path(f"{_DECISION}withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path(f"{_SCHOOL}campuses/", campuses.campuses, name="campuses"),
    path(f"{_SCHOOL}campuses/new/", campuses.campus_new, name="campus_new"),
    path(f"{_CAMPUS}edit/", campuses.campus_edit, name="campus_edit"),
    path(f"{_CAMPUS}close/", campuses.campus_close, name="campus_close"),
    path(f"{_CAMPUS}rooms/new/", campuses.room_new, name="room_new"),
    path(f"{_ROOM}edit/", campuses.room_edit, name="room_edit"),
    path(f"{_ROOM}close/", campuses.room_close, name="room_close"),
    path(f"{_SCHOOL}classes/<uuid:uuid>/edit/", classes.class_edit, name="class_edit"),
    path(f"{_SCHOOL}classes/<uuid:uuid>/close/", classes.class_close, name="class_close"),
]
