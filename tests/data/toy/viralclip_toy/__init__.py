"""A feature of another package, for tests: job kind, setting, command, panel, action, provider."""
