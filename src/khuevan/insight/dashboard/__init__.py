"""The department's figures."""
