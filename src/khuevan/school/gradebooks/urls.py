"""Routes of gradebooks."""

from django.urls import path

from khuevan.school.gradebooks.pages import books, files, marks, sheet
from khuevan.school.gradebooks.window_urls import routes

app_name = "gradebooks"

urlpatterns = [
    path("my/gradebooks/", books.own, name="own"),
    path("gradebooks/", books.start, name="start"),
    path("schools/<str:code>/gradebooks/", books.school, name="school"),
    path("schools/<str:code>/gradebooks/open/", books.open_year, name="open"),
    path("gradebooks/<uuid:uuid>/", sheet.sheet, name="sheet"),
    path("gradebooks/<uuid:uuid>/marks/", marks.save, name="marks"),
    path("gradebooks/<uuid:uuid>/print/", sheet.blank, name="print"),
    path("gradebooks/<uuid:uuid>/sheet.xlsx", files.workbook, name="workbook"),
    *routes,
]
