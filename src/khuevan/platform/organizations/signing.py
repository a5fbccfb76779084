"""How decisions are signed: number, form and position, by office and day: `data/signing.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.files.base import File
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.rule_rows import RuleRow, rule_rows
from khuevan.kernel.vietnamese import fold, normalize
from khuevan.platform.organizations.errors import (
    AuthorizationNeeded,
    AuthorizationUnfit,
    BodyUnfit,
    NumberUnfit,
    PositionUnfit,
    SignedOtherwise,
    SignerNeeded,
    SignUnfit,
)
from khuevan.platform.organizations.signing_bodies import names_another, signed_by_another
from khuevan.ui.formats import day

DATA = Path(__file__).parent / "data" / "signing.csv"
NUMBER_AND_SIGN = re.compile(r"\d+(/\d{4})?/[^\W\d_]{2,}([-.&][^\W_]+)*")
"""Such as 412/QĐ-UBND, 12/2026/QĐ-UBND, 7/GP-UBND or 15/QĐ-SGD&ĐT."""
_BODY = re.compile(
    r"\s+(ubnd|uy ban|so|phong gd|phong giao duc|gd\w*|giao duc|(?<!hieu )truong|xa|phuong"
    r"|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh)\b.*"
)
"""The body a folded position names behind its title: "chu tich | ubnd xa Cam Binh"."""


class SigningForm(TextChoices):
    """In which form a decision was signed (Decree 30/2020, article 13)."""

    HEAD = "HEAD", _("The head of the office")
    DEPUTY = "KT", _("KT.: a deputy for the head")
    COLLECTIVE = "TM", _("TM.: the chair on behalf of the committee")
    COLLECTIVE_DEPUTY = "TM_KT", _("TM., KT.: a vice chair on behalf of the committee")
    BY_ORDER = "TL", _("TL.: by order of the head")
    AUTHORIZED = "TUQ", _("TUQ.: specially authorized by the head")


OWN = (SigningForm.HEAD, SigningForm.DEPUTY, SigningForm.COLLECTIVE, SigningForm.COLLECTIVE_DEPUTY)
"""In these the head or a deputy of the head signs; in the others nobody of them does."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The head and the foot of a decision: its number and day, who signed as what, how."""

    number: str
    on: date
    signer: str
    position: str
    form: str = SigningForm.HEAD
    authorization: str = ""
    """Of one signed TUQ.: the number of the paper that authorizes the signer, and its day."""
    authorized_on: date | None = None
    scan: File[bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRule(RuleRow):
    """In which form the decisions of some offices are signed, and by whom."""

    offices: frozenset[str]
    form: str
    positions: str

    @property
    def titles(self) -> list[str]:
        """Return the positions, the usual one first; none where anybody else is let sign."""
        return [one for one in self.positions.split("|") if one]


def signing_rules(office: str, on: date) -> list[SigningRule]:
    """Return how an office's decisions are signed on a day, the usual form first."""
    rows = rule_rows(DATA, SigningRule)
    return [one for one in rows if office in one.offices and one.holds(on)]


def signing_forms(office: str, on: date) -> list[str]:
    """Return in which forms an office's decisions are signed on a day, the usual one first.

    Where no text is recorded for the office or the day, every form is possible.
    """
    return [one.form for one in signing_rules(office, on)] or list(SigningForm.values)


def positions_of(office: str, form: str, on: date) -> list[str]:
    """Return who signs for an office in a form, the usual position first; none where open."""
    return next((one.titles for one in signing_rules(office, on) if one.form == form), [])


def require_number(number: str) -> None:
    """Refuse a number that isn't digits and a sign.

    :raises NumberUnfit:
    """
    if not NUMBER_AND_SIGN.fullmatch(normalize(number)):
        raise NumberUnfit


def require_signed(signed: Signed, *, office: str, who: str) -> None:
    """Refuse a decision that an office can't have signed so; `who` is what the office is called.

    :raises NumberUnfit: when the number isn't digits and a sign
    :raises SignerNeeded: when nobody is named, or no position
    :raises AuthorizationNeeded, AuthorizationUnfit: when TUQ. isn't told by which paper
    :raises SignedOtherwise: when the office signs in other forms
    :raises PositionUnfit: when somebody of that position doesn't sign in that form
    :raises BodyUnfit, SignUnfit: when position or number name another body
    """
    require_number(signed.number)
    if not normalize(signed.signer) or not normalize(signed.position):
        raise SignerNeeded(office=who)
    _require_authorized(signed)
    rules = signing_rules(office, signed.on)
    if not rules:
        return
    rule = next((one for one in rules if one.form == signed.form), None)
    if rule is None:
        said = "; ".join(str(SigningForm(one.form).label) for one in rules)
        raise SignedOtherwise(office=who, forms=said, source=rules[0].source)
    if not _fits(signed.position, rule, rules):
        others = gettext("somebody who is neither the head nor a deputy")
        raise PositionUnfit(
            office=who,
            form=SigningForm(rule.form).label,
            positions=", ".join(rule.titles) or others,
            source=rule.source,
        )
    if rule.titles and names_another(signed.position, office, who):
        raise BodyUnfit(position=normalize(signed.position), office=who)
    if signed_by_another(signed.number, office):
        raise SignUnfit(number=normalize(signed.number), office=who, source=rules[0].source)


def _require_authorized(signed: Signed) -> None:
    """Refuse a signature by authorization that doesn't tell its paper, and the paper elsewhere."""
    paper = normalize(signed.authorization)
    if signed.form != SigningForm.AUTHORIZED:
        if paper or signed.authorized_on is not None:
            raise AuthorizationUnfit
        return
    if not NUMBER_AND_SIGN.fullmatch(paper) or signed.authorized_on is None:
        raise AuthorizationNeeded
    if signed.authorized_on > signed.on:
        raise AuthorizationUnfit


def authorized_by(number: str, on: date | None) -> str:
    """Return which paper authorized the signer, for people to read; nothing where none did."""
    if not number or on is None:
        return ""
    return gettext("authorized by %(number)s of %(day)s") % {
        "number": number,
        "day": day(on),
    }


def signature(form: str, position: str, signer: str) -> str:
    """Return who signed, in which form and position; nothing while nobody has."""
    who = " ".join(part for part in (position, signer) if part)
    head = {"": "", "HEAD": "", "TM_KT": "TM., KT."}.get(form, f"{form}.")
    return f"{head} {who}".strip() if signer else ""


def _fits(position: str, rule: SigningRule, rules: Sequence[SigningRule]) -> bool:
    """Return whether somebody of a position signs so: exactly "chu tich", never "pho chu tich"."""
    title = _BODY.sub("", fold(position))
    if rule.titles:
        return title in map(fold, rule.titles)
    return title not in {fold(one) for row in rules for one in row.titles}
