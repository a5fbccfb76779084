"""Routes of authority: the question, and what is answered for one school."""

from django.urls import path

from khuevan.registry.authority import pages

app_name = "authority"

urlpatterns = [
    path("authority/", pages.ask, name="ask"),
    path("schools/<str:code>/authority/", pages.school, name="school"),
    path("schools/<str:code>/authority/<slug:power>/", pages.power, name="power"),
]
