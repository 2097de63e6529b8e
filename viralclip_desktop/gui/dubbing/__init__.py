"""A clip or a recording spoken in other languages."""
