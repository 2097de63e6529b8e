"""Edits: pure functions from a value to a new value. A transaction applies and records them."""
