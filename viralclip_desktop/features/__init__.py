"""The features of the program, by their names, and the commands of each."""

FEATURES: dict[str, tuple[str, ...]] = {
    # those that only work
    "workflows": ("make",),
    "batches": ("batch", "watch"),
    "sample_talk": ("sample",),
    "media_import": ("import_",),
    "links": ("links",),
    "transcription": ("transcribe",),
    "editing": (),
    # those that are seen, in the order in which the window lists their rows
    "palette": (),
    "projects": ("project", "search"),
    "editor": (),
    "preview": ("frame",),
    "transcript": ("transcript", "words", "sentences", "translations"),
    "moments": ("find", "clips", "parts"),
    "review": (),
    "timeline": ("layers", "markers"),
    "captions": ("styles",),
    "brand_kit": ("brands",),
    "reframe": ("reframe", "keyframes"),
    "audio": (),
    "dubbing": ("dub",),
    "tighten": ("tighten", "pace"),
    "finish": ("finish",),
    "history": ("history", "undo", "redo"),
    "exporting": ("export", "exports"),
    "jobs": ("jobs",),
    "settings": ("settings", "providers", "usage"),
    "models": ("models",),
    "shortcuts": ("keys",),
    "shell": ("completion",),
    # those that only work
    "layer_sound": (),
    "interchange": ("timeline",),
    "checkup": ("doctor",),
    "upkeep": ("backups", "cache"),
    "relink": ("relink",),
    "portable": (),
    "voices": ("voices", "speak"),
    "library": ("library",),
    "cloning": ("clone",),
    "translation": ("translate",),
    "separation": (),
    "music": ("music",),
    "faces": (),
    "speakers": (),
}
"""Every feature of ours. Its name is that of its folder here, of its folder in ``gui``, or of both; what it
declares stands in the file ``feature.py`` of either, if there is one. Its commands are modules of ``cli``,
named here because ``--help`` must not read a feature to list them, and listed by ``--help`` in this order.
``common`` is no feature: it is what they share."""
