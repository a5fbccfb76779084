"""The steps of a case for programs: one table, offered for pupils and for staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.registry.transfers import actions, selectors
from khuevan.registry.transfers.desks import Desk
from khuevan.registry.transfers.documents import (
    CasePaperIn,
    CaseReasonIn,
    DecideIn,
    NoteIn,
    RefuseIn,
    WishedDayIn,
)
from khuevan.registry.transfers.forms.steps import papers_for
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.rest_words import actor_of, router
from khuevan.ui.request import Request

Show = Callable[[Request, UUID], Any]
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StepDoor:
    """A step as an endpoint: the end of its path, what is sent, what is done with it."""

    name: str
    does: str
    act: Callable[[Told, Any], object]
    body: type[Schema] | None = None


STEPS = (
    StepDoor(
        "accept",
        "Accept for one's school.",
        lambda told, body: actions.accept(**told, note=body.note),
        NoteIn,
    ),
    StepDoor(
        "refuse",
        "Refuse for one's school.",
        lambda told, body: actions.refuse(
            **told,
            reason=body.reason,
            answer=actions.Answer(body.number, body.dated_on, body.signer),
        ),
        RefuseIn,
    ),
    StepDoor(
        "withdraw",
        "Take a case back before the release.",
        lambda told, body: actions.withdraw(**told, reason=body.reason),
        CaseReasonIn,
    ),
    StepDoor(
        "papers",
        "Note that a paper was handed over.",
        lambda told, body: actions.give_paper(**told, paper=body.paper, note=body.note),
        CasePaperIn,
    ),
    StepDoor(
        "release",
        "Let them go from a day on.",
        lambda told, body: actions.release(**told, on=body.on, is_day_sure=body.is_day_sure),
        WishedDayIn,
    ),
    StepDoor(
        "take-back",
        "Take a release back while nobody has received them.",
        lambda told, _body: actions.take_back(**told),
    ),
)


def offer_steps(desk: Desk, *, response: type[Schema], show: Show) -> None:
    """Route every step of a desk's cases, each answered with the case as it stands then."""
    kind = desk.prefix.replace("_", "-")
    path = f"/{kind}transfers/{{uuid}}"
    for door in STEPS:
        post = router.post(f"{path}/{door.name}", permission=desk.record, response=response)
        post(_step(desk, door, show))
    post = router.post(f"{path}/decisions/{{side}}", permission=desk.decide, response=response)
    post(_named(desk, "decide", _decide(desk, show)))
    out = f"/{kind}transfer-papers/{{uuid}}/take-out"
    post = router.post(out, permission=desk.record, response=response)
    post(_named(desk, "take_paper_out", _paper_out(desk, show)))


def door_of(actor: Actor, uuid: UUID, permission: Permission) -> Transfer:
    """Return the case, or raise `NotFound`: pupils' and staff's have endpoints of their own."""
    return selectors.get_transfer_for(actor, uuid, permission)


def _step(desk: Desk, door: StepDoor, show: Show) -> Callable[..., Any]:
    def do(request: Request, uuid: UUID, body: Any) -> Any:
        actor = actor_of(request)
        case = door_of(actor, uuid, desk.record)
        if isinstance(body, CasePaperIn) and body.paper not in dict(papers_for(case.whose)):
            raise NotFound
        door.act({"actor": actor, "uuid": uuid, "now": clock.now()}, body)
        return show(request, uuid)

    def plain(request: Request, uuid: UUID) -> Any:
        return do(request, uuid, None)

    function = do if door.body else plain
    if door.body:
        function.__annotations__["body"] = door.body
    function.__doc__ = door.does
    return _named(desk, door.name.replace("-", "_"), function)


def _decide(desk: Desk, show: Show) -> Callable[..., Any]:
    def decide(
        request: Request, uuid: UUID, side: Literal["ORIGIN", "DESTINATION"], body: DecideIn
    ) -> Any:
        """Write down what one's office, of the old or the new school, decided and who signed."""
        actor = actor_of(request)
        door_of(actor, uuid, desk.decide)
        actions.decide(
            actor=actor,
            uuid=uuid,
            side=side,
            matter=body.matter,
            is_granted=body.is_granted,
            signed=body.signed(),
            reason=body.reason,
            now=clock.now(),
        )
        return show(request, uuid)

    return decide


def _paper_out(desk: Desk, show: Show) -> Callable[..., Any]:
    def take_paper_out(request: Request, uuid: UUID) -> Any:
        """Take a paper out of a case that one's own school put in, before the release."""
        transfer = actions.take_paper_out(
            actor=actor_of(request), paper_uuid=uuid, desk=desk, now=clock.now()
        )
        return show(request, transfer.uuid)

    return take_paper_out


def _named(desk: Desk, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function under its desk's name: descriptions of the interface are told by it."""
    function.__name__ = f"{desk.prefix}{name}"
    return function
