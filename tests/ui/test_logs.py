"""What gets into a log line, and what can't."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import IntegrityError

from khuevan.kernel.errors import NotFound
from khuevan.ui.logs import JsonFormatter

NAME = "Phạm Minh Anh"


def line(
    msg: str, *args: Any, name: str = "khuevan.tests", exc_info: Any = None, **extra: Any
) -> dict[str, Any]:
    record = logging.LogRecord(name, logging.INFO, __file__, 1, msg, args, exc_info)
    vars(record).update(extra)
    found: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return found


def raised(error: Exception, cause: Exception | None = None) -> Any:
    try:
        raise error from cause
    except type(error):
        return sys.exc_info()


def test_known_fields_are_written() -> None:
    told = line("request", route="students:record", status=200, ms=12.5, sql=4, person=17)
    assert told["event"] == "request"
    assert (told["route"], told["status"], told["person"]) == ("students:record", 200, 17)


def test_unknown_fields_are_not() -> None:
    told = line("saved", full_name=NAME, form={"phone": "0912345678"})
    assert NAME not in json.dumps(told, ensure_ascii=False)
    assert "0912345678" not in json.dumps(told)


def test_texts_filled_in_at_run_time_are_left_out_and_numbers_kept() -> None:
    assert line("pupil %s moved, %d rows", NAME, 3)["event"] == "pupil … moved, 3 rows"


def test_a_known_field_holds_no_free_text() -> None:
    assert "route" not in line("request", route=f"/search?q={NAME}")


def test_libraries_of_the_queue_may_say_what_they_mean() -> None:
    assert line("queue %s", "jobs", name="procrastinate.worker")["event"] == "queue jobs"
    assert line("queue %s", "jobs", name="somewhere")["event"] == "queue …"


def test_a_callers_host_stays_out() -> None:
    error = DisallowedHost(f"Invalid HTTP_HOST header: {NAME!r}.")
    told = line(str(error), name="django.security.DisallowedHost", exc_info=raised(error))
    assert told["event"] == "suspicious request refused"
    assert NAME not in json.dumps(told, ensure_ascii=False)


def test_an_error_is_told_by_class_and_place_never_by_its_text() -> None:
    told = line("failed", exc_info=raised(ValueError(NAME), cause=KeyError("034215004118")))
    assert told["error"] == "ValueError < KeyError"
    assert told["where"][-1].startswith("test_logs.py") or "test_logs.py" in told["where"][-1]
    assert NAME not in json.dumps(told, ensure_ascii=False)
    assert "034215004118" not in json.dumps(told)


def test_a_refusal_is_told_by_its_code() -> None:
    assert line("refused", exc_info=raised(NotFound()))["code"] == "kernel.not_found"


def test_the_database_tells_its_constraint_and_not_the_row() -> None:
    class Diagnosis:
        sqlstate = "23505"
        constraint_name = "person_personal_number_key"
        table_name = "accounts_person"

    cause = Exception("Key (personal_number)=(034215004118) already exists")
    vars(cause)["diag"] = Diagnosis()
    told = line("failed", exc_info=raised(IntegrityError("034215004118"), cause=cause))
    assert (told["sqlstate"], told["table"]) == ("23505", "accounts_person")
    assert "034215004118" not in json.dumps(told)


def test_a_fault_of_the_program_keeps_its_text() -> None:
    told = line("failed", exc_info=raised(AttributeError("no attribute 'x'")))
    assert told["fault"] == "no attribute 'x'"
