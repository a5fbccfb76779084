"""The pages of schools, by topic."""
