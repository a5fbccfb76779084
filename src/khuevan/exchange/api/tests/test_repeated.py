"""A request that names itself with a key happens once, however often it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, Client

from khuevan.exchange.api.actions import KEPT_FOR, open_answer
from khuevan.exchange.api.models import KeptAnswer
from khuevan.exchange.api.rules import fingerprint
from khuevan.exchange.api.tests.sample import mounted
from khuevan.kernel import clock

WORDS = "/api/sample/words"


def say(client: Client, word: str, key: str | None = "k1") -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(WORDS, {"word": word}, "application/json", headers=headers)


def test_the_same_answer_comes_again_and_it_happened_once(cast: Cast, client: Client) -> None:
    with mounted() as happened:
        client.sign_in(cast.loan)
        first, second = say(client, "a"), say(client, "a")
        assert first.status_code == second.status_code == 200
        assert first.content == second.content
        assert "Idempotent-Replayed" not in first.headers
        assert second.headers["Idempotent-Replayed"] == "true"
        assert happened == ["a"]


def test_without_a_key_it_happens_each_time(cast: Cast, client: Client) -> None:
    with mounted() as happened:
        client.sign_in(cast.loan)
        say(client, "a", None)
        say(client, "a", None)
        assert happened == ["a", "a"]


def test_a_key_belongs_to_one_request(cast: Cast, client: Client) -> None:
    with mounted() as happened:
        client.sign_in(cast.loan)
        say(client, "a")
        other = say(client, "b")
        assert (other.status_code, other.json()["code"]) == (422, "api.key_reused")
        assert happened == ["a"]


def test_a_key_belongs_to_one_file_not_to_all_of_its_length(cast: Cast, client: Client) -> None:
    def send(words: bytes) -> Any:
        file = SimpleUploadedFile("words.txt", words, content_type="text/plain")
        headers = {"Idempotency-Key": "k1"}
        return client.post("/api/sample/files", {"file": file}, headers=headers)

    with mounted() as happened:
        client.sign_in(cast.loan)
        assert send(b"one").json()["word"] == "one"
        assert send(b"one").headers["Idempotent-Replayed"] == "true"
        other = send(b"two")
        assert (other.status_code, other.json()["code"]) == (422, "api.key_reused")
        assert happened == ["one"]


def test_keys_of_different_people_never_meet(cast: Cast) -> None:
    with mounted() as happened:
        say(Client().sign_in(cast.loan), "a")
        assert say(Client().sign_in(cast.hung), "b").status_code == 200
        assert happened == ["a", "b"]


def test_a_refusal_is_kept_too(cast: Cast, client: Client) -> None:
    with mounted() as happened:
        client.sign_in(cast.loan)
        assert say(client, "rude").status_code == say(client, "rude").status_code == 409
        assert happened == ["rude"]


def test_a_fault_of_ours_may_be_tried_again(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.sign_in(cast.loan)
    with mounted():
        assert say(client, "fault").status_code == 500
        assert not KeptAnswer.objects.unscoped(because="test").exists()
        assert say(client, "fault").status_code == 500


def test_while_the_first_has_no_answer_the_second_waits(cast: Cast, client: Client) -> None:
    with mounted() as happened:
        body = b'{"word": "a"}'
        open_answer(
            person_id=cast.loan.pk,
            key="k1",
            method="POST",
            path=WORDS,
            fingerprint=fingerprint("POST", WORDS, body),
            now=clock.now(),
        )
        second = say(client.sign_in(cast.loan), "a")
        assert (second.status_code, second.json()["code"]) == (409, "api.outcome_unknown")
        assert happened == []


def test_a_day_later_the_key_is_free(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mounted() as happened:
        client.sign_in(cast.loan)
        say(client, "a")
        later = clock.now() + KEPT_FOR + timedelta(minutes=1)
        monkeypatch.setattr("khuevan.exchange.api.entry.clock.now", lambda: later)
        say(client, "a")
        assert happened == ["a", "a"]


@pytest.mark.parametrize("key", ["", "x" * 256, "ồ"])
def test_a_key_must_be_one(cast: Cast, client: Client, key: str) -> None:
    with mounted() as happened:
        refused = say(client.sign_in(cast.loan), "a", key)
        assert (refused.status_code, refused.json()["code"]) == (400, "api.malformed_key")
        assert happened == []
