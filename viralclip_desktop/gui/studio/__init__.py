"""The audio studio: its page, its tabs and the panel of sounds in the editor."""
