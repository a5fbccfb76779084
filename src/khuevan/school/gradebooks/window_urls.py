"""Routes of windows, columns and corrections."""

from django.urls import path

from khuevan.school.gradebooks.pages import columns, progress, windows

_SCHOOL = "schools/<str:code>/gradebooks/"
_WINDOW = f"{_SCHOOL}windows/<uuid:uuid>/"
_BOOK = "gradebooks/<uuid:uuid>/"

routes = [
    path(f"{_SCHOOL}windows/", windows.windows, name="windows"),
    path(_WINDOW, windows.window, name="window"),
    path(f"{_WINDOW}lock/", windows.lock, name="lock"),
    path(f"{_WINDOW}make-ups/", windows.make_ups, name="make_ups"),
    path(f"{_WINDOW}make-ups/undo/", windows.undo_make_ups, name="undo_make_ups"),
    path(f"{_SCHOOL}missing/", progress.missing, name="missing"),
    path(f"{_SCHOOL}missing/remind/", progress.remind, name="remind"),
    path(f"{_BOOK}longer/", columns.longer, name="longer"),
    path(f"{_BOOK}columns/", columns.columns, name="columns"),
    path(f"{_BOOK}columns/add/", columns.add, name="add_column"),
    path(f"{_BOOK}columns/<int:slot>/close/", columns.close, name="close_column"),
    path(f"{_BOOK}columns/<int:slot>/remove/", columns.remove, name="remove_column"),
    path(f"{_BOOK}columns/<int:slot>/open/", columns.reopen, name="open_column"),
]
