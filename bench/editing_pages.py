"""What `bench.editing` does once Django is set up: makes the school and edits its week."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from bench.staffing_pages import load_province
from bench.timetable import PERIODS_OF_TEACHER, PLAN
from khuevan.kernel import clock
from khuevan.kernel.periods import monday_of
from khuevan.platform.accounts.api import User
from khuevan.registry.schools.api import HomeroomClass, School, academic_year_on
from khuevan.registry.staff.api import StaffMember
from khuevan.school.timetable.models import (  # the bench stands beside the app, as its tests do
    Half,
    ScheduledLesson,
    Timetable,
)

CLASSES, SEED, ROUNDS, SCHOOLS = 45, 9, 60, 40
SLOTS = tuple((day, period) for day in range(1, 7) for period in range(1, 6))
BECAUSE = "the benchmark makes and edits an invented school"
HTMX = {"HX-Request": "true"}
PROCESSOR: defaultdict[int, list[float]] = defaultdict(list)
"""What the program itself worked for, by the list of times it stands beside."""


def load_school() -> Timetable:
    """Give the clerk's school 45 classes and a draft whose classes are full, with some clashes."""
    load_province(SCHOOLS)
    user = User.objects.for_sign_in().get(username="loan")
    school = School.objects.unscoped(because=BECAUSE).get(code="424465001")
    today = clock.today()
    year = academic_year_on(today)
    assert year is not None
    rows = HomeroomClass.objects.unscoped(because=BECAUSE)
    classes = list(rows.filter(school=school, academic_year=year).order_by("sort_key"))
    for number in range(len(classes), CLASSES):
        name = f"9{number:02}"
        first = classes[0]
        classes.append(
            rows.create(
                school=school,
                academic_year=year,
                grade_level=first.grade_level,
                campus=first.campus,
                name=name,
                match_name=name,
                sort_key=name,
                session=first.session,
            )
        )
    made: Timetable = Timetable.objects.unscoped(because=BECAUSE).create(
        school=school,
        academic_year=year,
        name=f"Bench {user.pk}",
        starts_on=monday_of(today) + timedelta(days=7),
    )
    lessons = list(_lessons(made, classes[:CLASSES]))
    ScheduledLesson.objects.unscoped(because=BECAUSE).bulk_create(lessons)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{len(lessons)} lessons of {CLASSES} classes")
    return made


def _lessons(made: Timetable, classes: list[HomeroomClass]) -> Iterator[ScheduledLesson]:
    """Yield each class's lessons, where its teachers are free as far as the first look goes."""
    chance = random.Random(SEED)
    staff = list(StaffMember.objects.unscoped(because=BECAUSE).order_by("pk")[:200])
    given: Counter[str] = Counter()
    busy: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    numbers: dict[str, int] = {}
    for room in classes:
        free = list(SLOTS)
        chance.shuffle(free)
        for subject, periods in PLAN.items():
            for _period in range(periods):
                key = f"{subject} {given[subject] // PERIODS_OF_TEACHER}"
                given[subject] += 1
                member = staff[numbers.setdefault(key, len(numbers))]
                at = next((one for one in free if one not in busy[member.pk]), free[0])
                free.remove(at)
                busy[member.pk].add(at)
                yield ScheduledLesson(
                    timetable=made,
                    school_id=made.school_id,
                    homeroom_class=room,
                    subject_name=subject,
                    staff_member=member,
                    person_id=member.person_id,
                    weekday=at[0],
                    half=Half.MORNING,
                    period=at[1],
                )


def edit(timetable: Timetable) -> tuple[float, float]:
    """Edit as somebody does; return the p95 of a move in ms and the biggest page in KB."""
    setup_test_environment()
    client = Client()
    user = User.objects.for_sign_in().get(username="loan")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    chance = random.Random(SEED)
    url = f"/timetables/{timetable.uuid}/"
    rows = list(
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(timetable=timetable)
        .select_related("homeroom_class")
    )
    whole = client.get(url)
    assert whole.status_code == 200, whole.status_code
    sizes = [len(whole.content), len(client.get(f"{url}compare/").content)]
    times: defaultdict[str, list[float]] = defaultdict(list)
    gc.collect()
    gc.freeze()  # as a server process does when it has loaded the program
    for number in range(ROUNDS):
        one = chance.choice(rows)
        of = f"class:{one.homeroom_class.uuid}"
        answer = _timed(times["pick"], client.get, f"{url}?of={of}&lesson={one.uuid}")
        sizes.append(len(answer.content))
        deed: dict[str, Any] = {"of": of, "lesson": str(one.uuid)}
        if number % 3:
            own = [two for two in rows if two.homeroom_class_id == one.homeroom_class_id]
            deed["with"] = str(chance.choice([two for two in own if two.pk != one.pk]).uuid)
        else:
            day, period = chance.choice(SLOTS)
            deed["spot"] = f"{day}-MORNING-{period}"
        answer = _timed(times["move"], client.post, f"{url}move/", deed)
        assert b"tt-week" in answer.content
        sizes.append(len(answer.content))
        if number % 4 == 0:
            _timed(times["undo"], client.post, f"{url}undo/", {"of": of})
    with CaptureQueriesContext(connection) as asked:
        _timed([], client.post, f"{url}undo/", {"of": of})
    for name, found in times.items():
        print(
            f"{name}: median {statistics.median(found):.0f} ms, p95 {_p95(found):.0f} ms "
            f"of {len(found)}; processor {_p95(PROCESSOR[id(found)]):.0f} ms p95, "
            f"{statistics.median(PROCESSOR[id(found)]):.0f} median"
        )
    print(f"whole page {sizes[0] / 1024:.0f} KB, biggest answer {max(sizes) / 1024:.0f} KB")
    print(f"a step asks {len(asked)} queries")
    connection.close()
    return max(_p95(times["move"]), _p95(times["undo"])), max(sizes) / 1024


def _timed(times: list[float], ask: Any, *args: Any) -> Any:
    began, own = time.perf_counter(), time.process_time()
    answer = ask(*args, headers=HTMX)
    times.append((time.perf_counter() - began) * 1000)
    PROCESSOR[id(times)].append((time.process_time() - own) * 1000)
    return answer


def _p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]
