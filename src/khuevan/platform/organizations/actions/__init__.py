"""What happens to units: `units`, `closing`, `bulk`, `papers` are steps, the others whole deeds."""
