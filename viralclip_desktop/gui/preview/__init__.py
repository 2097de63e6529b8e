"""The player: picture, sound, clock, seek bar."""
