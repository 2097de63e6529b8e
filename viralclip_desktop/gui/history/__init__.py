"""The edits of a project by name, and the way back to any of them."""
