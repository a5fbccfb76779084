"""An endpoint that writes, mounted for the tests of repeated requests alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.test import override_settings
from django.urls import path
from ninja import File, Schema, UploadedFile

from khuevan.exchange.api.root import RestRoot, refusals
from khuevan.kernel.actor import SIGNED_IN
from khuevan.kernel.errors import DomainError
from khuevan.ui.rest import Router, StrictSchema

happened: list[str] = []


class WordIn(StrictSchema):
    """A word."""

    word: str


class WordOut(Schema):
    """A word and how often anything happened."""

    word: str
    times: int


class TooRude(DomainError):
    """The word is refused."""

    code = "sample.too_rude"


router = Router(tags=["sample"])


@router.post("/words", permission=SIGNED_IN, response=WordOut)
def say(request: HttpRequest, body: WordIn) -> WordOut:
    """Say a word."""
    if body.word == "rude":
        happened.append(body.word)
        raise TooRude
    if body.word == "fault":
        raise RuntimeError("a bug")
    happened.append(body.word)
    return WordOut(word=body.word, times=len(happened))


@router.post("/files", permission=SIGNED_IN, response=WordOut)
def hand_in(request: HttpRequest, file: File[UploadedFile]) -> WordOut:
    """Say the words of a file."""
    happened.append(file.read().decode())
    return WordOut(word=happened[-1], times=len(happened))


sample_root = RestRoot(urls_namespace="sample", openapi_url=None, docs_url=None)
refusals(sample_root)
sample_root.add_router("", router.ninja)
urlpatterns = [path("api/sample/", sample_root.urls)]
handler500 = "khuevan.ui.errors.server_error"


@contextmanager
def mounted() -> Iterator[list[str]]:
    """Answer under /api/sample/ and give what happened."""
    happened.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield happened
