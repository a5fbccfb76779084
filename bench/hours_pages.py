"""What `bench.hours` does once Django is set up: gives a school teachers, reads its statement."""

from __future__ import annotations

import gc
import logging
import statistics
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from bench.staffing_pages import load_province
from khuevan.kernel import clock
from khuevan.platform.accounts.api import User
from khuevan.registry.schools.api import HomeroomClass, School, academic_year_on
from khuevan.registry.staff.api import Appointment
from khuevan.school.timetable.models import (  # the bench stands beside the app, as its tests do
    Half,
    ScheduledLesson,
    Timetable,
    TimetableState,
)

TEACHERS, LESSONS, ROUNDS, SCHOOLS = (45, 120), 17, 20, 40
SUBJECT = "Toán"
BECAUSE = "the benchmark makes and reads an invented school"


def read() -> list[int]:
    """Read the statement at each size; return the counts of queries."""
    load_province(SCHOOLS)
    logging.disable(logging.INFO)
    setup_test_environment()
    school = School.objects.unscoped(because=BECAUSE).get(code="424465001")
    client = Client()
    user = User.objects.for_sign_in().get(username="hung")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    counts = []
    for teachers in TEACHERS:
        lessons = _fill(school, teachers)
        url = f"/schools/{school.code}/hours/"
        gc.collect()
        gc.freeze()  # as a server process does when it has loaded the program
        times, own = [], []
        for _round in range(ROUNDS):
            began = time.perf_counter(), time.process_time()
            answer = client.get(url)
            times.append((time.perf_counter() - began[0]) * 1000)
            own.append((time.process_time() - began[1]) * 1000)
            assert answer.status_code == 200, answer.status_code
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
        ordered = sorted(times)
        print(
            f"{teachers} teachers, {lessons} lessons a week: median"
            f" {statistics.median(times):.0f} ms, p95 {ordered[int(len(ordered) * 0.95) - 1]:.0f}"
            f" ms, {statistics.median(own):.0f} of processor, {len(asked)} queries,"
            f" {len(answer.content) // 1024} KB"
        )
    return counts


def _fill(school: School, teachers: int) -> int:
    """Let so many people teach at the school, each so many lessons a week since the year began."""
    year = academic_year_on(clock.today())
    assert year is not None
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(
        is_primary=True, ends_on__isnull=True, position="TEACHER"
    )
    own = rows.filter(unit_id=school.pk)
    missing = teachers - own.count()
    if missing > 0:
        more = list(rows.exclude(unit_id=school.pk).order_by("pk").values_list("pk", flat=True))
        rows.filter(pk__in=more[:missing]).update(unit_id=school.pk)
    classes = HomeroomClass.objects.unscoped(because=BECAUSE).filter(
        school=school, academic_year=year
    )
    rooms = list(classes.order_by("pk"))
    first = year.starts_on + timedelta(days=-year.starts_on.weekday() % 7)
    ScheduledLesson.objects.unscoped(because=BECAUSE).filter(school=school).delete()
    Timetable.objects.unscoped(because=BECAUSE).filter(school=school).delete()
    made = Timetable.objects.unscoped(because=BECAUSE).create(
        school=school,
        academic_year=year,
        name="Bench",
        starts_on=first,
        state=TimetableState.PUBLISHED,
        published_at=clock.now(),
    )
    lessons = [
        ScheduledLesson(
            timetable=made,
            school_id=school.pk,
            homeroom_class=rooms[number % len(rooms)],
            subject_name=SUBJECT,
            staff_member_id=one.staff_member_id,
            person_id=one.person_id,
            weekday=at % 6 + 1,
            half=Half.MORNING,
            period=at // 6 + 1,
        )
        for number, one in enumerate(own.order_by("pk")[:teachers])
        for at in range(LESSONS)
    ]
    ScheduledLesson.objects.unscoped(because=BECAUSE).bulk_create(lessons)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(lessons)
