"""One person across files and schools: which records may be of the same person, and why.

Pure functions over records in memory; nothing here reads the database or the clock.
"""
