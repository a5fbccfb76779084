"""Timetables: what a problem and a timetable are, and what breaks which wish."""
