"""Reads: which text governs, what it sets, who decides. Public facts, so nobody's scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.memo import memo
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import fold
from khuevan.platform.regulations.models import AuthorityRule, Office, Regulation, RuleSetting
from khuevan.platform.regulations.notes import told_note
from khuevan.platform.regulations.rules import CRITERIA, Segment, Subject, segment_on, timeline
from khuevan.ui.formats import day

UNNAMED = (Office.NOT_RECORDED, Office.NOBODY)
Dated = TypeVar("Dated", Regulation, RuleSetting, AuthorityRule)


class GradeNeeded(DomainError):
    """The topic's text depends on the grade, and none was named."""

    code = "regulations.grade_needed"
    message = _("Which regulation applies depends on the grade. Name the grade.")


class DeciderNotRecorded(NotFound):
    """Nobody knows who decided the matter on that day; `reason` says why, or how far is known."""

    code = "regulations.decider_not_recorded"
    message = _("Who decides this on %(on)s is not recorded. %(reason)s")


class NobodyDecides(DeciderNotRecorded):
    """The law leaves nothing to decide on that day; `reason` says why."""

    code = "regulations.nobody_decides"
    message = _("On %(on)s nobody decides this any more, or nobody has to. %(reason)s")


def regulation_in_force(
    topic: str, level: str, on: date, *, grade: int | None = None
) -> Regulation:
    """Return the text that governs a topic for a level, and grade, on a day.

    :raises NotFound: if nothing is recorded
    :raises GradeNeeded: if grades differ and none is named
    """
    return setting_in_force(topic, level, on, grade=grade).regulation


def setting_in_force(topic: str, level: str, on: date, *, grade: int | None = None) -> RuleSetting:
    """Return the setting of a topic for a level, and grade, on a day, with its regulation.

    :raises NotFound: if nothing is recorded
    :raises GradeNeeded: if grades differ and none is named
    """
    rows = _held(RuleSetting.objects.filter(topic=topic, level=level), on)
    if grade is not None:
        rows = rows.filter(
            Q(grade_from__isnull=True) | Q(grade_from__lte=grade),
            Q(grade_to__isnull=True) | Q(grade_to__gte=grade),
        )
    found = list(rows.select_related("regulation").order_by("grade_from", "id")[:2])
    if not found:
        raise NotFound
    if len(found) > 1:
        raise GradeNeeded
    return found[0]


def decider(
    power: str,
    level: str,
    on: date,
    *,
    school_type: str = "",
    ownership: str = "PUBLIC",
    circumstance: str = "",
) -> AuthorityRule:
    """Return who decides in a matter on a day in a school of one level, with the text that says so.

    :raises DeciderNotRecorded: if nobody can be named, with the reason
    """
    subject = Subject(level, level, school_type, ownership, circumstance)
    segments = timeline(power_rules(power), subject)
    place = segment_on(segments, on)
    rule = None if place is None else segments[place].rule
    if rule is None or rule.decider in UNNAMED:
        raise unnamed(rule, segments, on)
    return rule


def known_powers() -> frozenset[str]:
    """Return the names of all powers of which something is recorded."""
    return frozenset(AuthorityRule.objects.values_list("power", flat=True).distinct())


def power_rules(*powers: str) -> list[AuthorityRule]:
    """Return all rules of these powers, else of every power, with their texts, by first day."""
    rules = AuthorityRule.objects.select_related("regulation")
    if powers:
        rules = rules.filter(power__in=powers)
    return list(rules.order_by("power", "starts_on", "id"))


def unnamed(
    rule: AuthorityRule | None, segments: Sequence[Segment[AuthorityRule]], on: date
) -> DeciderNotRecorded:
    """Return the refusal that says why nobody can be named on a day."""
    if rule is not None and rule.decider == Office.NOBODY:
        return NobodyDecides(on=day(on), reason=told_note(rule.note))
    reason = told_note(rule.note) if rule is not None else how_far_known(segments, on)
    return DeciderNotRecorded(on=day(on), reason=reason)


def how_far_known(segments: Sequence[Segment[AuthorityRule]], on: date) -> str:
    """Return from or until which day something is known."""
    later = next((one for one in segments if one.starts_on > on), None)
    if later is not None:
        return gettext("It is recorded from %(day)s on.") % {"day": day(later.starts_on)}
    last = segments[-1] if segments else None
    if last is not None and last.ends_on is not None:
        return gettext("It is recorded until %(day)s.") % {"day": day(last.ends_on)}
    return gettext("Nothing is recorded about this power for this kind of school.")


def regulations_on(on: date) -> QuerySet[Regulation]:
    """Return the texts in force on a day, newest first."""
    return _held(Regulation.objects.all(), on).order_by("-starts_on", "code")


def regulations(*, state: str, on: date) -> QuerySet[Regulation]:
    """Return the texts of a state on a day, counted with what rests on them, newest first.

    `now` are those in force, `past` those that no longer are; without a state all.
    """
    texts = Regulation.objects.all()
    if state == "now":
        texts = _held(texts, on)
    elif state == "past":
        texts = texts.filter(ends_on__lte=on)
    resting = Count("settings", distinct=True) + Count("authorities", distinct=True)
    newest = F("starts_on").desc(nulls_last=True)
    return texts.annotate(resting=resting).order_by(newest, "code")


def regulation_with_links(code: str) -> Regulation:
    """Return a text with the texts it replaces, amends, and is replaced or amended by.

    :raises NotFound: if none has that code
    """
    links = ("supersedes", "superseded_by", "amends", "amended_by")
    text = Regulation.objects.prefetch_related(*links).filter(code=code).first()
    if text is None:
        raise NotFound
    return text


def settings_of(text: Regulation) -> QuerySet[RuleSetting]:
    """Return the settings that rest on a text, by topic, level and grade."""
    return text.settings.order_by("topic", "level", "grade_from", "starts_on", "id")


def powers_of(text: Regulation) -> QuerySet[AuthorityRule]:
    """Return who decides what by a text, by power, level and period."""
    return text.authorities.order_by("power", *CRITERIA, "starts_on", "id")


@memo(seconds=60)
def regulations_by_code() -> dict[str, str]:
    """Return the number of every text by its code, as people quote it."""
    return dict(Regulation.objects.values_list("code", "number"))


def regulations_named(words: str, *, limit: int) -> list[Regulation]:
    """Return the texts whose number or title has all the folded words, newest first."""
    wanted = words.split()
    newest = Regulation.objects.order_by(F("starts_on").desc(nulls_last=True), "code")
    named = (text for text in newest if _has(text, wanted))
    return list(islice(named, limit))


def _has(text: Regulation, words: list[str]) -> bool:
    """Return whether a text is meant; the few texts are folded here, not in the database."""
    own = fold(f"{text.number} {text.code} {text.title} {text.get_kind_display()}")
    return all(word in own for word in words)


def _held(rows: QuerySet[Dated], on: date) -> QuerySet[Dated]:
    return rows.filter(in_force(on))
