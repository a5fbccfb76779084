"""An import between the upload of a file and its result: nothing here is the record itself."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.kernel.scoping import Anchors, ScopedModel


class ImportState(models.TextChoices):
    """Where an import stands. Until APPLYING nothing is written into any record."""

    MATCHING = "MATCHING", _("Columns to match")
    CHECKED = "CHECKED", _("Checked, waiting for you")
    APPLYING = "APPLYING", _("Being written")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Not written")
    DROPPED = "DROPPED", _("Given up")
    UNDOING = "UNDOING", _("Being taken back")
    UNDONE = "UNDONE", pgettext_lazy("a list", "Taken back")


class Outcome(models.TextChoices):
    """What would happen to a row, or did."""

    NEW = "NEW", _("Add")
    CHANGED = "CHANGED", _("Update")
    UNCHANGED = "UNCHANGED", _("No change")
    REFUSED = "REFUSED", pgettext_lazy("a row of a list", "Fault")
    SKIPPED = "SKIPPED", _("Left out")


class Brought(ScopedModel):
    """A file that somebody brought for a unit."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id"}

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    unit = models.ForeignKey("organizations.OrgUnit", on_delete=models.PROTECT, related_name="+")
    """The school it is of, or the office of whoever brought it."""
    owner = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.SET_NULL, null=True)
    file_name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name


class SheetImport(Brought):
    """One file on its way into the records of one unit."""

    state = models.CharField(max_length=10, choices=ImportState.choices)
    layout = models.CharField(max_length=60)
    sheet_name = models.CharField(max_length=200, blank=True)
    header_rows = ArrayField(models.PositiveIntegerField(), size=2)
    columns = models.JSONField(default=list)
    """[{index, header, field}] of the recognized sheet; `added` where the file has none."""
    skipped_rows = models.JSONField(default=list)
    """[{number, reason}] of filled rows that are no data: nothing disappears unnamed."""
    counts = models.JSONField(default=dict)
    promised = models.JSONField(default=dict)
    """Remedy to what it adds when the list is written; see `importers.Promises`."""
    effects = models.JSONField(default=dict)
    """What the rows would make of the unit; see `importers.Effects`."""
    takes_good_rows = models.BooleanField(default=False)
    job_uuid = models.UUIDField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    written = models.JSONField(default=list)
    """What it wrote into the history of the records, one span for each writing; see `Span`."""
    undone_by = models.CharField(max_length=200, blank=True, default="")
    named_school = models.CharField(max_length=200, blank=True, default="")
    """Another school, where the rows above the table speak of one: confirmed by a person."""
    on = models.DateField(null=True)
    """The day from which its rows count, where that is not the day of the writing."""
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("unit", "-id"), name="sheet_import_unit"),)

    @property
    def is_open(self) -> bool:
        """Return whether its rows may still be changed."""
        return self.state in {ImportState.MATCHING, ImportState.CHECKED, ImportState.FAILED}

    @property
    def is_ordered(self) -> bool:
        """Return whether its writing was confirmed and is on the way, or over."""
        return self.state in {ImportState.APPLYING, ImportState.DONE}

    @property
    def is_half_written(self) -> bool:
        """Return whether some of its rows are in the records while others wait or were given up."""
        return bool(self.written) and (self.is_open or self.state == ImportState.DROPPED)

    @property
    def may_be_undone(self) -> bool:
        """Return whether it wrote something that nobody is writing on, or has taken back."""
        return bool(self.written) and self.state not in {
            ImportState.APPLYING,
            ImportState.UNDOING,
            ImportState.UNDONE,
        }

    def count(self, name: str) -> int:
        """Return how many rows there are of a group of `checking.counts_of`."""
        return int(self.counts.get(name, 0))

    @property
    def ready(self) -> int:
        """Return how many rows would be written."""
        return self.count(Outcome.NEW) + self.count(Outcome.CHANGED)

    @property
    def accepted(self) -> int:
        """Return how many rows would go through, those that change nothing included."""
        return self.ready + self.count(Outcome.UNCHANGED)


class ImportRow(ScopedModel):
    """A data row of the file, as text, with what the check found."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id"}

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    unit_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    is_warned = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)
    is_moved = models.BooleanField(default=False)
    """The records changed after the person looked: this row now does something else."""
    faults = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    """Field to [old, new], as people read them."""
    target_id = models.BigIntegerField(null=True)
    target_version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sheet_import", "number"), name="import_row_once"),
        )
        indexes = (models.Index(fields=("sheet_import", "outcome"), name="import_row_outcome"),)

    def __str__(self) -> str:
        return f"row {self.number}"

    @property
    def footprint(self) -> tuple[object, ...]:
        """Return what must still hold when the row is written; see `PlannedRow.footprint`."""
        return str(self.outcome), self.target_id, self.target_version, self.changes


class ColumnMemory(ScopedModel):
    """Which column a unit's people matched with which field; used for its next file."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id"}

    unit = models.ForeignKey("organizations.OrgUnit", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    matches = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "kind"), name="column_memory_once"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id}"


class NameMatch(ScopedModel):
    """What a word of a unit's lists means, where a person said so; used for its next file."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id"}

    unit = models.ForeignKey("organizations.OrgUnit", on_delete=models.CASCADE, related_name="+")
    importer = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    """The word as words are compared."""
    text = models.CharField(max_length=200)
    meaning = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "importer", "kind", "key"), name="name_match_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.text} in lists of {self.unit_id}"


class BundleMode(models.TextChoices):
    """What becomes of each file of a bundle."""

    ALL = "ALL", _("Write a file only if none of its rows has a fault")
    GOOD = "GOOD", _("Write the good rows of each file")
    CHECK = "CHECK", _("Only check; write nothing")


class BundleState(models.TextChoices):
    """Where a bundle stands."""

    RUNNING = "RUNNING", pgettext_lazy("a bundle of lists", "Being loaded")
    DONE = "DONE", pgettext_lazy("a bundle of lists", "Done")
    STOPPED = "STOPPED", pgettext_lazy("a bundle of lists", "Stopped")
    UNDOING = "UNDOING", pgettext_lazy("a bundle of lists", "Being taken back")
    UNDONE = "UNDONE", pgettext_lazy("a bundle of lists", "Taken back")


class BundleFileState(models.TextChoices):
    """What came of one file of a bundle."""

    WAITING = "WAITING", pgettext_lazy("a file of a bundle", "Waiting")
    WRITTEN = "WRITTEN", pgettext_lazy("a file of a bundle", "Written")
    PARTLY = "PARTLY", pgettext_lazy("a file of a bundle", "Good rows written")
    SAME = "SAME", pgettext_lazy("a file of a bundle", "Nothing to change")
    GOOD = "GOOD", pgettext_lazy("a file of a bundle", "Checked, no fault")
    FAULTY = "FAULTY", pgettext_lazy("a file of a bundle", "Not written, has faults")
    UNREAD = "UNREAD", pgettext_lazy("a file of a bundle", "Could not be read")
    FAILED = "FAILED", pgettext_lazy("a file of a bundle", "The system failed at it")
    UNDONE = "UNDONE", pgettext_lazy("a file of a bundle", "Taken back")
    KEPT = "KEPT", pgettext_lazy("a file of a bundle", "Can't be taken back")


class Bundle(Brought):
    """A zip of many schools' lists that an office loads, file by file."""

    mode = models.CharField(max_length=5, choices=BundleMode.choices)
    year = models.CharField(max_length=9, blank=True)
    """Code of the academic year of its lists; empty for the current one."""
    state = models.CharField(max_length=10, choices=BundleState.choices)
    counts = models.JSONField(default=dict)
    """How many files there were and what came of them, kept when the files are forgotten."""
    job_uuid = models.UUIDField(null=True)
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit",), name="bundle_running_once", condition=models.Q(state="RUNNING")
            ),
        )
        indexes = (models.Index(fields=("unit", "-id"), name="bundle_unit"),)

    @property
    def may_be_written(self) -> bool:
        """Say whether it was checked to the end and its archive is still kept."""
        is_checked = self.mode == BundleMode.CHECK and self.state == BundleState.DONE
        return is_checked and self.file_id is not None

    @property
    def is_at_work(self) -> bool:
        """Say whether a job is at it."""
        return self.state in {BundleState.RUNNING, BundleState.UNDOING}


class BundleFile(ScopedModel):
    """One file of a bundle, and what came of it."""

    ANCHORS: ClassVar[Anchors] = {"school": "unit_id"}

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="files")
    unit_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=BundleFileState.choices)
    school = models.ForeignKey(
        "organizations.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The first school of it; most files are of one."""
    schools = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    """The first of them, as of `Fault.to_data`."""
    fault_count = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=500, blank=True)
    """Why it could not be read, or was refused as a whole."""
    lists = models.JSONField(default=list)
    """The numbers of the lists that it became."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("bundle", "number"), name="bundle_file_once"),
        )
        indexes = (models.Index(fields=("bundle", "state", "number"), name="bundle_file_state"),)

    def __str__(self) -> str:
        return self.name


class PackageMode(models.TextChoices):
    """What becomes of a package."""

    LISTS = "LISTS", _("Make lists of it, to be confirmed one by one")
    CHECK = "CHECK", _("Only check; write nothing")
    ALL = "ALL", _("Write it only if none of its rows has a fault")
    GOOD = "GOOD", _("Write its good rows")


class PackageLoad(Brought):
    """A package of several lists that somebody brought, and what came of it."""

    mode = models.CharField(max_length=5, choices=PackageMode.choices)
    state = models.CharField(max_length=10, choices=BundleState.choices)
    counts = models.JSONField(default=dict)
    """Rows by outcome, and those of each kind of list under its word."""
    told = models.JSONField(default=list)
    """The first faults and remarks with their places, as of `package_loading.Told.to_data`."""
    told_count = models.PositiveIntegerField(default=0)
    lists = models.JSONField(default=list)
    """The numbers of the lists that it became."""
    made = models.PositiveIntegerField(default=0)
    """How many of its lists were gone through, where each is a step of its own."""
    job_uuid = models.UUIDField(null=True)
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("owner", "-id"), name="package_owner"),)
