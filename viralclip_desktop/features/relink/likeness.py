"""Whether another file can take the place of one, and what to say of one that is something else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import Length, say
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import MediaInfo, Source

_SAME_LENGTH_S = 0.5  # encoders pad sound by up to 0.1 s, and containers round to a frame or a packet
_CHOOSE = "Choose the original file, or a copy of it."


def check_tracks(path: Path, source: Source, info: MediaInfo) -> None:
    """Raise :class:`BadInput` when picture or sound that the project uses is missing."""
    if source.info.video is not None and info.video is None:
        raise BadInput(
            say("{name} has no picture, and {title} has one.", name=path.name, title=source.title), _CHOOSE
        )
    if source.audio is not None and not info.audio:
        raise BadInput(
            say("{name} has no sound, and {title} has some.", name=path.name, title=source.title), _CHOOSE
        )


def check_reach(path: Path, asset: Asset, clips: Sequence[Clip], info: MediaInfo) -> None:
    """Raise :class:`BadInput` when a part of a clip would lie beyond the end of the recording."""
    ends = [part.end for clip in clips for part in clip.ranges_of(asset.id)]
    last = max(ends, default=Time(0))
    if last.seconds > info.duration.seconds + _SAME_LENGTH_S:
        raise BadInput(
            say(
                "{name} is too short: it ends after {duration}, and a clip goes on until {last}.",
                name=path.name,
                duration=Length(info.duration),
                last=Length(last),
            ),
            _CHOOSE,
        )


def refusal(path: Path, title: str, old: MediaInfo | None, new: MediaInfo | None) -> BadInput:
    """What to say about another content: how much alike the two are."""
    if old is None or new is None:
        return BadInput(
            say("{name} is not the same file as {title}.", name=path.name, title=title),
            "If it is another version of the same recording, relink it all the same.",
        )
    if abs(old.duration.seconds - new.duration.seconds) <= _SAME_LENGTH_S:
        return BadInput(
            say(
                "{name} is not the same file as {title}, but it is as long and has the same kinds of tracks.",
                name=path.name,
                title=title,
            ),
            "If it is another version of the same recording, relink it all the same.",
        )
    return BadInput(
        say(
            "{name} is another recording: it is {new} long, and {title} is {old}.",
            name=path.name,
            new=Length(new.duration),
            title=title,
            old=Length(old.duration),
        ),
        "Choose the original file; if you relink all the same, captions and clips may not fit.",
    )
