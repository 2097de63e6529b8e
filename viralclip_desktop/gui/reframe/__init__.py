"""Picture shape and framing choice."""
