"""The sector database: who and what exists, with dates."""
