"""Pupils for programs: the same doors and actions as the pages, the same traces left."""

from khuevan.registry.students.rest import guardians, seats, states, students
from khuevan.registry.students.rest.words import router

__all__ = ["guardians", "router", "seats", "states", "students"]
