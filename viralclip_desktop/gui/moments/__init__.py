"""The found clips: list, session and page."""
