"""Routes of combinations and rounds."""

from django.urls import path

from khuevan.registry.choices.pages import changes, combinations, entering, rounds

app_name = "choices"

_SCHOOL = "schools/<str:code>/"
_ROUND = f"{_SCHOOL}choice-rounds/<uuid:uuid>/"

urlpatterns = [
    path(f"{_SCHOOL}combinations/", combinations.board, name="board"),
    path(f"{_SCHOOL}combinations/add/", combinations.add, name="add"),
    path(f"{_SCHOOL}combinations/follow/", combinations.follow, name="follow"),
    path(f"{_SCHOOL}combinations/<uuid:uuid>/", combinations.edit, name="edit"),
    path(f"{_SCHOOL}combinations/<uuid:uuid>/close/", combinations.close, name="close"),
    path(f"{_SCHOOL}choice-rounds/add/", rounds.add, name="round_add"),
    path(_ROUND, rounds.show, name="round"),
    path(f"{_ROUND}edit/", rounds.edit, name="round_edit"),
    path(f"{_ROUND}remind/", rounds.remind, name="remind"),
    path(f"{_ROUND}compute/", rounds.compute, name="compute"),
    path(f"{_ROUND}publish/", rounds.publish, name="publish"),
    path(f"{_ROUND}list/", entering.pasted, name="list"),
    path(f"{_ROUND}file/", entering.file, name="file"),
    path(f"{_ROUND}pupils/<uuid:student>/", entering.wishes, name="wishes"),
    path("students/<uuid:uuid>/combination/", changes.change, name="change"),
    path("combination-changes/<uuid:uuid>/decide/", changes.decide, name="decide"),
]
