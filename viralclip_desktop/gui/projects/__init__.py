"""The start page: drop zone and recent projects."""
