"""Reading timetables: the versions of a school, one under the hand, a person's own week."""
