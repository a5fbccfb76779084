"""A process of its own of `python -m bench`: what needs the program's models."""

from __future__ import annotations

import json

import django

django.setup()

from bench.reads import addresses, thousand_rows  # noqa: E402  (models need the set-up first)

print(json.dumps({"ratio": thousand_rows().ratio, "paths": addresses("loan")}))
