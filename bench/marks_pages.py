"""The part of `bench.marks` that needs the set-up: teachers with sessions, one sheet in here."""

from __future__ import annotations

import json
import logging
import statistics
import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from khuevan.kernel import clock
from khuevan.platform.accounts.api import User
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.models import Gradebook, Mark

BECAUSE = "the benchmark enters invented marks"
ROUNDS, SLOT, PERIOD = 40, 250, 2
_BOOKS = """
SELECT DISTINCT ON (given.person_id) book.uuid, given.person_id
FROM gradebooks_gradebook book
JOIN staff_teachingassignment given ON given.homeroom_class_id = book.homeroom_class_id
    AND given.subject_name = ANY(book.parts)
    AND given.starts_on <= %(today)s AND (given.ends_on IS NULL OR given.ends_on > %(today)s)
WHERE book.form = 'SCORE' AND cardinality(book.slots) = 12
    AND (SELECT count(*) FROM students_classplacement p
         WHERE p.homeroom_class_id = book.homeroom_class_id AND p.ends_on IS NULL) >= 40
ORDER BY given.person_id, book.id LIMIT %(most)s
"""


def teachers(most: int) -> list[dict[str, Any]]:
    """Give teachers of large classes a sign-in each; return what their clients have to know."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(_BOOKS, {"today": today, "most": most})
        pairs = cursor.fetchall()
    books = Gradebook.objects.unscoped(because=BECAUSE).in_bulk(
        [uuid for uuid, _person in pairs], field_name="uuid"
    )
    found = [_told(books[uuid], person) for uuid, person in pairs]
    print(
        f"{len(found)} teachers, {statistics.mean(len(one['pupils']) for one in found):.0f} pupils"
    )
    return found


def _told(book: Gradebook, person: int) -> dict[str, Any]:
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id=book.homeroom_class_id, ends_on=None
    )
    pupils = [str(one) for one in rows.order_by("pk").values_list("student__uuid", flat=True)[:45]]
    return {
        "session": _session(person),
        "url": f"/gradebooks/{book.uuid}/",
        "slot": SLOT,
        "pupils": pupils,
        "versions": _versions(book, SLOT),
        "next": 0,
    }


def _versions(book: Gradebook, slot: int) -> dict[str, int]:
    """Return which version of each mark of a column stands, by pupil."""
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, slot=slot
    )
    return {str(uuid): at for uuid, at in rows.values_list("student__uuid", "version")}


def _session(person: int) -> str:
    user = User.objects.for_sign_in().filter(person_id=person).first() or User.objects.create(
        username=f"bench{person}", person_id=person, password="!", created_at=clock.now()
    )
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = import_module(settings.SESSION_ENGINE).SessionStore(client.session.session_key)
    session["second_factor"] = user.pk
    session.save()
    return str(client.session.session_key)


def measure(told: dict[str, Any]) -> None:
    """Print the processor and the queries of a sheet opened and of a column saved, in here."""
    setup_test_environment()
    logging.getLogger("khuevan.request").disabled = True
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = told["session"]
    address = f"{told['url']}?period={PERIOD}"

    uuid = told["url"].split("/")[2]
    first = _versions(Gradebook.objects.unscoped(because=BECAUSE).get(uuid=uuid), SLOT - 10)

    def save(number: int) -> Any:
        cells = [
            {
                "op": str(at),
                "student": one,
                "slot": SLOT - 10,
                "typed": f"{(first.get(one, 0) + number) % 10},{at % 10}",
                "base": first.get(one, 0) + number,
            }
            for at, one in enumerate(told["pupils"])
        ]
        body = json.dumps({"how": "typed", "cells": cells})
        return client.post(f"{told['url']}marks/", body, content_type="application/json")

    for name, deed in (("open", lambda _n: client.get(address)), ("save", save)):
        for number in range(3):
            answer = deed(number)
        assert answer.status_code == 200, answer.content[:200]
        times: list[float] = []
        for number in range(3, ROUNDS):
            began = time.process_time()
            answer = deed(number)
            times.append((time.process_time() - began) * 1000)
        if name == "save":
            assert answer.content.count(b'"saved"') == len(told["pupils"]), answer.content[:300]
        with CaptureQueriesContext(connection) as asked:
            deed(ROUNDS)
        size = len(answer.content) / 1024
        print(
            f"{name}: {statistics.median(times):.1f} ms of processor, {len(asked)} queries,"
            f" {size:.0f} KB"
        )
    connection.close()
