"""The draft of an office's decision, as it is laid out on paper (Decree 30/2020, annex I).

Always in Vietnamese, whatever language its reader uses: it is signed and sent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from khuevan.platform.organizations.api import SigningForm, UnitKind, positions_of
from khuevan.registry.authority.api import office_at
from khuevan.registry.transfers import facts
from khuevan.registry.transfers.grounds import (
    BLANK,
    Ground,
    grounds_of,
    seat_of,
    written_out,
)
from khuevan.registry.transfers.kinds import (
    Grounds,
    Matter,
    Move,
    Route,
    Side,
)
from khuevan.registry.transfers.models import Transfer, TransferDecision
from khuevan.registry.transfers.shown import end_name, what_for
from khuevan.ui.formats import day

LETTERS = (Matter.LETTER, Matter.CHECK)
"""What is a letter of introduction when it is decided alone; everything else is a decision."""
OWN_FORMS = ("HEAD", "KT", "TM", "TM_KT")
"""In which the head of an office or a deputy signs."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a document, by their places on the page."""

    above: str
    """The organization the office belongs to; a people's committee names none."""
    organ: str
    number: str
    place_and_day: str
    kind: str
    about: str
    decider: str
    to: tuple[str, ...]
    grounds: tuple[Ground, ...]
    cause: str
    """The last of the grounds: the file itself. Empty for a letter, which cites none."""
    opening: str
    lines: tuple[tuple[str, str], ...]
    """Who is meant, as label and value, in a letter."""
    articles: tuple[str, ...]
    closing: str
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str


SIGNS = {UnitKind.DEPARTMENT: "SGDĐT", UnitKind.DISTRICT_OFFICE: "PGDĐT"}


def draft_of(
    transfer: Transfer,
    decision: TransferDecision,
    *,
    on: date,
    form: str,
    signer: str = "",
    position: str = "",
    others: Sequence[TransferDecision] = (),
    refusal: str | None = None,
) -> Draft:
    """Return the draft for a day and a form of signing: of an agreement, else of a refusal.

    `refusal` is why it is not agreed, empty while nobody has said so; None for an agreement.
    """
    with override("vi"):
        drafting = _Drafting(transfer, decision, on, others)
        if refusal is not None:
            return drafting.refusal(form, signer, position, refusal or BLANK)
        return drafting.draft(form, signer, position)


def signature_lines(office: str, form: str, on: date, position: str = "") -> tuple[str, ...]:
    """Return what stands over a signature, in capitals: in whose name, and as what."""
    usual = {one: next(iter(positions_of(office, one, on)), BLANK) for one in OWN_FORMS}
    head = usual[SigningForm.HEAD]
    head = usual[SigningForm.COLLECTIVE] if head == BLANK else head
    signer = position or usual.get(form, BLANK)
    committee = _("People's committee")
    above = {
        SigningForm.HEAD: (),
        SigningForm.COLLECTIVE: (f"TM. {committee}",),
        SigningForm.COLLECTIVE_DEPUTY: (f"TM. {committee}", f"KT. {head}"),
    }.get(SigningForm(form), (f"{form}. {head}",))
    return tuple(line.upper() for line in (*above, signer))


def _kind(*, is_letter: bool) -> str:
    words = (
        pgettext("document", "Letter of introduction")
        if is_letter
        else pgettext("document", "Decision")
    )
    return words.upper()


class _Drafting:
    """One draft while it is written: the names of the day, then part by part."""

    def __init__(
        self,
        transfer: Transfer,
        decision: TransferDecision,
        on: date,
        others: Sequence[TransferDecision],
    ) -> None:
        self.transfer, self.decision, self.on = transfer, decision, on
        self.others = [one for one in others if one.side != decision.side]
        ids = [transfer.from_school_id, transfer.to_school_id, *(one.unit_id for one in others)]
        units = facts.unit_names(ids, on=on)
        self.old = end_name(transfer, Side.RELEASER, units)
        self.new = end_name(transfer, Side.RECEIVER, units)
        self.units = units
        self.seat = seat_of(decision.unit_id, on=on)
        self.organ = written_out(self.seat.name)
        self.office = office_at(decision.office, self.organ)

    def draft(self, form: str, signer: str, position: str) -> Draft:
        """Return the whole draft."""
        is_letter = set(self.decision.matters) <= set(LETTERS)
        above = (UnitKind.DEPARTMENT, UnitKind.DISTRICT_OFFICE)
        return Draft(
            above=written_out(self.seat.manager).upper() if self.seat.kind in above else "",
            organ=self.organ.upper(),
            number=_("No. %(blank)s/%(kind)s-%(body)s")
            % {"blank": BLANK, "kind": "GGT" if is_letter else "QĐ", "body": self._body()},
            place_and_day=_("%(place)s, day %(blank)s of month %(blank)s of %(year)s")
            % {"place": self.seat.place or BLANK, "blank": BLANK, "year": self.on.year},
            kind=_kind(is_letter=is_letter),
            about=self._about(),
            decider="" if is_letter else self.office.upper(),
            to=self._to() if is_letter else (),
            grounds=tuple(grounds_of(self.transfer, self.decision, on=self.on)),
            cause="" if is_letter else self._cause(),
            opening=self._opening() if is_letter else "",
            lines=self._lines() if is_letter else (),
            articles=() if is_letter else self._articles(),
            closing=self._closing() if is_letter else "",
            recipients=self._recipients(is_letter=is_letter),
            signature=signature_lines(self.decision.office, form, self.on, position),
            signer=signer,
        )

    def refusal(self, form: str, signer: str, position: str, why: str) -> Draft:
        """Return the notice that the office does not agree, and why."""
        words = {"office": self.office, "reason": why.rstrip(".")}
        return replace(
            self.draft(form, signer, position),
            number=_("No. %(blank)s/%(kind)s-%(body)s")
            % {"blank": BLANK, "kind": "TB", "body": self._body()},
            kind=pgettext("document", "Notice").upper(),
            about=self._refused(),
            decider="",
            to=(self._asking(),),
            cause=self._cause(),
            opening=_("%(office)s has considered the file of the person named below:") % words,
            lines=self._lines(why=_("Reason given for the move")),
            articles=(),
            closing=_("%(office)s does not agree. Reason: %(reason)s") % words,
            recipients=self._recipients(is_letter=True),
        )

    def _refused(self) -> str:
        """Return what a notice of a refusal is about."""
        matters = self.decision.matters
        if Matter.MOVE in matters:
            return _("On not agreeing to the move of a public employee")
        if Matter.EXCEPTION in matters:
            return _("On not letting a pupil change schools outside the set time")
        if Matter.PUBLIC in matters:
            return _("On not letting a pupil move to a public school")
        return _("On not agreeing to a pupil's change of school")

    def _body(self) -> str:
        """Return how the body is written in the sign of its papers; a committee's elsewhere."""
        return SIGNS.get(UnitKind(self.seat.kind), "UBND")

    def _about(self) -> str:
        matters = self.decision.matters
        if Matter.MOVE in matters:
            return {
                Move.WISH: _("On the transfer of a public employee"),
                Move.NEED: _("On the reassignment of a public employee"),
                Move.SECONDMENT: _("On the secondment of a public employee"),
            }[Move(self.transfer.move)]
        if Matter.EXCEPTION in matters:
            return _("On letting a pupil change schools outside the set time")
        if Matter.PUBLIC in matters:
            return _("On letting a pupil move to a public school")
        if Matter.LETTER in matters:
            return _("Pupil changing schools")
        return _("Reception of a pupil who changes schools")

    def _to(self) -> tuple[str, ...]:
        if Matter.LETTER not in self.decision.matters:
            return (self.new,)
        office = next((self.units.get(one.unit_id, "") for one in self.others), "")
        return (written_out(office) or _("The education office of the new school"), self.new)

    def _cause(self) -> str:
        words = {"name": self.transfer.full_name, "school": self._asking()}
        if not self.transfer.is_of_staff:
            return _("In view of the request of the family of %(name)s and the file") % words
        if self.transfer.move == Move.WISH:
            return _("In view of the application of %(name)s and the opinions of the schools") % (
                words
            )
        return _("At the proposal of %(school)s") % words

    def _asking(self) -> str:
        return self.new if self.transfer.asked_by == Side.RECEIVER else self.old

    def _opening(self) -> str:
        words = {"office": self.office, "school": self.new}
        if Matter.LETTER in self.decision.matters:
            return _("%(office)s introduces the pupil named below, who changes schools:") % words
        return (
            _(
                "%(office)s has received and checked the file, and introduces the pupil named below"
                " to %(school)s:"
            )
            % words
        )

    def _lines(self, *, why: str = "") -> tuple[tuple[str, str], ...]:
        row = self.transfer
        return (
            (_("Full name"), row.full_name),
            (_("Date of birth"), day(row.birth_date)),
            (_("Sex"), row.get_sex_display()),
            (_("Position") if row.is_of_staff else _("Pupil of"), what_for(row)),
            (_("Works at") if row.is_of_staff else _("At present at"), self.old),
            (_("Moves to"), self.new),
            (_("From the day"), day(row.moves_on)),
            (why or _("Reason"), row.reason),
        )

    def _closing(self) -> str:
        words = {"name": self.transfer.full_name, "school": self.new}
        if Matter.LETTER in self.decision.matters:
            return _("Please consider and receive %(name)s as the rules say.") % words
        return _("Please receive %(name)s and give a class as the rules say.") % words

    def _articles(self) -> tuple[str, ...]:
        if self.transfer.is_of_staff:
            return self._articles_of_staff()
        words = {
            "name": self.transfer.full_name,
            "born": day(self.transfer.birth_date),
            "grade": what_for(self.transfer),
            "old": self.old,
            "new": self.new,
            "on": day(self.transfer.moves_on),
            "why": self.transfer.reason,
        }
        first = []
        if Matter.EXCEPTION in self.decision.matters:
            first.append(
                _(
                    "The pupil %(name)s, born on %(born)s, %(grade)s, may change from %(old)s to"
                    " %(new)s outside the set time, from %(on)s. Reason: %(why)s."
                )
                % words
            )
        if Matter.PUBLIC in self.decision.matters:
            case = Grounds(self.transfer.grounds).label if self.transfer.grounds else BLANK
            first.append(
                _(
                    "The pupil %(name)s, born on %(born)s, %(grade)s of %(old)s, a private school,"
                    " may move to %(new)s, a public school, from %(on)s. Case: %(case)s."
                )
                % {**words, "case": case}
            )
        return (
            *first,
            _("%(old)s hands the study record over; %(new)s receives it and gives a class.")
            % words,
            _(
                "This decision takes effect on the day of signing. The principals of %(old)s and of"
                " %(new)s, the family of %(name)s and those concerned carry it out."
            )
            % words,
        )

    def _articles_of_staff(self) -> tuple[str, ...]:
        row = self.transfer
        last_day = day(row.returns_on - timedelta(days=1)) if row.returns_on else BLANK
        words = {
            "name": row.full_name,
            "born": day(row.birth_date),
            "position": what_for(row).lower(),
            "old": self.old,
            "new": self.new,
            "on": day(row.moves_on),
            "until": last_day,
        }
        if self.decision.side == Side.DESTINATION:
            first = _(
                "%(name)s, born on %(born)s, of %(old)s, is received at %(new)s as %(position)s"
                " from %(on)s."
            )
        else:
            first = {
                Move.WISH: _(
                    "%(name)s, born on %(born)s, of %(old)s, is transferred to %(new)s as"
                    " %(position)s from %(on)s."
                ),
                Move.NEED: _(
                    "%(name)s, born on %(born)s, of %(old)s, is reassigned to %(new)s as"
                    " %(position)s from %(on)s."
                ),
                Move.SECONDMENT: _(
                    "%(name)s, born on %(born)s, of %(old)s, is seconded to %(new)s as"
                    " %(position)s from %(on)s to %(until)s inclusive."
                ),
            }[Move(row.move)]
        return (
            first % words,
            _("Pay and other entitlements of %(name)s follow the law in force.") % words,
            _(
                "This decision takes effect on the day of signing. The principals of %(old)s and of"
                " %(new)s, those concerned and %(name)s carry it out."
            )
            % words,
        )

    def _recipients(self, *, is_letter: bool) -> tuple[str, ...]:
        offices: Collection[str] = dict.fromkeys(
            self.units.get(one.unit_id, one.unit.code) for one in self.others
        )
        if is_letter:
            whom = self.transfer.full_name if self.transfer.is_of_staff else ""
            told = [self.old, whom or _("The family of the pupil")]
            return (_("As addressed"), *told, _("Kept: clerical office"))
        last = len(self._articles())
        outside = [self.new] if self.transfer.route == Route.OUT else []
        return (
            _("As in article %(number)s") % {"number": last},
            *offices,
            *outside,
            _("Kept: clerical office"),
        )
