"""How long what is kept is kept, and destroying what need be kept no longer."""
