"""Teachers needed against present, by subject, school and commune."""
