"""What the elements of a finish are made from: the clip as composed, its colours, and what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from viralclip_desktop.compose.captions.ass import is_dark
from viralclip_desktop.compose.captions.fonts import font_file
from viralclip_desktop.compose.captions.layout import invisible
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.transcript import Word

_DARK, _LIGHT, _ACCENT = "#11151D", "#FFFFFF", "#FFD400"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours and the font of what is laid over a clip; ``#RRGGBB``."""

    plate: str = _LIGHT
    ink: str = _DARK
    accent: str = _ACCENT
    font: str = ""


def palette_of(kit: BrandKit | None, style: CaptionStyle | None, fonts: Sequence[str] = ()) -> Palette:
    """The brand's colours and first font; without a brand a white plate, and the accent and the font of the
    captions. ``fonts``: the kit's font files."""
    own = next((font.family for font in map(font_file, fonts) if font is not None), "")
    # a heading in a typewriter's letters looks unset
    font = own or ("" if style is None or "Courier" in style.font else style.font)
    if kit is not None and kit.colours:
        plate = kit.colours[0]
        accent = kit.colours[1] if len(kit.colours) > 1 else plate
        return Palette(plate, _LIGHT if is_dark(plate) else _DARK, accent, font)
    return Palette(accent=_accent_of(style), font=font)


def _accent_of(style: CaptionStyle | None) -> str:
    """The captions' own accent, so that a bar goes with them; yellow where they have none."""
    for value in (style.active_fill, style.active_box, style.keyword_fill) if style is not None else ():
        if not invisible(value) and _is_coloured(value):
            return value[:7]
    return _ACCENT


def _is_coloured(value: str) -> bool:
    channels = [int(value[at : at + 2], 16) for at in (1, 3, 5)]
    return max(channels) - min(channels) > 60


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a recording; times are source time."""

    asset_id: str
    range: TimeRange
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A clip as it is composed now: its plan, the faces in it (clip time) whatever its captions do, and the
    colours of what is laid over it."""

    plan: RenderPlan
    faces: tuple[FacesSeen, ...]
    palette: Palette
    language: str = ""
    """Code of the words' language; empty where nothing was said."""
    clip_id: str = ""
    hook: str = ""
    """What the hook says where nothing else is asked for."""
    speaker: str = ""
    """Who speaks first, as the transcript names them; empty where it doesn't."""
    words: tuple[Word, ...] = ()
    """What is said (clip time), whether it is captioned or not."""
    effects: Mapping[str, str] = field(default_factory=dict)
    """The assets of the sound effects, by their names."""
    speech_db: float | None = None
    """How loud the talk is (LUFS of one channel, as its bus plays it); None where it wasn't heard."""
    emoji: Mapping[str, str] = field(default_factory=dict)
    """The assets of the emoji that go with its words, by their names."""
    lines: tuple[Line, ...] = ()
    """The sentences of the home recording."""
    telling: Mapping[str, float] = field(default_factory=dict)
    """How much each word of the recordings tells (:func:`telling_words.weights`)."""


@dataclass(frozen=True, slots=True)
class Footage:
    """A file that may be shown: its asset, what is in it, how long it plays (0 for a picture)."""

    asset_id: str
    tags: frozenset[str]
    length: Time = ZERO


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says about a finish; what is empty is taken from the clip."""

    hook: str = ""
    title: str = ""
    name: str = ""
    """Of the lower third."""
    role: str = ""
    """Below the name."""
    music: str = ""
    """The asset of the song."""
    broll: tuple[Footage, ...] = ()
    """The files that may be shown."""
    transition: Transition = Transition.DISSOLVE
    """What stands at a change of subject."""
