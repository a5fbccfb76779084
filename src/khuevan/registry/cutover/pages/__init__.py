"""Pages of move-overs: a school's way through one, and an office's list of them."""
