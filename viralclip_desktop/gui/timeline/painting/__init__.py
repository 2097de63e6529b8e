"""How the timeline is painted: only what shows, each part in its own file."""
