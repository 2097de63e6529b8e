"""What can be set of an export."""

from __future__ import annotations

from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.core.rates import HIGHEST_RATE, LOWEST_RATE
from viralclip_desktop.domain.exports import SoundFormat
from viralclip_desktop.domain.properties.rows import Choice, Folder, Number, Property, Rate, Words

_SET = "(default: as in the settings)"

FOLDER = Folder(
    "folder",
    "Folder",
    option="out",
    help="folder for the finished files (default: as in the settings, else ViralClip in your videos)",
)
SIZE = Choice(
    "resolution",
    "Size",
    tuple((size, str(size)) for size in Resolution),
    help=f"shorter side {_SET}",
    note="The shorter side of the picture.",
)
RATE = Rate(
    "fps",
    "Frame rate",
    LOWEST_RATE,
    HIGHEST_RATE,
    (24, 25, 30, 50, 60),
    help=f"frames a second, or “source” {_SET}",
)
ENCODER = Words("encoder", "Encoder", metavar="NAME", help=f"video encoder {_SET}")
NAMES = Words(
    "name_template",
    "File names",
    option="names",
    metavar="TEMPLATE",
    help="file names in DIR, with {{rank}}, {{title}}, {{aspect}}, {{resolution}} and {{date}} " + _SET,
)
SHAPES = Choice(
    "aspect",
    "Shapes",
    tuple((aspect, str(aspect)) for aspect in Aspect),
    help="picture shape; repeat it for a file of each (default: the clip's own)",
    note="None keeps each clip's own. Several make a file of each.",
    several=True,
)
SOUND = Choice(
    "sound_format",
    "Format",
    tuple((form, str(form).upper()) for form in SoundFormat),
    option="sound",
    help="only the sound, in this format",
    note="With title and cover. MP3 plays on everything.",
)
"""An option for it means ``audio_only`` too; in the window a preset says that."""
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
    note="-14 is usual; Apple asks podcasts for -16.",
)
MAX_SIZE = Number(
    "max_size_mb",
    "Largest file",
    0.001,
    1e6,
    "MB",
    slide=(0, 4000),
    strict="the size has to lie above 0",
    option="max-size",
    metavar="MB",
    help="no file becomes larger than so many million bytes",
    note="Each file stays below; the picture becomes smaller where it has to.",
)

FILE: tuple[Property, ...] = (FOLDER, SIZE, RATE, ENCODER, NAMES)
"""Of every finished file, whatever command makes it."""
WISHES: tuple[Property, ...] = (SHAPES, SOUND, LOUDNESS, MAX_SIZE)
"""What is asked of an export of clips that are there."""
