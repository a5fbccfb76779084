"""Comments of teachers on pupils, and the phrases they are made of."""
