"""What new things start from, as the settings say: the same for the window and the command line.

(New layers and stills: ``domain.edits.new_layers``; logos and watermarks: ``domain.brand``.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.domain.exports import ExportSettings

if TYPE_CHECKING:
    from viralclip_desktop.settings.declaration import Settings

FIND = "Find clips"
"""What a search for clips is called in the history."""
_ANY = "auto"  # the settings' word for: the program chooses


@dataclass(frozen=True, slots=True)
class NewClipLook:
    """The shape and the captions of a new clip."""

    aspect: Aspect = Aspect.VERTICAL
    caption_style: str = "karaoke"


def new_clip_look(settings: Settings) -> NewClipLook:
    """How new clips look."""
    return NewClipLook(settings.aspect, settings.caption_style)


@dataclass(frozen=True, slots=True)
class MainJobOptions:
    """What the user wants of a recording. Lengths in seconds."""

    count: int = 10
    fill: bool = False
    """Whether that many were asked for: weaker clips make up the number."""
    min_length_s: float = 15.0
    max_length_s: float = 60.0
    stt: str | None = None
    """Speech engine (``whisper``, ``sphinx``, ``openai``); None takes the best that is ready, and a
    transcript that is there already. One that was chosen listens again where another wrote the transcript."""
    language: str | None = None
    """Spoken language (``en``, ``id``...); None detects it."""
    aspect: Aspect = Aspect.VERTICAL
    style: str = "karaoke"
    subtitles: str | None = None
    """A subtitle file to use instead of transcribing."""
    encoding: str = ""
    """How that file was written; empty where it can be told from it."""
    brand: str | None = None
    """The brand kit for the clips, by id; None takes the default one, empty none."""
    llm: str | None = None
    """The language model that chooses and titles moments, by its id, or ``none``; None as in the settings."""
    about: str = ""
    """What the clips should be about or like, in the user's words."""
    like: str = ""
    """The id of a clip whose subject the new ones should share."""
    audio_track: int | None = None
    """The sound track to hear, from 1; None takes the one with the voice."""
    style_wins: bool = False
    """Whether ``style`` was asked for, and counts more than the brand kit's own."""

    def __post_init__(self) -> None:
        if self.count < 1:
            raise UsageError("At least one clip has to be asked for.", "Give a count of 1 or more.")
        if not 0 < self.min_length_s <= self.max_length_s:
            raise UsageError(
                say(
                    "Clips of {min_length_s} to {max_length_s} seconds cannot be made.",
                    min_length_s=Number(self.min_length_s),
                    max_length_s=Number(self.max_length_s),
                ),
                "Give a shortest length above 0 and at most the longest length.",
            )


def main_job_options(settings: Settings, **asked: Any) -> MainJobOptions:
    """What is wanted of a recording: what was ``asked`` (fields of :class:`MainJobOptions`; None: not asked),
    the settings for the rest. Raises :class:`UsageError` for what cannot be made."""
    usual = {
        "count": settings.clip_count,
        "fill": asked.get("count") is not None,
        "min_length_s": settings.min_length_s,
        "max_length_s": settings.max_length_s,
        "stt": None if settings.speech_engine == _ANY else settings.speech_engine,
        "aspect": settings.aspect,
        "style": settings.caption_style,
    }
    return MainJobOptions(**usual | {name: value for name, value in asked.items() if value is not None})


def export_order(settings: Settings, **asked: Any) -> ExportSettings:
    """An order for a finished file: what was ``asked`` (fields of :class:`ExportSettings`), the settings for
    the rest."""
    usual = ExportSettings(
        resolution=settings.resolution,
        fps=settings.fps,
        folder=settings.export_folder or None,
        encoder=None if settings.encoder == _ANY else settings.encoder,
        name_template=settings.name_template,
    )
    return replace(usual, **asked)
