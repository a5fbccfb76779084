"""Settings, routes and the WSGI entry: composes the apps and may import anything."""
