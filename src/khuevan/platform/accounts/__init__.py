"""People's identities and their sign-ins. What a person may do is `access`; what they are is `registry`."""
