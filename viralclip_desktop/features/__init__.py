"""The features of the program, by their names."""

FEATURES = (
    # those that are seen, in the order in which the window lists their rows
    "palette", "projects", "editor", "preview", "transcript", "moments", "timeline", "captions", "brand_kit",
    "reframe", "audio", "tighten", "finish", "exporting", "history", "jobs", "settings", "models",
    "shortcuts", "shell",
    # those that only work
    "media_import", "transcription", "editing", "layer_sound", "interchange", "sample_talk", "checkup",
    "upkeep", "workflows", "relink", "portable", "faces",
)  # fmt: skip
"""Every feature of ours. Its name is that of its folder here, of its folder in ``gui``, or of both; what it
declares stands in the file ``feature.py`` of either, if there is one. ``common`` is no feature: it is what
they share."""
