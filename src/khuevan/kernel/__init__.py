"""What every layer may use: actors, scope, errors, text, time. No tables, no schools."""
