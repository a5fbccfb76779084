"""Which rows hang on a person, a pupil or a staff member, and what becomes of them in a merge.

A test compares the table with the models: whoever points a new column at a person says here where
it goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.apps import apps
from django.db import models

from khuevan.kernel.scoping import ScopedQuerySet


class Follow(StrEnum):
    """What becomes of a row of the record that is given up."""

    MOVES = "MOVES"
    """It goes to the record that is kept; where both have the same, the merge is refused."""
    UNLESS_THERE = "UNLESS_THERE"
    """It goes along unless the kept record has its own of the kind; then it stays behind."""
    ONCE = "ONCE"
    """It goes along; where the kept record has the same, it stands twice and is removed."""
    WITH_ACCOUNT = "WITH_ACCOUNT"
    """It goes where the sign-in goes."""
    STAYS = "STAYS"
    """It says who did something once; that stays as it was written."""


MOVES, UNLESS_THERE, ONCE, WITH_ACCOUNT, STAYS = Follow

PERSON: Mapping[str, Follow] = {
    "staff.StaffMember.person": UNLESS_THERE,
    "students.Student.person": UNLESS_THERE,
    "accounts.User.person": UNLESS_THERE,
    "students.Enrollment.person": MOVES,
    "students.ClassPlacement.person": MOVES,
    "students.StudyBreak.person": MOVES,
    "students.PolicyGroup.person": MOVES,
    "students.LastView.person": MOVES,
    "students.Guardianship.student_person": MOVES,
    "students.Guardianship.guardian": MOVES,
    "students.GuardianshipLimit.student_person": MOVES,
    "students.FamilyConsent.student_person": MOVES,
    "staff.Appointment.person": MOVES,
    "staff.HomeroomAssignment.person": MOVES,
    "staff.TeachingAssignment.person": MOVES,
    "staff.StaffLeave.person": MOVES,
    "curriculum.AssignedPeriods.person": MOVES,
    "curriculum.TeachingDuty.person": MOVES,
    "curriculum.TeachingGroup.person": MOVES,
    "curriculum.GroupPupil.person": MOVES,
    "curriculum.ConvertedWork.person": MOVES,
    "curriculum.ResponsibleTeacher.person": MOVES,
    "choices.WishList.person": MOVES,
    "choices.WishList.given_by": STAYS,
    "choices.Allotment.person": MOVES,
    "choices.PupilCombination.person": MOVES,
    "choices.CombinationChange.person": MOVES,
    "choices.CombinationChange.decided_by": STAYS,
    "timetable.ScheduledLesson.person": MOVES,
    "timetable.DayChange.person": MOVES,
    "gradebooks.Mark.by": STAYS,
    "gradebooks.MarkVersion.by": STAYS,
    "gradebooks.EntryWindow.locked_by": STAYS,
    "gradebooks.Arrangement.person": MOVES,
    "gradebooks.Arrangement.decided_by": STAYS,
    "gradebooks.Correction.person": MOVES,
    "gradebooks.Correction.asked_by": STAYS,
    "gradebooks.Correction.confirmed_by": STAYS,
    "gradebooks.Correction.decided_by": STAYS,
    "results.YearResult.by": STAYS,
    "results.YearResultVersion.by": STAYS,
    "results.Settlement.settled_by": STAYS,
    "results.Settlement.approved_by": STAYS,
    "gradebooks.WindowExtension.given_by": STAYS,
    "gradebooks.BroughtAverage.person": MOVES,
    "gradebooks.BroughtAverage.recorded_by": STAYS,
    "remarks.Remark.by": STAYS,
    "remarks.RemarkVersion.by": STAYS,
    "remarks.Phrase.owner": ONCE,
    "hours.ClosedMonth.closed_by": STAYS,
    "hours.ClosedHours.person": MOVES,
    "timetable.EditStep.person": STAYS,
    "timetable.CalendarFeed.person": UNLESS_THERE,
    "timetable.TeacherWish.person": UNLESS_THERE,
    "staff.Substitution.person": MOVES,
    "staff.StaffSubject.person": MOVES,
    "staff.ProfessionalTitle.person": MOVES,
    "staff.Qualification.person": MOVES,
    "transfers.Transfer.person": MOVES,
    "people.Address.person": UNLESS_THERE,
    "people.Contact.person": UNLESS_THERE,
    "people.Consent.subject": UNLESS_THERE,
    "people.Consent.given_by": UNLESS_THERE,
    "people.PersonName.person": UNLESS_THERE,
    "people.PersonCode.person": UNLESS_THERE,
    "people.NumberReview.person": UNLESS_THERE,
    "people.Photo.person": UNLESS_THERE,
    "files.StoredFile.person": MOVES,
    "access.Grant.person": MOVES,
    "access.Grant.anchor_person": MOVES,
    "access.Delegation.from_person": MOVES,
    "access.Delegation.to_person": MOVES,
    "notifications.Notification.person": MOVES,
    "access.SupportSession.person": WITH_ACCOUNT,
    "access.ResetRequest.owner": WITH_ACCOUNT,
    "access.ResetRequest.requester": WITH_ACCOUNT,
    "access.ResetRequest.confirmer": WITH_ACCOUNT,
    "access.Device.person": WITH_ACCOUNT,
    "jobs.Job.owner": WITH_ACCOUNT,
    "sheets.Bundle.owner": WITH_ACCOUNT,
    "sheets.PackageLoad.owner": WITH_ACCOUNT,
    "sheets.SheetImport.owner": WITH_ACCOUNT,
    "files.StoredFile.owner": WITH_ACCOUNT,
    "exchange_api.ApiToken.person": WITH_ACCOUNT,
    "exchange_api.KeptAnswer.person": WITH_ACCOUNT,
    "retention.Destruction.by": STAYS,
    "people.NumberReview.by": STAYS,
    "transfers.TransferDecision.recorded_by": STAYS,
    "transfers.TransferPaper.by": STAYS,
    "transfers.TransferStep.by": STAYS,
    "duplicates.DuplicatePair.one": STAYS,
    "duplicates.DuplicatePair.other": STAYS,
    "duplicates.PersonMerge.kept": STAYS,
    "duplicates.PersonMerge.given_up": STAYS,
}
STUDENT: Mapping[str, Follow] = {
    "students.RegistryNumber.student": MOVES,
    "students.Enrollment.student": MOVES,
    "students.ClassPlacement.student": MOVES,
    "students.StudyBreak.student": MOVES,
    "students.PolicyGroup.student": ONCE,
    "students.Guardianship.student": MOVES,
    "students.GuardianshipLimit.student": MOVES,
    "students.FamilyConsent.student": ONCE,
    "curriculum.GroupPupil.student": MOVES,
    "gradebooks.Mark.student": MOVES,
    "gradebooks.MarkVersion.student": MOVES,
    "gradebooks.SubjectResult.student": UNLESS_THERE,
    "results.YearResult.student": STAYS,
    "results.YearResultVersion.student": STAYS,
    "gradebooks.Arrangement.student": MOVES,
    "remarks.Remark.student": STAYS,
    "remarks.RemarkVersion.student": STAYS,
    "gradebooks.Correction.student": MOVES,
    "gradebooks.BroughtAverage.student": MOVES,
    "choices.WishList.student": MOVES,
    "choices.Allotment.student": MOVES,
    "choices.PupilCombination.student": MOVES,
    "choices.CombinationChange.student": MOVES,
    "transfers.Transfer.student": MOVES,
}
STAFF_MEMBER: Mapping[str, Follow] = {
    "staff.Appointment.staff_member": MOVES,
    "staff.HomeroomAssignment.staff_member": MOVES,
    "staff.TeachingAssignment.staff_member": MOVES,
    "staff.StaffLeave.staff_member": MOVES,
    "staff.Substitution.staff_member": MOVES,
    "staff.StaffSubject.staff_member": ONCE,
    "staff.ProfessionalTitle.staff_member": ONCE,
    "staff.Qualification.staff_member": MOVES,
    "curriculum.TeachingDuty.staff_member": MOVES,
    "curriculum.TeachingGroup.staff_member": MOVES,
    "curriculum.ConvertedWork.staff_member": MOVES,
    "curriculum.ResponsibleTeacher.staff_member": MOVES,
    "timetable.ScheduledLesson.staff_member": MOVES,
    "timetable.DayChange.substitute": MOVES,
    "timetable.RuleSetting.staff_member": UNLESS_THERE,
    "timetable.TeacherWish.staff_member": UNLESS_THERE,
    "hours.ClosedHours.staff_member": MOVES,
    "transfers.Transfer.staff_member": MOVES,
    "rollup.CensusStaff.staff_member": STAYS,
}
BY_MODEL: Mapping[str, Mapping[str, Follow]] = {
    "accounts.Person": PERSON,
    "students.Student": STUDENT,
    "staff.StaffMember": STAFF_MEMBER,
}


def model_of(link: str) -> type[models.Model]:
    """Return the model of `app.Model.column`."""
    return apps.get_model(link.rsplit(".", 1)[0])


def column_of(link: str) -> str:
    """Return the column of `app.Model.column`."""
    return link.rsplit(".", 1)[1]


def rows_of(model: type[models.Model]) -> ScopedQuerySet[models.Model]:
    """Return all rows of a model: for records that the caller reached and locked."""
    manager = model._default_manager
    if hasattr(manager, "unscoped"):
        found: ScopedQuerySet[models.Model] = manager.unscoped(
            because="rows of two people the caller reached and locked"
        )
        return found
    return manager.all()  # type: ignore[return-value]  # plain tables have no scope
