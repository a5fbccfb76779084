"""Students, their enrollments, class placements and guardians."""
