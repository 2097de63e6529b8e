"""What can be set of an export, beside its shape, size and rate."""

from __future__ import annotations

from viralclip_desktop.domain.properties.rows import Number

LOUDNESS = Number(
    "target_lufs",
    "Loudness",
    -31,
    -9,  # below EBU R128's quietest use; above, speech is crushed by the limiter
    "LUFS",
    strict="the loudness has to lie between -31 and -9",
    option="loudness",
    metavar="LUFS",
    help="integrated loudness (default: -14; Apple asks podcasts for -16)",
)
MAX_SIZE = Number(
    "max_size_mb",
    "At most",
    0.001,
    1e6,
    "MB",
    slide=(0, 4000),
    strict="the size has to lie above 0",
    option="max-size",
    metavar="MB",
    help="no file becomes larger than so many million bytes",
)
