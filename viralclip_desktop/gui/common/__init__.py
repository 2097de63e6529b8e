"""Widgets and small queries that two or more features of the window use."""
