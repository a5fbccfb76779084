"""Units of the province, with dated names and parents."""
