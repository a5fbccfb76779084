"""Why can, why can't I see this: a right and a place in, sentences out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import SIGNED_IN, permissions
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.forms.people import WhyForm
from khuevan.platform.access.permissions import VIEW_GRANTS
from khuevan.platform.access.selectors import get_person_for, grants, own_grants
from khuevan.platform.access.selectors.why import Question, choices_of_rights, explain
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import OrgUnitVersion, find_units, version_of
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

MOST_UNITS = 12


@page(SIGNED_IN, methods=("GET",))
def why(request: Request) -> HttpResponse:
    """Explain to a person what they themselves can and can't see."""
    return _answer(request, None)


@page(VIEW_GRANTS, methods=("GET",))
def why_of(request: Request, uuid: UUID) -> HttpResponse:
    """Explain to whoever keeps the grants of a unit what one of its people can see."""
    return _answer(request, get_person_for(request.actor, uuid, VIEW_GRANTS))


def _answer(request: Request, person: Person | None) -> HttpResponse:
    form = WhyForm(request.GET or None, permissions=choices_of_rights(), is_own=person is None)
    context: dict[str, object] = {"form": form, "person": person}
    if request.GET and form.is_valid():
        units = _units(request, person, form.cleaned_data["unit"])
        if len(units) == 1:
            question = _question(request, person, form, units[0])
            context["answer"] = explain(question, today=request.actor.today)
            context["unit"] = units[0]
        elif units:
            context["units"] = units[:MOST_UNITS]
            context["query"] = request.GET.copy()
        else:
            form.add_error("unit", _("No unit has this code or name."))
    return render_page(request, "access/why.html", context)


def _question(
    request: Request, person: Person | None, form: WhyForm, unit: OrgUnitVersion
) -> Question:
    actor = request.actor
    own = actor if person is None and isinstance(actor, GrantActor) else None
    return Question(
        person_id=person.pk if person else int(actor.person_id or 0),
        permission=permissions.get(form.cleaned_data["permission"]),
        unit_id=unit.unit_id,
        unit_name=unit.name,
        class_name=form.cleaned_data["class_name"],
        hat=own.hat if own else None,
        waiting=own.waiting if own else None,
    )


def _units(request: Request, person: Person | None, text: str) -> list[OrgUnitVersion]:
    """Return the units that the words mean; the person's own for none. The directory is public."""
    on = request.actor.today
    if text:
        return list(find_units(text, on=on)[: MOST_UNITS + 1])
    unit_id = _own_unit(request, person)
    version = version_of(unit_id, on=on) if unit_id else None
    return [version] if version else []


def _own_unit(request: Request, person: Person | None) -> int | None:
    """Return the unit of the hat worn, else the first one at which the person holds a role."""
    actor = request.actor
    hat = getattr(actor, "hat", None) or getattr(actor, "waiting", None)
    if person is None and hat is not None and hat.unit_id is not None:
        return int(hat.unit_id)
    rows = (
        own_grants(actor=actor)
        if person is None
        else grants(actor=actor).filter(person_id=person.pk)
    )
    found = rows.filter(home_unit__isnull=False).order_by("id")
    return found.values_list("home_unit_id", flat=True).first()
