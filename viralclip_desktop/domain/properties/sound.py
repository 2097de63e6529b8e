"""What can be set of a recording's own sound in a clip."""

from __future__ import annotations

from viralclip_desktop.domain.edits.layers import LOUDEST_DB
from viralclip_desktop.domain.mix import MUTE_DB
from viralclip_desktop.domain.properties.rows import Number

OWN_VOLUME = Number(
    "original_volume_db",
    "Volume of the original sound",
    MUTE_DB,
    LOUDEST_DB,
    "dB",
    decimals=1,
    option="volume",
    metavar="DB",
    help="0 is as recorded, 12 the most",
)
