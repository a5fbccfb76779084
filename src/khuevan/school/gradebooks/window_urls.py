"""Routes of windows, columns and corrections."""

from django.urls import path

from khuevan.school.gradebooks.pages import (
    arrangements,
    columns,
    corrections,
    progress,
    windows,
)

_SCHOOL = "schools/<str:code>/gradebooks/"
_WINDOW = f"{_SCHOOL}windows/<uuid:uuid>/"
_CORRECTION = "gradebooks/corrections/<uuid:uuid>/"
_PUPIL = "students/<uuid:uuid>/assessment/"
_BOOK = "gradebooks/<uuid:uuid>/"

routes = [
    path(f"{_SCHOOL}windows/", windows.windows, name="windows"),
    path(_WINDOW, windows.window, name="window"),
    path(f"{_WINDOW}lock/", windows.lock, name="lock"),
    path(f"{_WINDOW}make-ups/", windows.make_ups, name="make_ups"),
    path(f"{_WINDOW}make-ups/undo/", windows.undo_make_ups, name="undo_make_ups"),
    path(f"{_SCHOOL}missing/", progress.missing, name="missing"),
    path(f"{_SCHOOL}missing/remind/", progress.remind, name="remind"),
    path(f"{_SCHOOL}corrections/", corrections.school, name="school_corrections"),
    path("gradebooks/corrections/", corrections.own, name="corrections"),
    path(_CORRECTION, corrections.correction, name="correction"),
    path(f"{_CORRECTION}confirm/", corrections.confirm, name="confirm_correction"),
    path(f"{_CORRECTION}turn-down/", corrections.turn_down, name="turn_down_correction"),
    path(f"{_CORRECTION}approve/", corrections.approve, name="approve_correction"),
    path(f"{_CORRECTION}refuse/", corrections.refuse, name="refuse_correction"),
    path(f"{_CORRECTION}withdraw/", corrections.withdraw, name="withdraw_correction"),
    path(
        "gradebooks/corrections/class/<uuid:uuid>/", corrections.printed, name="print_corrections"
    ),
    path(f"{_BOOK}cells/<uuid:student>/<int:slot>/", corrections.cell, name="cell"),
    path(f"{_BOOK}cells/<uuid:student>/<int:slot>/ask/", corrections.ask, name="ask_correction"),
    path(_PUPIL, arrangements.pupil, name="arrangements"),
    path(f"{_PUPIL}carry/", arrangements.carry, name="carry"),
    path(f"{_PUPIL}term-1/", arrangements.brought, name="brought"),
    path("gradebooks/arrangements/<uuid:uuid>/end/", arrangements.end, name="end_arrangement"),
    path(f"{_BOOK}longer/", columns.longer, name="longer"),
    path(f"{_BOOK}columns/", columns.columns, name="columns"),
    path(f"{_BOOK}columns/add/", columns.add, name="add_column"),
    path(f"{_BOOK}columns/<int:slot>/", columns.column, name="column"),
    path(f"{_BOOK}columns/<int:slot>/close/", columns.close, name="close_column"),
    path(f"{_BOOK}columns/<int:slot>/remove/", columns.remove, name="remove_column"),
    path(f"{_BOOK}columns/<int:slot>/open/", columns.reopen, name="open_column"),
]
