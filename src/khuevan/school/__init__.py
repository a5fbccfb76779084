"""A school's daily work: its timetable first."""
