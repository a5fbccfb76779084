"""Why somebody can, or can't, do something somewhere: told in sentences, from their grants.

It speaks of rights, units and classes that the person's own grants name. It never looks for a pupil
or for a class of others, so its answer can't tell whether one exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Permission, permissions
from khuevan.kernel.periods import last_day, not_over
from khuevan.kernel.vietnamese import fold
from khuevan.platform.access.actor import GrantActor, Hat, HeldGrant
from khuevan.platform.access.anchors import NamedAnchor
from khuevan.platform.access.models import Grant, Role
from khuevan.platform.access.permissions import GIVE_GRANTS
from khuevan.platform.access.selectors.grants import class_names, unit_names
from khuevan.platform.access.selectors.roles import area_label, roles
from khuevan.ui.formats import day

YES, PARTLY, NO = "yes", "partly", "no"


@dataclass(frozen=True, slots=True)
class Question:
    """Who, which right, where; the hat when it is asked for the session at hand."""

    person_id: int
    permission: Permission
    unit_id: int
    unit_name: str
    class_name: str = ""
    hat: Hat | None = None
    waiting: Hat | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One step of the answer: it helps, hinders, or only tells."""

    tone: str
    text: str


@dataclass(slots=True)
class Answer:
    """The steps, the verdict, and whom to ask."""

    sentences: list[Sentence] = field(default_factory=list)
    verdict: str = NO
    summary: str = ""
    ask: str = ""

    def say(self, tone: str, text: str) -> None:
        """Add one step."""
        self.sentences.append(Sentence(tone, text))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A grant with what it means for the question."""

    grant: Grant
    reaches: str
    holds_now: bool


def explain(question: Question, *, today: date) -> Answer:
    """Return the answer to "why can, why can't I see this"."""
    answer = Answer()
    permission = question.permission
    answer.say("info", _("The right in question: %(right)s.") % {"right": permission.label})
    having = [role for role in roles() if permission.code in role.permissions]
    _say_roles(answer, having)
    judged = _judge(question, today=today)
    for one in judged:
        _say_grant(answer, one, today=today)
    if not judged:
        answer.say("bad", _("None of the roles held here, now or before, contains this right."))
    _conclude(answer, question, judged)
    if answer.verdict != YES:
        answer.ask = _whom_to_ask(having)
    return answer


def choices_of_rights() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all rights by area, for a list to choose from."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for one in permissions:
        area = area_label(one.code.split(".")[0])
        grouped.setdefault(area, []).append((one.code, str(one.label)))
    return list(grouped.items())


def _judge(question: Question, *, today: date) -> list[_Judged]:
    rows = list(
        Grant.objects.unscoped(because="the page that asks has checked whose grants may be told")
        .filter(person_id=question.person_id)
        .filter(Q(role__permissions__contains=[question.permission.code]))
        .filter(not_over(today - timedelta(days=366)))
        .select_related("role", "anchor_unit", "delegation__from_person")
        .order_by("id")
    )
    classes = class_names(rows)
    return [
        _Judged(
            grant=row,
            reaches=_reaches(row, question, classes, today=today),
            holds_now=row.starts_on <= today and (row.ends_on is None or row.ends_on > today),
        )
        for row in rows
    ]


def _reaches(
    grant: Grant, question: Question, classes: dict[int, NamedAnchor], *, today: date
) -> str:
    if grant.anchor_person_id is not None:
        return PARTLY
    if grant.anchor_class_id is not None:
        if grant.home_unit_id != question.unit_id:
            return NO
        found = classes.get(grant.anchor_class_id)
        if not question.class_name:
            return PARTLY
        return YES if found and fold(found.name) == fold(question.class_name) else NO
    held = HeldGrant(
        role=grant.role.code,
        permissions=frozenset(grant.role.permissions),
        unit_id=grant.anchor_unit_id,
        unit_kind=grant.anchor_unit.kind if grant.anchor_unit else "",
    )
    hat = Hat("", grant.role.hat, "", grant.home_unit_id, (held,))
    alone = GrantActor(person_id=question.person_id, label="", today=today, hat=hat)
    return YES if question.unit_id in alone.reach(question.permission, "school") else NO


def _say_roles(answer: Answer, having: Iterable[Role]) -> None:
    names = ", ".join(str(role) for role in having)
    if names:
        answer.say("info", _("Roles that contain it: %(roles)s.") % {"roles": names})
    else:
        answer.say("bad", _("At present no role contains it."))


def _say_grant(answer: Answer, one: _Judged, *, today: date) -> None:
    grant = one.grant
    names = unit_names([grant.anchor_unit_id, grant.home_unit_id], on=today)
    facts = {
        "role": str(grant.role),
        "place": names.get(grant.anchor_unit_id or grant.home_unit_id or 0, "–"),
        "since": day(grant.starts_on),
        "until": day(last_day(grant.ends_on)) if grant.ends_on else "",
    }
    if grant.starts_on > today:
        answer.say("bad", _("%(role)s at %(place)s begins on %(since)s only.") % facts)
    elif not one.holds_now:
        answer.say("bad", _("%(role)s at %(place)s ended on %(until)s.") % facts)
    elif one.reaches == YES:
        answer.say("ok", _("%(role)s at %(place)s, since %(since)s, reaches it.") % facts)
    elif one.reaches == PARTLY and grant.anchor_person_id is not None:
        answer.say("info", _("%(role)s reaches oneself or one's own children only.") % facts)
    elif one.reaches == PARTLY:
        answer.say("info", _("%(role)s reaches one class of %(place)s only.") % facts)
    else:
        answer.say("bad", _("%(role)s at %(place)s does not reach that far.") % facts)


def _conclude(answer: Answer, question: Question, judged: list[_Judged]) -> None:
    now = [one for one in judged if one.holds_now]
    full = [one for one in now if one.reaches == YES]
    part = [one for one in now if one.reaches == PARTLY]
    place = {"place": question.unit_name}
    if not full and not part:
        answer.summary = _("No: no role held today gives this right at %(place)s.") % place
        return
    best = full or part
    if not _hat_fits(answer, question, best):
        return
    answer.verdict = YES if full else PARTLY
    answer.summary = (
        _("Yes: this right is held at %(place)s.") % place
        if full
        else _("Only in part: for one's own class or family, not for all of %(place)s.") % place
    )


def _hat_fits(answer: Answer, question: Question, best: list[_Judged]) -> bool:
    """Say when the right is held, but not in the hat worn, or before the second step only."""
    hats = {one.grant.role.hat for one in best}
    if question.waiting is not None and question.waiting.code in hats:
        answer.say("bad", _("The role waits for the second step of the sign-in."))
        answer.summary = _("Not yet: set up or show the second step first.")
        return False
    if question.hat is None:
        return True
    worn = {held.grant_id for held in question.hat.grants}
    if any(one.grant.pk in worn for one in best):
        return True
    role = str(best[0].grant.role)
    answer.say("bad", _("The hat worn now is %(hat)s.") % {"hat": question.hat.label})
    answer.summary = _("Yes, but as %(role)s: switch to that role at the top.") % {"role": role}
    answer.verdict = PARTLY
    return False


def _whom_to_ask(having: list[Role]) -> str:
    """Return which roles may give a role with this right."""
    wanted = {role.code for role in having}
    givers = [
        str(role)
        for role in roles()
        if wanted & set(role.gives)
        and GIVE_GRANTS.code in role.permissions
        and role.code != "operator"
    ]
    if not givers:
        return ""
    return _("Who may change this: %(roles)s.") % {"roles": ", ".join(givers)}
