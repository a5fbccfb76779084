"""What every layer may use and no school is mentioned in: actors, scope, errors, text, time. No tables."""
