"""Separators: a recording's voices apart from everything else that is heard in it."""
