"""People's identities and sign-ins. What they may do is `access`, what they are is `registry`."""
