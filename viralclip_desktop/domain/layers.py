"""Layers: what is laid over and beside a clip's parts. Each kind has its own fields, and no others.

Every layer has an ``id``, a ``range`` in clip time and a ``kind``. Those that play a file name its asset, and
where in the file they begin (``source_start``). Lengths and places named as shares are shares of the frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain import mix


class LayerKind(StrEnum):
    """What a layer is."""

    PICTURE = "picture"  # an image or a silent film over the frame (B-roll, overlay)
    TITLE = "title"  # text over the frame
    PROGRESS = "progress"  # a bar that fills while the clip plays
    MUSIC = "music"  # sound under the speech, ducked when somebody talks
    VOICE = "voice"  # sound beside the speech, never ducked
    EFFECT = "effect"  # a sound effect


class Element(StrEnum):
    """What finishing lays on a clip; a layer names what it belongs to. Finishing again replaces it."""

    NONE = ""  # laid by hand
    HOOK = "hook"
    PROGRESS = "progress"
    CARD = "card"
    LOWER_THIRD = "lower-third"
    EMOJI = "emoji"
    KEYWORDS = "keywords"  # a look of the captions
    COLD_OPEN = "cold-open"  # a part before the others
    TRANSITIONS = "transitions"  # how the parts come
    EFFECTS = "effects"
    MUSIC = "music"
    BROLL = "broll"


class TitleLook(StrEnum):
    """What a title's text stands on."""

    PLAIN = "plain"  # nothing: the letters alone, with their outline
    PLATE = "plate"  # a plate that follows its lines
    LOWER_THIRD = "lower-third"  # a name and smaller lines on a plate with a bar, from its left edge on
    CARD = "card"  # a ground over the whole frame, with a rule below the text


class TitleMotion(StrEnum):
    """How a title or a picture comes and goes while it fades."""

    FADE = "fade"  # it stands where it is
    RISE = "rise"  # comes from below, leaves upwards
    POP = "pop"  # grows a little beyond its size and settles
    SLIDE = "slide"  # comes from the left and goes there


@dataclass(frozen=True, slots=True)
class PictureLayer:
    """An image or a silent film."""

    id: str
    asset_id: str
    range: TimeRange
    source_start: Time = ZERO
    opacity: float = 1.0
    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    """Top left corner and width as shares of the frame; the height follows the file's own shape.
    A width of 1 fills the whole frame (B-roll)."""
    fade: Time = ZERO
    """Length of the fade in and out, and of the motion."""
    motion: TitleMotion = TitleMotion.FADE
    element: Element = Element.NONE
    kind: Literal[LayerKind.PICTURE] = LayerKind.PICTURE


@dataclass(frozen=True, slots=True)
class TitleLayer:
    """Text over the picture. Colours are ``#RRGGBB`` or ``#RRGGBBAA``."""

    id: str
    text: str
    range: TimeRange
    x: float = 0.5
    y: float = 0.5
    """The middle of the text as shares of the frame; of a lower third ``x`` is its left edge."""
    size: float = 0.08
    """Font size as a share of the frame's shorter side."""
    colour: str = "#FFFFFF"
    outline: str = "#000000"
    """Transparent for none."""
    font: str = ""
    """A family; empty for the captions' first one."""
    opacity: float = 1.0
    fade: Time = ZERO
    """Length of the fade in and out, and of the motion."""
    look: TitleLook = TitleLook.PLAIN
    plate: str = "#11151DE6"
    """What the look lays under the text."""
    accent: str = "#FFFFFF"
    """The bar of a lower third, the rule of a card."""
    width: float = 0.84
    """Where lines break, as a share of the frame's width."""
    motion: TitleMotion = TitleMotion.FADE
    element: Element = Element.NONE
    kind: Literal[LayerKind.TITLE] = LayerKind.TITLE


@dataclass(frozen=True, slots=True)
class ProgressLayer:
    """A bar that fills from left to right over its range. Colours are ``#RRGGBB`` or ``#RRGGBBAA``."""

    id: str
    range: TimeRange
    x: float = 0.0
    y: float = 0.0
    """Top left corner as shares of the frame."""
    width: float = 1.0
    """As a share of the frame's width."""
    height: float = 0.01
    """As a share of the frame's shorter side."""
    colour: str = "#FFFFFF"
    track: str = "#FFFFFF40"
    """What is not filled yet; transparent for none."""
    opacity: float = 1.0
    fade: Time = ZERO
    """Length of the fade in and out."""
    element: Element = Element.NONE
    kind: Literal[LayerKind.PROGRESS] = LayerKind.PROGRESS


@dataclass(frozen=True, slots=True)
class MusicLayer:
    """Music under the clip."""

    id: str
    asset_id: str
    range: TimeRange
    source_start: Time = ZERO
    volume_db: float = 0.0
    fade: Time = ZERO
    """Length of the fade in and out."""
    duck_db: float | None = None
    """How far this song goes down while somebody talks; None for as far as the mix lets its bus go."""
    loop: bool = True
    """Whether a song that is shorter than its range begins again; else it ends."""
    element: Element = Element.NONE
    kind: Literal[LayerKind.MUSIC] = LayerKind.MUSIC

    @property
    def bus(self) -> str:
        """The bus it plays on."""
        return mix.MUSIC


@dataclass(frozen=True, slots=True)
class VoiceLayer:
    """A voice beside the recording's own sound."""

    id: str
    asset_id: str
    range: TimeRange
    source_start: Time = ZERO
    volume_db: float = 0.0
    fade: Time = ZERO
    """Length of the fade in and out."""
    language: str = ""
    """The language (code) of the dub it is a piece of; empty for a voice-over."""
    element: Element = Element.NONE
    kind: Literal[LayerKind.VOICE] = LayerKind.VOICE

    @property
    def bus(self) -> str:
        """The bus it plays on."""
        return mix.dub_bus(self.language) if self.language else mix.VOICE


@dataclass(frozen=True, slots=True)
class EffectLayer:
    """A sound effect."""

    id: str
    asset_id: str
    range: TimeRange
    source_start: Time = ZERO
    volume_db: float = 0.0
    fade: Time = ZERO
    """Length of the fade in and out."""
    element: Element = Element.NONE
    kind: Literal[LayerKind.EFFECT] = LayerKind.EFFECT

    @property
    def bus(self) -> str:
        """The bus it plays on."""
        return mix.EFFECTS


SoundLayer = MusicLayer | VoiceLayer | EffectLayer
FileLayer = PictureLayer | SoundLayer
DrawnLayer = TitleLayer | ProgressLayer
"""Those that no file is needed for."""
Layer = FileLayer | DrawnLayer

LAYER_TYPES: dict[LayerKind, type[Layer]] = {
    LayerKind.PICTURE: PictureLayer,
    LayerKind.TITLE: TitleLayer,
    LayerKind.PROGRESS: ProgressLayer,
    LayerKind.MUSIC: MusicLayer,
    LayerKind.VOICE: VoiceLayer,
    LayerKind.EFFECT: EffectLayer,
}
"""The type of each kind, for readers of stored layers."""
