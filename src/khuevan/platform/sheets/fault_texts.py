"""The sentences of the faults that cell parsers find."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.faults import FaultText, fault_texts

WRITE_DATE = _("Write day/month/year, for example 28/02/2015.")

TEXTS = {
    "sheets.package_out_of_reach": FaultText(
        _("You may not load such lists for the school %(unit)s."),
        _("Ask somebody who may, or leave these rows out."),
    ),
    "sheets.column_unread": FaultText(
        _("No field has this header, so nothing of the column is taken."),
        _("Call it as in the empty list, or match the columns on the page."),
    ),
    "sheets.names_school": FaultText(
        _("The rows above the table speak of %(school)s."),
        _("Check that this is the right list."),
    ),
    "sheets.blank": FaultText(_("Blank cell."), _("Fill it in.")),
    "sheets.too_long": FaultText(
        _("%(count)d characters; at most %(limit)d fit."), _("Shorten the text.")
    ),
    "sheets.name_old_font": FaultText(
        _("The letters come from an old font (TCVN3 or VNI)."),
        _("Convert the column to Unicode and upload again."),
    ),
    "sheets.name_digits": FaultText(_("A name has no digits."), _("Check the name.")),
    "sheets.name_strange": FaultText(
        _("A name cannot hold the sign “%(sign)s”."), _("Write letters only.")
    ),
    "sheets.name_note_dropped": FaultText(
        _("“%(note)s” is no part of a name."), _("The name goes in without it.")
    ),
    "sheets.name_one_word": FaultText(
        _("Only one word."), _("Write the full name as on the birth certificate.")
    ),
    "sheets.sex_unclear": FaultText(_("“%(value)s” may be Nam or Nữ."), _("Write it out in full.")),
    "sheets.sex_unknown": FaultText(_("“%(value)s” is not a sex."), _("Write Nam or Nữ.")),
    "sheets.yes_no_unknown": FaultText(
        _("“%(value)s” is neither yes nor no."), _("Write x, or leave the cell blank.")
    ),
    "sheets.phone_unknown": FaultText(
        _("“%(value)s” is no Vietnamese phone number."),
        _("Check it; the row goes in without the number."),
    ),
    "sheets.no_code": FaultText(
        _("“%(value)s” is no code."), _("Write it in letters and digits, without a formula.")
    ),
    "sheets.not_whole_number": FaultText(
        _("“%(value)s” is no whole number."), _("Write digits only.")
    ),
    "sheets.year_unknown": FaultText(
        _("“%(value)s” is not a year."), _("Write four digits; the row goes in without the year.")
    ),
    "sheets.not_in_list": FaultText(
        _("“%(value)s” is not in the list."), _("Choose one of: %(choices)s.")
    ),
    "sheets.word_left_out": FaultText(
        _("“%(value)s” is not in the list; the row goes in without it."),
        _("Choose one of: %(choices)s."),
    ),
    "sheets.date_unread": FaultText(_("“%(value)s” is not a date."), WRITE_DATE),
    "sheets.date_year_only": FaultText(_("Only a year."), WRITE_DATE),
    "sheets.date_no_such_day": FaultText(
        _("%(value)s is not in the calendar."),
        _("Month %(month)s has only %(days)d days. Look at the birth certificate."),
    ),
    "sheets.date_no_such_month": FaultText(
        _("%(value)s is not in the calendar."), _("There is no month %(month)d.")
    ),
    "sheets.date_month_first": FaultText(
        _("%(value)s is not in the calendar."),
        _("Day and month may be swapped: %(suggestion)s."),
    ),
    "sheets.date_short_year": FaultText(
        _("The year has only two digits."), _("Write four digits, for example 2015.")
    ),
    "sheets.date_short_year_taken": FaultText(
        _("The year has only two digits."), _("Taken as %(suggestion)s; change it if wrong.")
    ),
    "sheets.date_in_future": FaultText(_("%(value)s is in the future."), _("Check the year.")),
    "sheets.date_too_early": FaultText(_("%(value)s is before 1900."), _("Check the year.")),
    "sheets.number_empty": FaultText(
        _("No digits."), _("Write 12 digits, or leave the cell blank.")
    ),
    "sheets.number_not_digits": FaultText(
        _("There are signs other than digits."),
        _("Write the 12 digits as text. Leave it blank where there is none, as for a foreigner."),
    ),
    "sheets.number_lost_zero": FaultText(
        _("%(count)d digits, %(needed)d needed: %(lacking)d lacking."),
        _("Excel may have dropped a leading 0: %(suggestion)s?"),
    ),
    "sheets.number_too_short": FaultText(
        _("%(count)d digits, %(needed)d needed."), _("Check it against the birth certificate.")
    ),
    "sheets.number_too_long": FaultText(
        _("%(count)d digits, only %(needed)d needed."),
        _("Check it against the birth certificate."),
    ),
    "sheets.number_old_card": FaultText(
        _("This is an old identity card number of 9 digits."),
        _("Write the personal number of 12 digits."),
    ),
    "sheets.number_says_sex": FaultText(
        _("The fourth digit (%(digit)s) does not go with the sex."),
        _("Check the number and the sex."),
    ),
    "sheets.number_says_birth_year": FaultText(
        _("The number tells the birth year %(year)d."),
        _("Check the number and the date of birth."),
    ),
    "sheets.number_says_province": FaultText(
        _("The first digits %(digits)s are no province of birth registration."),
        _("Leave it if the birth was registered abroad."),
    ),
}


def register_fault_texts() -> None:
    """Register the sentences, once."""
    for code, text in TEXTS.items():
        if code not in fault_texts:
            fault_texts.register(code, text)
