"""Public holidays, swapped working days and working-day arithmetic, as dated data."""
