"""A pupil's case that ended long ago, with a scan in its file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.platform.files.api import StoredFile
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.transfers import actions
from khuevan.registry.transfers.models import Transfer
from tests.factories import EVERYTHING, NOW, TODAY, make_student

LONG_AGO = date(2015, 9, 1)


def ended_case(
    room: HomeroomClass, to: School, *, since: date | None = LONG_AGO, paper: str = "REQUEST"
) -> StoredFile:
    """Return the scan that the old school gave to a case ended on a day; None: it goes on."""
    pupil: Any = make_student("Lê Gia Hân", homeroom_class=room, personal_number=None)
    wish = actions.Wish(moves_on=TODAY, reason="Gia đình chuyển nơi ở")
    case = actions.ask_to_leave(
        actor=EVERYTHING, student_uuid=pupil.uuid, to=to, wish=wish, now=NOW
    )
    given = actions.give_paper(
        actor=EVERYTHING,
        uuid=case.uuid,
        paper=paper,
        upload=SimpleUploadedFile("hoc-ba.pdf", b"%PDF-1.4\n%%EOF\n"),
        now=NOW,
    )
    assert given.file is not None
    files = StoredFile.objects.unscoped(because="a test says which school gave it")
    files.filter(pk=given.file.pk).update(unit_id=room.school_id)
    if since is not None:
        rows = Transfer.objects.unscoped(because="a test says when it ended")
        rows.filter(pk=case.pk).update(state="WITHDRAWN", since_on=since)
    return given.file
