"""FET's files: problems and results in, problems out, and solutions as JSON."""
