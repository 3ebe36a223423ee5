"""Settings, addresses and roles: the only place that knows every room."""
