"""What a school asks of its timetables: its rules and facts, as constraints of the engine."""
