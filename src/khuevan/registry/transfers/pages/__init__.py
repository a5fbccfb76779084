"""Pages of transfers: the board and the list, opening a case, one case and its steps."""
