"""Routes of comments."""

from django.urls import path

from khuevan.school.remarks.pages import lists, phrases, saving, setting, sheet

app_name = "remarks"

_SHEET = "remarks/<uuid:uuid>/<int:period>/"
_SCHOOL = "schools/<str:code>/remarks/"

urlpatterns = [
    path("my/remarks/", lists.own, name="own"),
    path("my/remarks/phrases/", phrases.own, name="own_phrases"),
    path("my/remarks/phrases/paste/", phrases.own_paste, name="own_paste"),
    path("my/remarks/phrases/<uuid:uuid>/", phrases.own_edit, name="own_edit"),
    path("my/remarks/phrases/<uuid:uuid>/remove/", phrases.own_remove, name="own_remove"),
    path(_SHEET, sheet.sheet, name="sheet"),
    path(f"{_SHEET}save/", saving.save, name="save"),
    path(f"{_SHEET}print/", sheet.printed, name="print"),
    path(f"{_SHEET}list.xlsx", sheet.workbook, name="workbook"),
    path(_SCHOOL, lists.school, name="school"),
    path(f"{_SCHOOL}phrases/", phrases.school, name="phrases"),
    path(f"{_SCHOOL}phrases/paste/", phrases.paste, name="paste"),
    path(f"{_SCHOOL}phrases/take/", phrases.take, name="take"),
    path(f"{_SCHOOL}phrases/<uuid:uuid>/", phrases.edit, name="edit"),
    path(f"{_SCHOOL}phrases/<uuid:uuid>/remove/", phrases.remove, name="remove"),
    path(f"{_SCHOOL}setting/", setting.setting, name="setting"),
]
