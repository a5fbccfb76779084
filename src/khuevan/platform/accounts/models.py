"""One row for each human being, and the sign-in some of them have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.scoping import Anchors, ScopedManager, ScopedModel, ScopedQuerySet
from khuevan.kernel.vietnamese import fold, join_name, name_sort_key
from khuevan.kernel.words import NameEnds, Words
from khuevan.platform.audit.api import track


class Sex(models.TextChoices):
    """Sex as the population register records it."""

    MALE = "MALE", _("Male")
    FEMALE = "FEMALE", _("Female")


class NumberDoubts(models.Func):
    """What a personal number denies of its person, in bits: 1 sex, 2 year of birth, 4 province."""

    function = "khuevan_number_doubts"
    output_field: ClassVar = models.SmallIntegerField()


@track(exclude=("sort_key", "search_name", "number_doubts"), read_by=("pgh_obj",))
class Person(ScopedModel):
    """A human being, once; seen by schools through an enrollment or an appointment."""

    ANCHORS: ClassVar[Anchors] = {"person": "pk"}
    NAME_COLUMNS: ClassVar[frozenset[str]] = frozenset(
        ("family_name", "middle_name", "given_name", "sort_key", "search_name")
    )
    """What `set_name` sets."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    family_name = models.CharField(max_length=60, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    given_name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=400, db_collation="C")
    search_name = models.CharField(max_length=200)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    personal_number = models.CharField(max_length=12, null=True, unique=True, db_collation="C")  # noqa: DJ001 (absent, not empty)
    number_doubts = models.GeneratedField(
        expression=NumberDoubts("personal_number", "sex", "birth_date"),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    ethnicity_code = models.CharField(max_length=2, blank=True)
    religion_code = models.CharField(max_length=2, blank=True, default="", db_default="")
    nationality_code = models.CharField(max_length=2, blank=True, default="", db_default="")
    phone = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="person_number_is_12_digits",
                condition=models.Q(personal_number__isnull=True)
                | models.Q(personal_number__regex=r"^[0-9]{12}$"),
                violation_error_message=_("A personal number has 12 digits."),
            ),
        )
        indexes = (
            models.Index(fields=("sort_key", "id"), name="person_sort"),
            models.Index(
                fields=("sort_key", "id"),
                name="person_doubted",
                condition=models.Q(number_doubts__gt=0),
            ),
            models.Index(
                "birth_date",
                NameEnds("search_name"),
                name="person_born_named",
                condition=models.Q(birth_date__isnull=False),
            ),
            GinIndex(Words("search_name"), name="person_words"),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return the name in Vietnamese order: family, middle, given."""
        return join_name(self.family_name, self.middle_name, self.given_name)

    @property
    def initials(self) -> str:
        """Return two letters for the avatar: middle (or family) and given."""
        first = self.middle_name.split(" ")[-1] or self.family_name
        return (first[:1] + self.given_name[:1]).upper()

    def set_name(self, family: str, middle: str, given: str) -> None:
        """Set the name together with the two keys that follow from it."""
        self.family_name, self.middle_name, self.given_name = family, middle, given
        self.sort_key = name_sort_key(family, middle, given)
        self.search_name = fold(self.full_name)

    def age_on(self, on: date) -> int | None:
        """Return the age in whole years on a day, None when the birth date is unknown."""
        if self.birth_date is None:
            return None
        before = (on.month, on.day) < (self.birth_date.month, self.birth_date.day)
        return on.year - self.birth_date.year - before


_library_is_running: ContextVar[bool] = ContextVar("khuevan_sign_in_library", default=False)


@contextmanager
def sign_in_library() -> Iterator[None]:
    """Let the sign-in library's own views look up the user who is signing in, and nothing after."""
    token = _library_is_running.set(True)
    try:
        yield
    finally:
        _library_is_running.reset(token)


class UserManager(ScopedManager["User"]):
    """Finds users for signing in; everybody else goes through a scope."""

    def get_queryset(self) -> ScopedQuerySet[User]:
        """Return a query set that raises until it is scoped."""
        rows: ScopedQuerySet[User] = ScopedQuerySet(self.model, using=self._db)
        if _library_is_running.get():
            return rows.unscoped(because="the sign-in library looks up who is signing in")
        return rows

    def for_sign_in(self) -> ScopedQuerySet[User]:
        """Return all users, to find the one who is signing in or whose session this is."""
        return self.unscoped(
            because="nobody is signed in before this query answers"
        ).select_related("person")

    def get_by_natural_key(self, username: str) -> User:
        """Return the user of that username, in any case."""
        return self.for_sign_in().get(username__iexact=username)


@track(exclude=("password", "last_login", "issued_for"))
class User(AbstractBaseUser, ScopedModel):
    """A sign-in. There is no superuser: what one may do is in grants alone."""

    ANCHORS: ClassVar[Anchors] = {"person": "person_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    issued_for = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    """What the account opened when its one-time password was issued; `access` writes and reads."""
    language = models.CharField(max_length=5, default="vi")
    theme = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Upper("username"),
                name="user_username_in_any_case",
                violation_error_message=_("This username is taken."),
            ),
        )

    def __str__(self) -> str:
        return self.username
