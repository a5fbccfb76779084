"""Routes of people."""

from django.urls import path

from khuevan.registry.people.pages import consents, doubts, edits, persons, photos

app_name = "people"

urlpatterns = [
    path("people/numbers/", doubts.doubts, name="doubts"),
    path("people/allowed/", consents.allowed, name="allowed"),
    path("people/<uuid:uuid>/", persons.person, name="person"),
    path("people/<uuid:uuid>/life/", persons.life, name="life"),
    path("people/<uuid:uuid>/name/", edits.name, name="name"),
    path("people/<uuid:uuid>/temporary-code/", edits.temporary, name="temporary"),
    path("people/<uuid:uuid>/replace-code/", edits.replace, name="replace"),
    path("people/<uuid:uuid>/passport/", edits.passport, name="passport"),
    path("people/<uuid:uuid>/contacts/", edits.contacts, name="contacts"),
    path("people/<uuid:uuid>/address/", edits.address, name="address"),
    path("people/<uuid:uuid>/addresses/<uuid:address>/convert/", edits.convert, name="convert"),
    path("people/<uuid:uuid>/background/", edits.background, name="background"),
    path("people/<uuid:uuid>/number/", doubts.confirm, name="confirm"),
    path("people/<uuid:uuid>/photo/", photos.photo, name="photo"),
    path("people/<uuid:uuid>/photo/new/", photos.change, name="photo_new"),
    path("people/<uuid:uuid>/consents/", consents.consents, name="consents"),
    path("people/<uuid:uuid>/consents/<slug:purpose>/", consents.answer, name="answer"),
    path("people/<uuid:uuid>/consents/<slug:purpose>/paper/", consents.paper, name="paper"),
]
