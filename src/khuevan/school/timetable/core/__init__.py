"""Timetables as plain values and what is wrong with one; no tables, no files, no clock."""
