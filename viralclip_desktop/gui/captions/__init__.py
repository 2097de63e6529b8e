"""Caption style choice."""
