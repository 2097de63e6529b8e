"""The transcript panel: read, search, correct and cut the video by its words."""
