"""Making sign-ins and changing passwords."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from khuevan.kernel.actor import AnchorKind, Permission, Reach
from khuevan.kernel.scoping import UnscopedQueryError
from khuevan.platform.accounts import actions, audit_codes
from khuevan.platform.accounts.errors import HasAccount, UsernameTaken
from khuevan.platform.accounts.models import Person, User
from khuevan.platform.accounts.passwords import check_password_strength
from khuevan.platform.accounts.tests.factories import NOW, PASSWORD, make_person, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


class Operator:
    """Enough of an actor for steps that only write down who acted."""

    person_id = None
    label = "operator (test)"
    role_label = "operator"
    today = date(2026, 11, 20)
    is_signed_in = False

    def may(self, permission: Permission) -> bool:
        return True

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        return Reach(everything=True)

    def own_schools(self, permission: Permission) -> frozenset[int]:
        return frozenset()


ACTOR = Operator()


def test_a_new_sign_in_has_a_one_time_password_that_must_be_changed() -> None:
    issued = actions.create_user(actor=ACTOR, person=make_person(), unit_id=None, now=NOW)
    stored = User.objects.for_sign_in().get(username="lannt")
    assert stored.check_password(issued.password)
    assert stored.must_change_password


def test_the_log_tells_of_it_and_never_holds_the_password() -> None:
    issued = actions.create_user(actor=ACTOR, person=make_person(), unit_id=7, now=NOW)
    entry = AuditEntry.objects.unscoped(because="test").get(code=audit_codes.USER_CREATED)
    assert entry.unit_id == 7
    assert issued.password not in str(entry.details) + str(entry.after)


def test_one_person_has_one_sign_in() -> None:
    user = make_user()
    with pytest.raises(HasAccount):
        actions.create_user(actor=ACTOR, person=user.person, unit_id=None, now=NOW)


def test_usernames_are_one_in_any_case() -> None:
    make_user(username="lan")
    with pytest.raises(UsernameTaken):
        actions.create_user(
            actor=ACTOR, person=make_person("Trần Mai"), username="LAN", unit_id=None, now=NOW
        )


def test_two_people_of_one_name_get_two_usernames() -> None:
    for _ in range(2):
        actions.create_user(actor=ACTOR, person=make_person(), unit_id=None, now=NOW)
    names = User.objects.for_sign_in().values_list("username", flat=True)
    assert set(names) == {"lannt", "lannt2"}


def test_issuing_a_password_replaces_the_old_one() -> None:
    user = make_user()
    issued = actions.issue_password(actor=ACTOR, user=user, unit_id=None, now=NOW)
    stored = User.objects.for_sign_in().get(pk=user.pk)
    assert stored.check_password(issued.password)
    assert not stored.check_password(PASSWORD)
    assert stored.get_session_auth_hash() != user.get_session_auth_hash()


def test_many_sign_ins_without_a_password_let_nobody_in() -> None:
    people = [make_person("Trần Mai"), make_person("Lê Hoa")]
    actions.create_users(people=people, usernames=["mai", "hoa"], password=None, now=NOW)
    assert not any(user.has_usable_password() for user in User.objects.for_sign_in())


@pytest.mark.parametrize("model", [Person, User])
def test_people_and_users_are_never_read_without_an_actor(model: type) -> None:
    with pytest.raises(UnscopedQueryError):
        list(model.objects.all())  # type: ignore[attr-defined]
    with pytest.raises(UnscopedQueryError):
        model.objects.count()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("password", "is_staff", "is_good"),
    [
        ("bốn từ rất dài", True, True),
        ("mười chữ", False, True),
        ("mười chữ", True, False),
        ("password1234", True, False),
        ("123456789012", True, False),
        ("minh nguyetlan", True, False),
    ],
)
def test_passwords_are_judged_by_length_and_by_what_is_tried_first(
    password: str, is_staff: bool, is_good: bool
) -> None:
    user = User(username="nguyetlan")
    if is_good:
        check_password_strength(password, user=user, is_staff=is_staff)
        return
    with pytest.raises(ValidationError):
        check_password_strength(password, user=user, is_staff=is_staff)
