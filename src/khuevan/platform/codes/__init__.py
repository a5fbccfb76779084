"""Code lists of the state as dated data: peoples, religions, policy groups, disability."""
