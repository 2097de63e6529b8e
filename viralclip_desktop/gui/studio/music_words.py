"""The composer's presets, moods, keys and sections in the words of the window."""

from __future__ import annotations

from typing import Final

from viralclip_desktop.core.time import Time
from viralclip_desktop.features.music.prompt import Understood
from viralclip_desktop.features.workflows.studio_music import Take
from viralclip_desktop.gui.text import clock_time, duration, tr
from viralclip_desktop.music.composer import MOOD_NAMES
from viralclip_desktop.music.harmony import MOODS
from viralclip_desktop.music.presets import Preset
from viralclip_desktop.music.theory import MINOR, NAMES, read_key

PRESETS: Final = {
    "upbeat-electronic": "Upbeat electronic",
    "calm-ambient": "Calm ambient",
    "energetic-rock": "Energetic rock",
    "corporate-background": "Corporate background",
    "lo-fi": "Lo-fi beats",
    "cinematic": "Cinematic",
    "acoustic-folk": "Acoustic folk",
    "funk-pop": "Funk pop",
    "tension": "Tension",
    "happy-ukulele": "Happy ukulele",
    "sad-piano": "Sad piano",
    "urban-trap": "Urban trap",
}
ICONS: Final = {
    "upbeat-electronic": "lightning",
    "calm-ambient": "waves",
    "energetic-rock": "fire",
    "corporate-background": "briefcase",
    "lo-fi": "coffee",
    "cinematic": "film-strip",
    "acoustic-folk": "tree",
    "funk-pop": "sparkle",
    "tension": "eye",
    "happy-ukulele": "sun",
    "sad-piano": "cloud-rain",
    "urban-trap": "buildings",
}
MOODS_SAID: Final = {
    "happy": "Happy",
    "hopeful": "Hopeful",
    "calm": "Calm",
    "energetic": "Energetic",
    "sad": "Sad",
    "dark": "Dark",
    "tense": "Tense",
}
STEMS: Final = {"drums": "Drums", "bass": "Bass", "chords": "Chords", "pads": "Pads", "melody": "Melody"}
SECTIONS: Final = {
    "intro": "Intro",
    "A": "Verse",
    "B": "Chorus",
    "C": "Bridge",
    "break": "Break",
    "outro": "Outro",
}


def preset_words(preset_id: str) -> str:
    """The name of a preset."""
    return tr(PRESETS[preset_id])


def mood_words(mood: str) -> str:
    """The name of a mood."""
    return tr(MOODS_SAID[mood])


def section_words(name: str) -> str:
    """The name of a section."""
    return tr(SECTIONS[name])


def stem_words(stem: str) -> str:
    """The name of a stem."""
    return tr(STEMS[stem])


def mode_words(mode: str) -> str:
    """``major`` or ``minor``."""
    return tr("minor") if mode == MINOR else tr("major")


def key_words(tonic: int, mode: str) -> str:
    """``A minor``."""
    return f"{NAMES[tonic]} {mode_words(mode)}"


def card_words(preset: Preset) -> str:
    """What a preset is at a glance: ``Calm · minor · 62–76``."""
    low, high = preset.tempo
    return f"{mood_words(preset.mood)} · {mode_words(MOODS[preset.mood].mode)} · {low:.0f}–{high:.0f}"


def take_words(take: Take) -> str:
    """What a take is: ``A minor · 70 beats a minute · 30 s · number 4711``."""
    key = read_key(take.music_key, "")
    parts = [
        key_words(key.tonic, key.mode),
        tr("{tempo} beats a minute", tempo=round(take.tempo)),
        duration(Time.from_seconds(round(take.duration_s))),
        tr("loop") if take.wishes.loops else "",
        tr("number {number}", number=take.wishes.seed),
    ]
    return " · ".join(part for part in parts if part)


def sections_words(take: Take) -> str:
    """Its sections for screen readers: ``Intro 0:00.0, Verse 0:08.0``."""
    said = (f"{section_words(name)} {clock_time(Time.from_seconds(at))}" for name, at in take.sections)
    return ", ".join(said)


def understood_words(found: Understood) -> str:
    """What was understood of typed words; nothing where that is nothing."""
    if found.nothing:
        return ""
    key = mode_words(found.mode) if found.mode else ""
    if found.tonic is not None and found.mode is not None:
        key = key_words(found.tonic, found.mode)
    left_out = ", ".join(map(stem_words, found.without))
    parts = [
        preset_words(found.preset) if found.preset else "",
        mood_words(found.mood) if found.mood else "",
        tr("{tempo} beats a minute", tempo=round(found.tempo)) if found.tempo else "",
        key,
        duration(Time.from_seconds(round(found.duration_s))) if found.duration_s else "",
        tr("loop") if found.loops else "",
        tr("without: {parts}", parts=left_out) if left_out else "",
    ]
    return tr("Understood: {what}", what=" · ".join(part for part in parts if part))


def mood_choices() -> list[tuple[object, str]]:
    """The moods to choose from, first that of the preset."""
    return [("", tr("As the preset")), *((mood, mood_words(mood)) for mood in MOOD_NAMES)]


def tonic_choices() -> list[tuple[object, str]]:
    """The notes a key can begin on, first any."""
    return [(-1, tr("Any")), *enumerate(NAMES)]
